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
};

struct OverviewQuery {
  int division = 0;
  int year = 0;
  CivilDate as_of;
  Grouping grouping = Grouping::kDivision;
};

// One line of an overview.
struct SubjectCounts {
  int subject = 0;  // number of the division, unit or plan
  std::string display_name;
  FigureCounts counts;
};

struct OverviewCounts {
  std::optional<std::chrono::system_clock::time_point> current_as_of;
  FigureCounts total;               // of the division and everything below it
  std::vector<SubjectCounts> rows;  // by number
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
  virtual Result<OverviewCounts> ReadOverview(const OverviewQuery& query, const Rules& rules) = 0;
  // Units with an assignment in a plan in force of that year, by number.
  virtual Result<std::vector<HeadActs>> ReadHeadActs(int division, int year) = 0;
  // Documents published in that year, by number.
  virtual Result<std::vector<InterpretedDocument>> ReadDocuments(int division, int year) = 0;
};

}  // namespace gongkai::reporting
