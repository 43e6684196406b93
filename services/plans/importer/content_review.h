// What a person should look at in the content of a plan, whether it was just read or is stored.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans::importer {

// Issues that follow from tasks and issue date alone:
//   TASK_REPEATED, ALIAS_BESIDE_NAME, OPEN_ENDED_UNIT, NO_UNIT, DUE_BEFORE_ISSUE,
//   DUE_NOT_UNDERSTOOD
std::vector<ParseIssue> ReviewContent(const ParsedPlan& plan);

// Whether ReviewContent finds issues of this code: those are found anew when the content changes,
// all others stay as long as the document that they were found in.
bool IsContentIssue(std::string_view code);

// `第1、4、7项`, cut where it would grow beyond what anybody reads.
std::string NameOrdinals(const std::vector<std::string>& ordinals);

}  // namespace gongkai::plans::importer
