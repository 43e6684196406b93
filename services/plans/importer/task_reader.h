// From a draft task to the task of the contract.
#pragma once

#include <cstdint>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/draft_task.h"

namespace gongkai::plans::importer {

// Reads units, due rules and targets and tells for each where it stands in the text of the
// document. Dates without a year are of `year`; 0 leaves them open.
ParsedTask ReadTask(const DraftTask& draft, int32_t year, TextView document);

}  // namespace gongkai::plans::importer
