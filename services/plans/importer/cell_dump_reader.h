// Reader of cell dumps: the plain text that office documents become when each table cell is
// written on a line of its own.
#pragma once

#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// A line that begins with a tab begins a cell, and further tabs in it begin further cells; lines
// without a tab continue the cell; an empty line ends the row. A blank line inside a cell does not
// end the row where what follows shows that the cell goes on. A line with tabs, but none at its
// beginning, is a whole row. Everything else is a paragraph. Page numbers are left out.
//
//   `\t1\n\t加强解读\n` + `\t县政府办，\n\n县司法局\n` → one row of three cells
//
// Linear in the length of `text`.
Document ReadCellDump(TextView text);

}  // namespace gongkai::plans::importer
