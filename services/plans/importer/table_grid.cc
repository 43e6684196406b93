#include "services/plans/importer/table_grid.h"

#include <algorithm>
#include <utility>

namespace gongkai::plans::importer {
namespace {

bool HasNothingOfItsOwn(const std::vector<Cell>& row) {
  return std::all_of(row.begin(), row.end(),
                     [](const Cell& cell) { return cell.empty() || cell.merge == Merge::kAbove; });
}

// Spreadsheets merge a heading over the columns of the plan and leave out those for remarks.
bool IsOneMergedCell(const std::vector<Cell>& row) {
  const auto spanned = static_cast<size_t>(std::count_if(
      row.begin(), row.end(), [](const Cell& cell) { return cell.merge == Merge::kLeft; }));
  return spanned * 2 >= row.size() &&
         std::all_of(row.begin() + 1, row.end(), [](const Cell& cell) { return cell.empty(); });
}

}  // namespace

void TableGrid::BeginRow() {
  if (!too_large_) rows_.emplace_back();
}

void TableGrid::AddCell(TextView text, size_t columns) {
  if (too_large_) return;
  Cell cell;
  for (size_t start = 0; start <= text.size();) {
    size_t end = text.find(U'\n', start);
    if (end == TextView::npos) end = text.size();
    if (Text line = CleanText(text.substr(start, end - start)); !line.empty()) {
      cell.lines.push_back(std::move(line));
    }
    start = end + 1;
  }
  Add(std::move(cell), columns);
}

void TableGrid::AddContinuation(size_t columns) {
  Cell cell{.merge = Merge::kAbove};
  const size_t at = column();
  if (rows_.size() > 1 && at < rows_[rows_.size() - 2].size()) {
    cell.lines = rows_[rows_.size() - 2][at].lines;
  }
  Add(std::move(cell), columns);
}

void TableGrid::AddSpannedOver() { Add({.merge = Merge::kLeft}, 1); }

void TableGrid::Add(Cell cell, size_t columns) {
  for (const Text& line : cell.lines) code_points_ += line.size();
  cells_ += columns;
  too_large_ = too_large_ || rows_.empty() || column() + columns > kMaxColumns ||
               cells_ > kMaxCells || code_points_ > kMaxCodePoints;
  if (too_large_) return;
  rows_.back().push_back(std::move(cell));
  for (size_t i = 1; i < columns; ++i) rows_.back().push_back({.merge = Merge::kLeft});
}

std::vector<std::vector<Cell>> TableGrid::TakeRows() {
  std::vector<std::vector<Cell>> rows = std::exchange(rows_, {});
  std::erase_if(rows, HasNothingOfItsOwn);
  for (std::vector<Cell>& row : rows) {
    if (IsOneMergedCell(row)) row.resize(1);
  }
  return rows;
}

}  // namespace gongkai::plans::importer
