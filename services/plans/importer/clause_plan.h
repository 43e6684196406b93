// Tasks of a plan without a table: its numbered clauses.
#pragma once

#include "services/plans/importer/document.h"
#include "services/plans/importer/draft_task.h"

namespace gongkai::plans::importer {

// The innermost numbered clauses down to 1., one task each; （1） and ① belong to the text of their
// clause unless nothing but a heading stands above them, and everything below an article (第一条)
// belongs to it. A clause of several sentences that each end with a bracket of units is a task per
// sentence. Left out: sections that frame the work (总体要求; 保障措施 where it has no clauses,
// where another section is the one of tasks, or where only the others name units).
//
// Of several numbered texts in one document, such as a notice and its annexes, all whose tasks name
// units are the plan, each task once; where they are few beside another one, or none names units,
// it is the one with the most tasks.
//
// Units and deadlines are taken from brackets (`（责任单位：县政府办公室）`, `（县司法局牵头）`)
// and from lines with a label (`完成时限：6月底前`).
DraftTasks ReadClausePlan(const Document& document);

}  // namespace gongkai::plans::importer
