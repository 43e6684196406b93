// The projection of the change feed: facts as last seen, the sums that figures are made of, and the
// place in the feed that they stand for.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/time/civil_date.h"
#include "services/reporting/domain/cell_count.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/form_set.h"
#include "services/reporting/domain/rules.h"
#include "services/reporting/store/batch.h"

namespace gongkai::reporting {

// How far the projection has come.
struct Position {
  std::string resume_token;
  // Nothing before the end of the feed was reached for the first time.
  std::optional<std::chrono::system_clock::time_point> current_as_of;
  std::int64_t applied_changes = 0;  // however many of them told something new
  // The first day whose end is known; nothing before any change was applied.
  std::optional<CivilDate> known_since;
  // Another text for each batch; figures of the same version are the same.
  std::string version;
};

// A division with what a request about it needs to know first.
struct DivisionSummary {
  std::string display_name;
  DivisionLevel level = DivisionLevel::kCounty;
  // The newest year with a plan in force, of the division or of any below it.
  std::optional<int> newest_year;
};

enum class Grouping {
  kDivision,  // the divisions directly below
  kCounty,    // every county below
  kUnit,      // the division's own units, without those that nothing counts for
  kPlan,      // the division's own plans in force
  kUnitKind,  // the units of the division and of all below it, by their kind
  kRole,      // occurrences by the role of their unit
  kMonth,     // occurrences by the month in which they are due
  kSection,   // the work of the division's own plans by heading
};

struct OverviewQuery {
  int division = 0;
  int year = 0;
  CivilDate as_of;
  // As it was known at the end of this day; nothing: as it is known now.
  std::optional<CivilDate> known_day;
  Grouping grouping = Grouping::kDivision;
  // Where this or `plan` is set, only what is of such occurrences or of that plan counts.
  WorkFilter filter;
  std::optional<int> plan;
  // Of which units; a unit is one of the division.
  UnitFilter units;
};

// One line of an overview.
struct SubjectCounts {
  // Number of the division, unit or plan, of the kind of unit or the role; a month as MonthOf gives
  // it; or the place of a section among its like.
  int subject = 0;
  std::string display_name;  // empty for a kind, a role and a month
  FigureCounts counts;
};

struct OverviewCounts {
  std::optional<std::chrono::system_clock::time_point> current_as_of;
  std::optional<CivilDate> known_since;  // the first day whose end is known
  FigureCounts total;                    // of the division and everything below it
  std::vector<SubjectCounts> rows;       // by number
};

// The figures of a subject on some days, each as of its day and as known at its end.
struct TrendQuery {
  OverviewQuery overview;  // without as_of, known_day and grouping
  std::optional<int> unit;
  std::vector<CivilDate> days;  // ascending, at least one
};

struct TrendCounts {
  std::optional<std::chrono::system_clock::time_point> current_as_of;
  std::optional<CivilDate> known_since;
  std::vector<FigureCounts> points;  // one for each day
};

// How often the principal head of a unit that has a task interpreted.
struct HeadActs {
  int unit = 0;
  std::string display_name;
  int acts = 0;
};

// In which forms one policy document was interpreted.
struct InterpretedDocument {
  int document = 0;
  std::string title;
  IssuingLevel issuing_level = IssuingLevel::kUnit;
  bool must_interpret = false;
  FormSet forms;
};

// See figure_members.h.
struct MemberQuery;
struct MemberPage;

// The right to apply batches: one holder at a time among all replicas, given up on destruction.
class ApplyLease {
 public:
  virtual ~ApplyLease() = default;
  // False once it was lost, e.g. with the connection that held it; it never comes back.
  virtual bool Held() = 0;
};

// Thread-safe. What is read in one call is of one moment.
class FigureStore {
 public:
  virtual ~FigureStore() = default;

  // Null while another replica holds it.
  virtual Result<std::unique_ptr<ApplyLease>> TryLead() = 0;
  // Applies the batch and moves the position, both or none, and returns the new position. A fact
  // whose revision is not above the known one changes nothing. ABORTED with reason
  // PROJECTION_MOVED if the projection does not stand at `batch.after_token`.
  virtual Result<Position> Apply(const Batch& batch) = 0;

  // Back to the beginning of the feed, keeping every fact: told anew, each is brought up to what it
  // is now, and meanwhile the figures are as old as their as-of time says. ABORTED with reason
  // PROJECTION_MOVED if the projection does not stand at `after_token`.
  virtual Result<void> StartOver(const std::string& after_token) = 0;

  virtual Result<Position> ReadPosition() = 0;
  // NOT_FOUND for a division that the feed has not told of.
  virtual Result<DivisionSummary> ReadDivision(int division) = 0;
  // OUT_OF_RANGE with reason NOT_KNOWN_THEN and `known_since` for an earlier `known_day`.
  virtual Result<OverviewCounts> ReadOverview(const OverviewQuery& query, const Rules& rules) = 0;
  // OUT_OF_RANGE like ReadOverview for the first day.
  virtual Result<TrendCounts> ReadTrend(const TrendQuery& query, const Rules& rules) = 0;
  // A page of what a figure counts. OUT_OF_RANGE like ReadOverview.
  virtual Result<MemberPage> ReadMembers(const MemberQuery& query, const Rules& rules) = 0;
  // Units with an assignment in a plan in force of that year, by number.
  virtual Result<std::vector<HeadActs>> ReadHeadActs(int division, int year) = 0;
  // Documents published in that year, by number.
  virtual Result<std::vector<InterpretedDocument>> ReadDocuments(int division, int year) = 0;
};

}  // namespace gongkai::reporting
