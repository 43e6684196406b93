// Documents that say once which units every task has besides its own:
// 以下任务均需各县（市、区）落实，不再列出.
#pragma once

#include "services/plans/importer/draft_task.h"

namespace gongkai::plans::importer {

// Takes such a remark out of the units of the task that bears it and gives its units to that task
// and to every one below.
void ShareCommonUnits(DraftTasks& drafts);

}  // namespace gongkai::plans::importer
