// Units that stand in the text of a task and not in a column of their own.
#pragma once

#include "services/plans/importer/draft_task.h"

namespace gongkai::plans::importer {

// Takes units and deadlines out of the requirements of tasks that have no units yet: a table of
// 序号 and 工作任务 whose texts end in `（县司法局牵头，6月底前完成）`. Where there is no such
// bracket, clauses that are units and a verb tell them and stay in the text:
// `县司法局牵头，县档案馆配合，…`.
void TakeUnitsFromText(DraftTasks& drafts);

}  // namespace gongkai::plans::importer
