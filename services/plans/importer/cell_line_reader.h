// Reader of text in which each cell of a table stands on a line of its own, without a tab: what
// copying a table out of a web page or a PDF leaves.
#pragma once

#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// Whether the text has the heading of a breakdown table with one column's name to a line. Linear.
bool LooksLikeCellLines(TextView text);

// Cells may be marked by a pipe at the beginning of their lines, and then an empty line ends the
// row as in a cell dump. Unmarked, an empty line is an empty cell; one between any two names of the
// heading is none. Rows are as long as the heading or, where they are numbered, as the distance
// between their numbers; a line with the number of a heading (一、) between rows is a row of its
// own. The table ends with the rows, or where a note (注：) or the imprint (抄送) begins.
//
//   `序号` `任务` `责任单位` `1` `公布名录` `县司法局` → two rows of three cells
//
// Spans are those of `text`. Linear in its length.
Document ReadCellLines(TextView text);

}  // namespace gongkai::plans::importer
