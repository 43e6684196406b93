// Last year's plan as the draft of another year.
#pragma once

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

// The day as many years later; 29 February becomes 28 where the year has none.
CivilDate MoveYears(CivilDate date, int years);

// `plan` for `year`: the dates of its due rules moved by whole years, the year in title and due
// texts (`2025年`) replaced, document number and issue date empty, no issues but those of the copy:
//   REQUIREMENT_NAMES_YEAR  tasks whose requirement names the old year; it stays as written
// Spans of the old document are gone.
ParsedPlan CopyForYear(const ParsedPlan& plan, int year);

}  // namespace gongkai::plans
