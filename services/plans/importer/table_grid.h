// A table of a format that states which cells are merged, as rows of equal columns.
#pragma once

#include <cstddef>
#include <vector>

#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// Cells are added row by row and from left to right. A cell over several columns leaves cells with
// Merge::kLeft behind it; one that goes on from the row above repeats its lines with Merge::kAbove,
// so that each row can be read alone:
//
//   序号 │ 任务 (2 columns)      →  序号 │ 任务 │ (left)
//   1    │ 甲 (2 rows) │ 乙      →  1    │ 甲   │ 乙
//   2    │             │ 丙      →  2    │ 甲 (above) │ 丙
//
// Repeating is what could make much of little, so a table that grows beyond kMaxCells or
// kMaxCodePoints stops growing and says so. Not thread-safe.
class TableGrid {
 public:
  static constexpr size_t kMaxColumns = 200;
  static constexpr size_t kMaxCells = 2'000'000;
  static constexpr size_t kMaxCodePoints = 32 * 1024 * 1024;

  void BeginRow();
  // A cell over `columns` columns (at least one). `text` is cleaned here, line by line.
  void AddCell(TextView text, size_t columns = 1);
  // The cell of the row above, at this column, goes on.
  void AddContinuation(size_t columns = 1);
  // The cell at the left goes on.
  void AddSpannedOver();

  // The column of the next cell.
  size_t column() const { return rows_.empty() ? 0 : rows_.back().size(); }
  // As they were added.
  const std::vector<std::vector<Cell>>& rows() const { return rows_; }
  // Whether a limit was exceeded; what came afterwards is missing.
  bool too_large() const { return too_large_; }

  // Rows of text. Left out are rows that hold nothing of their own; a row that is one merged cell,
  // the way headings are set, has one cell.
  std::vector<std::vector<Cell>> TakeRows();

 private:
  void Add(Cell cell, size_t columns);

  std::vector<std::vector<Cell>> rows_;
  size_t cells_ = 0;
  size_t code_points_ = 0;
  bool too_large_ = false;
};

}  // namespace gongkai::plans::importer
