// A parsed plan as an overview for a terminal.
#pragma once

#include <string>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::cli {

// The facts of the plan, one line per task, and the issues with counts at the end. Units bear a
// mark for their role: `*` leads, `+` supports; `…` in front of a unit means that its members are
// open.
std::string FormatPlanTable(const plans::ParsedPlan& plan);

}  // namespace gongkai::cli
