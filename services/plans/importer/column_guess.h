// What a column of a breakdown table holds, told by its cells where the heading does not tell.
#pragma once

#include <vector>

#include "services/plans/importer/document.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {

// `columns` with every kUnknown one decided by the cells of `rows`: numbers, units or deadlines in
// most of its cells; else the column of the longest texts is the requirement where there is none
// yet, those before it are tasks, and the rest is of no interest. Rows of another width are left
// out.
Columns GuessColumns(Columns columns, const std::vector<const Row*>& rows);

// The columns of a table without a heading row. Empty where the rows do not read like a breakdown:
// at least two of them, with something to do and with units or deadlines.
Columns GuessColumns(const std::vector<const Row*>& rows);

// `columns` with one of numbers where no heading names it and one over several columns hides it: a
// column under a task heading, beside another one of work, whose cells are all numbers. Where rows
// are wider than the heading, they and not the heading have the column: see WithOrdinal.
Columns TellNumbers(Columns columns, const std::vector<const Row*>& rows);

}  // namespace gongkai::plans::importer
