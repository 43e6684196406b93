// From the due rules of a task to the occurrences of a plan's year.
//
//   monthly, 2026 → 2026-01 due 2026-01-31, 2026-02 due 2026-02-28, … twelve in all
//   FIXED 2026-06-30 and ONGOING → 2026 due 2026-06-30, and one for each quarter
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

// The label of the contract's enum: `FIXED` …
std::string_view Label(DueKind kind);
std::optional<DueKind> DueKindOf(std::string_view label);

// One period in which an assignment is judged.
struct ScheduledOccurrence {
  std::string period;  // `2026`, `2026-H1`, `2026-Q3`, `2026-06`
  CivilDate due;       // last day in time
  DueKind kind = DueKind::kUnstated;
  bool assumed = false;
  bool operator==(const ScheduledOccurrence&) const = default;
};

// Every period of the year counts, those before the plan's issue date too: a monthly task has
// twelve occurrences whenever its plan was issued. What is due before the issue date is listed as
// such, apart from what is late, until a supervisor resets its due date or cancels it.
//
// The occurrences that a task's rules ask for in `year`, by due date; of two for the same period
// and day only the first. A RELATIVE rule gives none: its occurrences begin with their event. A
// RECURRING rule that names a day is due on that day of the same month of each period, one that
// counts days after the period so many days behind it: the last can fall into the next year.
std::vector<ScheduledOccurrence> ScheduleOccurrences(const ParsedTask& task, int year);

}  // namespace gongkai::plans
