// Lines of a text of which each is a cell, and the headings among them.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

struct CellLine {
  Text text;  // cleaned, without pipes
  Span span;
  bool tabbed = false;  // holds tabs, which part cells in other forms
  bool marked = false;  // begins with a pipe that is its only one, or that another one closes
};

std::vector<CellLine> CellLinesOf(TextView text);

Cell CellOf(const CellLine& line);

// The value of a cell that is a number below 1000 in digits and nothing else.
std::optional<int> NumberOf(TextView text);

// Names of columns, one to a line.
struct CellHeading {
  size_t first = 0;   // its first line
  size_t end = 0;     // the line behind it
  size_t step = 1;    // lines from one cell to the next: 2 where empty lines part them
  size_t length = 0;  // in cells
  bool marked = false;
};

// The first heading at or behind the line `from`.
std::optional<CellHeading> FindCellHeading(const std::vector<CellLine>& lines, size_t from);

}  // namespace gongkai::plans::importer
