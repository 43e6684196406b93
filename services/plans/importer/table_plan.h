// Tasks of a plan that has a breakdown table.
#pragma once

#include "services/plans/importer/document.h"
#include "services/plans/importer/draft_task.h"

namespace gongkai::plans::importer {

// The rows below the headings of the document's breakdown tables, one task each: see task_rows.h
// for what empty cells continue. Left out: repeated headings, heading rows of one cell, notes,
// empty rows, and tables whose heading is not that of a breakdown. Numbered lines directly in front
// of a table head its rows. Without any heading of a breakdown, the longest table is read where its
// cells tell what its columns are.
// Empty if the document has no such table.
DraftTasks ReadTablePlan(const Document& document);

}  // namespace gongkai::plans::importer
