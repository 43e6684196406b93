// How far a target is attained: counted from recorded acts, compared as integers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

// What a target counts; see TargetBinding of the contract.
enum class CountedSource {
  kInterpretations,
  kActivities,
  kOccurrences,
  kInterpretationRate,
  kFormRate,
  kFormsPerDocument,
  kNotCounted,
};

// Labels are those of the contract's enums.
struct TargetBinding {
  CountedSource source = CountedSource::kNotCounted;
  std::vector<std::string> forms = {};  // empty: see the contract
  std::string interpreter = "";         // empty for all
  std::string activity_kind = "";
  bool operator==(const TargetBinding&) const = default;
};

// A period of a year in which a target has to be attained, ends included.
struct CountPeriod {
  std::string label;  // `2026`, `2026-H1`, `2026-Q1`, `2026-01`
  CivilDate first;
  CivilDate last;
};

// Those of the year; the year itself for a target without a period.
std::vector<CountPeriod> PeriodsOf(std::optional<TargetPeriod> period, int year);

// What was recorded. `resource` is the name.
struct RecordedInterpretation {
  std::string resource;
  std::string title;
  CivilDate date;
  int unit = 0;
  std::string form;
  std::string interpreter;
};
struct RecordedActivity {
  std::string resource;
  std::string title;
  CivilDate date;
  std::vector<int> units;
  std::string kind;
};
struct RecordedOccurrence {  // verified, of a unit that owes the task
  std::string resource;
  std::string period;
  CivilDate date;  // due
  int task = 0;
  int unit = 0;
};
struct RecordedDocument {
  std::string resource;
  std::string title;
  CivilDate date;
  int unit = 0;
  bool by_government = false;
  bool must_interpret = false;
  std::vector<std::string> forms;  // distinct, in which it is interpreted
};
struct RecordedFacts {
  std::vector<RecordedInterpretation> interpretations;
  std::vector<RecordedActivity> activities;
  std::vector<RecordedOccurrence> occurrences;
  std::vector<RecordedDocument> documents;
};

// One thing that was looked at, and what it adds.
struct CountedAct {
  std::string resource;
  std::string title;
  CivilDate date;
  int value = 0;
};

struct Count {
  std::int64_t counted = 0;
  std::int64_t out_of = 0;       // of a rate
  std::vector<CountedAct> acts;  // by date, then by resource
};

// Whose acts, and when. `unit` is nothing for the division as a whole.
struct CountScope {
  int task = 0;
  std::optional<int> unit;
  CountPeriod period;
};

Count CountActs(const TargetBinding& binding, const CountScope& scope, const RecordedFacts& facts);

// Whether the source is a percentage.
bool IsRate(CountedSource source);

// By comparison of integers, to a thousandth of `value`, which is a percentage for a rate. Nothing
// where nothing is counted, and where a rate or a least number has nothing to be taken of.
std::optional<bool> IsAttained(const Target& target, CountedSource source, const Count& count);

}  // namespace gongkai::plans
