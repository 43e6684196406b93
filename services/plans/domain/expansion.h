// From the units that a task names to its assignments.
#pragma once

#include <string>
#include <vector>

#include "services/plans/domain/directory.h"
#include "services/plans/domain/parsed_plan.h"
#include "services/plans/domain/schedule.h"

namespace gongkai::plans {

// One unit that owes a task, in one role.
struct ExpandedUnit {
  int unit = 0;
  UnitRole role = UnitRole::kResponsible;
  std::string source_text;  // the name or phrase that brought it in
  bool operator==(const ExpandedUnit&) const = default;
};

// A task as it is assigned when its plan is issued.
struct ExpandedTask {
  int task = 0;  // its number in the plan
  std::vector<ExpandedUnit> units;
  std::vector<ScheduledOccurrence> occurrences;  // the same for every unit
};

// The units that owe the task, each once, in its weightiest role (LEAD, then RESPONSIBLE, then
// SUPPORTING), by number. A unit that is named and that a phrase brings in too is listed under its
// name unless the phrase gives it the weightier role. A name that the directory does not have
// brings in nobody: ImportPlan adds such names to the directory beforehand.
std::vector<ExpandedUnit> ExpandUnits(const ParsedTask& task, const Directory& directory);

// Units and occurrences of every task, in their order and under their places from 1.
std::vector<ExpandedTask> ExpandTasks(const std::vector<ParsedTask>& tasks,
                                      const Directory& directory, int year);

// Names of single units that the plan uses and the directory does not have, each once: of names
// that differ only in what says of which division the unit is, the first.
std::vector<std::string> UnknownUnits(const std::vector<ParsedTask>& tasks,
                                      const Directory& directory);

}  // namespace gongkai::plans
