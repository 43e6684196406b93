// A plan as read from a document: tasks, units, due rules and targets, before anything is stored.
//
// Plain values with the meaning that `gongkai/plans/v1/parsed_plan.proto` gives to every field; the
// importer makes them, the store takes them. Texts are UTF-8.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"

namespace gongkai::plans {

// Half-open range in Unicode code points of the document's text: as received where the document is
// text, and otherwise the text that the importer makes of it (importer::ReadDocumentText).
struct SourceSpan {
  int32_t start = 0;
  int32_t end = 0;
  bool operator==(const SourceSpan&) const = default;
};

// kHigh: the document states it. kMedium: read by habit: carried down from the row above, counted,
// shortened, a year or a metric taken from what stands around. kLow: assumed or guessed.
enum class Confidence { kHigh, kMedium, kLow };

// Where a field was read, and how sure the reading is.
struct Origin {
  // The text itself where the field stands there word for word, else its cell or paragraph; none
  // where the document says nothing.
  std::optional<SourceSpan> source;
  Confidence confidence = Confidence::kHigh;
  bool operator==(const Origin&) const = default;
};

enum class UnitRole { kLead, kResponsible, kSupporting };

enum class UnitKind {
  kUnit,       // one unit by name
  kGroup,      // a phrase for a known set: 各镇（街道）
  kOpenEnded,  // a phrase whose members the document leaves open: 相关部门
};

struct ParsedUnit {
  std::string text;
  UnitRole role = UnitRole::kResponsible;
  UnitKind kind = UnitKind::kUnit;
  std::optional<Origin> origin = std::nullopt;
  bool operator==(const ParsedUnit&) const = default;
};

enum class DueKind { kFixed, kRecurring, kOngoing, kRelative, kUnstated };

enum class Cadence { kMonthly, kQuarterly, kHalfYearly, kYearly };

struct DueRule {
  std::string text;
  DueKind kind = DueKind::kUnstated;
  std::optional<CivilDate> date;
  std::optional<Cadence> cadence;  // kRecurring only
  // kRelative: one of the two, from 1.
  int32_t working_days = 0;
  int32_t calendar_days = 0;  // kRecurring without a date: so many days after each period, or 0
  bool assumed = false;
  std::optional<Origin> origin = std::nullopt;
  bool operator==(const DueRule&) const = default;
};

// The rule for a task whose document states nothing that can be dated: the last day of the plan's
// year, marked as assumed. `year` 0 leaves the date open.
DueRule UnstatedDue(int32_t year, std::string text);

// Whether two rules ask for the same thing at the same time, whatever their wording.
bool SameDue(const DueRule& a, const DueRule& b);

enum class Comparator { kAtLeast, kAtMost, kExactly };

enum class TargetPeriod { kMonth, kQuarter, kHalfYear, kYear };

enum class TargetScope { kDivision, kEachUnit };

struct Target {
  std::string text;
  std::string metric;
  Comparator comparator = Comparator::kAtLeast;
  double value = 0;
  std::string unit;
  std::optional<TargetPeriod> period;
  TargetScope scope = TargetScope::kEachUnit;
  bool soft = false;
  std::optional<Origin> origin = std::nullopt;
  bool operator==(const Target&) const = default;
};

struct ParsedTask {
  std::string ordinal;
  std::vector<std::string> section_path;
  std::string title;
  std::string requirement;
  std::vector<ParsedUnit> units;
  DueRule due;
  std::vector<DueRule> further_due;
  std::vector<Target> targets;
  std::optional<SourceSpan> source;
  std::optional<Origin> ordinal_origin = std::nullopt;
  std::optional<Origin> title_origin = std::nullopt;
  std::optional<Origin> requirement_origin = std::nullopt;
  bool operator==(const ParsedTask&) const = default;
};

enum class IssueSeverity { kNote, kWarning, kError };

// Something that a person should look at; `message` is Simplified Chinese and says what to do.
struct ParseIssue {
  IssueSeverity severity = IssueSeverity::kNote;
  std::string code;
  std::string message;
  std::optional<SourceSpan> source;
  bool operator==(const ParseIssue&) const = default;
};

struct ParsedPlan {
  std::string title;
  std::string document_number;
  std::string division;
  int32_t year = 0;
  std::optional<CivilDate> issue_date;
  std::vector<ParsedTask> tasks;
  std::vector<ParseIssue> issues;
  std::optional<Origin> title_origin = std::nullopt;
  std::optional<Origin> document_number_origin = std::nullopt;
  std::optional<Origin> division_origin = std::nullopt;
  std::optional<Origin> year_origin = std::nullopt;
  std::optional<Origin> issue_date_origin = std::nullopt;
  bool operator==(const ParsedPlan&) const = default;
};

}  // namespace gongkai::plans
