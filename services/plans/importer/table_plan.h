// Tasks of a plan that has a breakdown table.
#pragma once

#include "services/plans/importer/document.h"
#include "services/plans/importer/draft_task.h"

namespace gongkai::plans::importer {

// The rows below the headings of the document's breakdown tables, one task each. Left out: repeated
// headings, heading rows of one cell, notes, empty rows, and tables whose heading is not that of a
// breakdown.
//
// A merge that the format states is certain. Otherwise an empty cell continues the one above only
// where vertical merging is the habit: number, headings, due date, and units as long as the whole
// row names none. Nothing is carried over a heading row.
// Empty if the document has no such table.
DraftTasks ReadTablePlan(const Document& document);

}  // namespace gongkai::plans::importer
