#include "tests/plans/support/merged_paper.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "services/plans/importer/table_columns.h"

namespace gongkai::plans {
namespace {

using importer::ColumnRole;
using importer::Columns;

// Where a cell of the new table stands, to be made longer or wider.
struct Place {
  size_t row = 0;
  size_t cell = 0;
};

importer::Row RowOf(const std::vector<PaperCell>& cells) {
  importer::Row row;
  for (const PaperCell& cell : cells) {
    row.cells.emplace_back();
    if (auto text = importer::DecodeUtf8(cell.text); text && !text->empty()) {
      row.cells.back().lines.push_back(*std::move(text));
    }
  }
  return row;
}

bool IsEmpty(const PaperCell& cell) { return cell.text.empty(); }

class Merger {
 public:
  explicit Merger(size_t width) : above_(width) {}

  void AddHeading(const std::vector<PaperCell>& row) {
    merged_.push_back(row);
    std::fill(above_.begin(), above_.end(), std::nullopt);
  }

  void AddRow(const Columns& columns, const std::vector<PaperCell>& row) {
    const bool names_unit = Names(columns, row, ColumnRole::kUnits);
    merged_.emplace_back();
    bool outer_changed = false;
    constexpr size_t kNone = SIZE_MAX;
    size_t left = kNone;  // the cell of this row that may be made wider
    for (size_t c = 0; c < row.size(); ++c) {
      const ColumnRole role = columns[c].role;
      const bool carries = role == ColumnRole::kOrdinal || role == ColumnRole::kDue ||
                           (role == ColumnRole::kTask && !outer_changed) ||
                           (role == ColumnRole::kUnits && !names_unit);
      const bool widens = c > 0 && columns[c - 1].role == role &&
                          (role == ColumnRole::kUnits || role == ColumnRole::kTask);
      if (IsEmpty(row[c]) && carries && above_[c]) {
        PaperCell& cell = merged_[above_[c]->row][above_[c]->cell];
        ++cell.rows;
        c += static_cast<size_t>(cell.columns) - 1;
        left = kNone;
        continue;
      }
      if (IsEmpty(row[c]) && widens && left != kNone && merged_.back()[left].rows == 1) {
        ++merged_.back()[left].columns;
        above_[c].reset();
        continue;
      }
      outer_changed = outer_changed || (role == ColumnRole::kTask && !IsEmpty(row[c]));
      left = merged_.back().size();
      above_[c] = IsEmpty(row[c]) ? std::nullopt : std::optional(Place{merged_.size() - 1, left});
      merged_.back().push_back(row[c]);
    }
  }

  PaperTable Take() { return std::move(merged_); }

 private:
  static bool Names(const Columns& columns, const std::vector<PaperCell>& row, ColumnRole role) {
    for (size_t c = 0; c < row.size(); ++c) {
      if (columns[c].role == role && !IsEmpty(row[c])) return true;
    }
    return false;
  }

  PaperTable merged_;
  std::vector<std::optional<Place>> above_;
};

// Where the heading names the task: the column that reaches over several.
size_t TaskColumn(const Columns& columns) {
  const auto task = std::find_if(columns.begin(), columns.end(), [](const auto& column) {
    return column.role == ColumnRole::kTask;
  });
  return task == columns.end() ? 0 : static_cast<size_t>(task - columns.begin());
}

// The first row of a heading over a second one that splits its cells.
std::vector<PaperCell> Split(std::vector<PaperCell> first, const std::vector<PaperCell>& second) {
  const size_t extra = second.size() - first.size();
  size_t below = 0;
  for (PaperCell& cell : first) {
    const bool split = !IsEmpty(second[below]);
    cell.columns = split ? static_cast<int>(extra) + 1 : 1;
    cell.rows = split ? 1 : 2;
    below += static_cast<size_t>(cell.columns);
  }
  return first;
}

// A page that drops the merged cell in front of a row moves the row to the left.
bool WasMoved(const Columns& columns, const std::vector<PaperCell>& row) {
  const size_t last = row.size() - 1;
  if (row.size() != columns.size() || !IsEmpty(row[last]) || last == 0) return false;
  const auto text = importer::DecodeUtf8(row[last - 1].text);
  return columns[last].role == ColumnRole::kUnits && columns[last - 1].role != ColumnRole::kUnits &&
         text && importer::LooksLikeUnits(*text);
}

std::vector<PaperCell> WithoutEmpty(std::vector<PaperCell> row) {
  std::erase_if(row, IsEmpty);
  return row;
}

PaperTable Merged(const PaperTable& table) {
  const auto header = importer::ParseHeaderRow(RowOf(table.front()));
  if (!header) return table;
  size_t width = 0;
  for (const auto& row : table) width = std::max(width, row.size());
  Columns columns = importer::FitColumns(*header, width);
  size_t full_length = header->size();  // a row with fewer cells lacks the first ones
  for (const auto& row : table) {
    if (const auto numbered = importer::WithOrdinal(*header, RowOf(row))) {
      columns = *numbered;
      full_length = numbered->size();
    }
  }
  const size_t task = TaskColumn(*header);
  Merger merger(width);
  std::optional<std::vector<PaperCell>> second_row;
  for (size_t r = 0; r < table.size(); ++r) {
    std::vector<PaperCell> row = table[r];
    const auto first = importer::ParseHeaderRow(RowOf(row));
    const auto second = first && r + 1 < table.size()
                            ? importer::ParseSecondHeaderRow(*first, RowOf(table[r + 1]))
                            : std::nullopt;
    if (second) {
      columns = *second;
      second_row = table[++r];
    }
    if (first && second_row) {  // where a page begins, Word prints both again
      merger.AddHeading(Split(row, *second_row));
      merger.AddHeading(WithoutEmpty(*second_row));
    } else if (row.size() == 1) {
      merger.AddHeading({{.text = row[0].text, .columns = static_cast<int>(width)}});
    } else if (first) {
      row[task].columns += static_cast<int>(width - row.size());
      merger.AddHeading(row);
    } else {
      const size_t at = row.size() < full_length ? 0 : task + row.size() - header->size() + 1;
      row.insert(row.begin() + static_cast<std::ptrdiff_t>(at), width - row.size(), {});
      if (WasMoved(columns, row)) std::rotate(row.begin(), row.end() - 1, row.end());
      merger.AddRow(columns, row);
    }
  }
  return merger.Take();
}

}  // namespace

Paper MergedAsOfficesDo(const Paper& paper) {
  Paper merged;
  for (const auto& block : paper) {
    const auto* table = std::get_if<PaperTable>(&block);
    merged.push_back(
        table && !table->empty() ? std::variant<std::string, PaperTable>(Merged(*table)) : block);
  }
  return merged;
}

}  // namespace gongkai::plans
