// A row of a breakdown table with its cells under the columns that they belong to.
#pragma once

#include <vector>

#include "services/plans/importer/document.h"
#include "services/plans/importer/table_columns.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {

struct FittedRow {
  Cell ordinal;
  std::vector<Cell> tasks;  // outermost first
  Text requirement;
  Span requirement_place;
  int requirement_items = 0;  // lines of the requirement that begin with a number
  std::vector<UnitCell> units;
  Text due;
  Span due_place;
  bool due_merged_left = false;
  bool begins_heading = false;  // the outermost of several task columns begins anew
};

// `columns` has one column for each cell of the row: see FitColumns. A cell under two headings at
// once is parted: 牵头单位/配合单位 at its slash, 责任单位及完成时限 line by line.
FittedRow FitRow(const Columns& columns, const Row& row);

// 同上: as the cell above, like an empty one.
bool IsDitto(const Cell& cell);

}  // namespace gongkai::plans::importer
