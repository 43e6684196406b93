#include "services/plans/importer/heading_spread.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/numbering.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

// How many headings stand in front of the empty ones; all of them where the row is not packed.
size_t CountHeadings(const Row& header) {
  const auto& cells = header.cells;
  const auto first_empty =
      std::find_if(cells.begin(), cells.end(), [](const Cell& cell) { return cell.empty(); });
  const bool packed = std::all_of(first_empty, cells.end(), [](const Cell& cell) {
    return cell.empty() && cell.merge == Merge::kNone;
  });
  return packed ? static_cast<size_t>(first_empty - cells.begin()) : cells.size();
}

// What the cells of a column read like, as counts of cells.
struct Content {
  int cells = 0;
  int numbers = 0;
  int units = 0;
  int due = 0;

  void Add(TextView text) {
    ++cells;
    if (IsBareNumber(text)) {
      ++numbers;
    } else if (LooksLikeUnits(text)) {
      ++units;
    } else if (LooksLikeDue(text)) {
      ++due;
    }
  }

  bool IsNumbers() const { return cells > 0 && numbers == cells; }

  // How well the column stands under a heading of that role.
  int ScoreUnder(ColumnRole role) const {
    switch (role) {
      case ColumnRole::kOrdinal:
        return 2 * numbers - cells;
      case ColumnRole::kUnits:
      case ColumnRole::kUnitsAndDue:
        return 2 * units - cells;
      case ColumnRole::kDue:
        return 2 * due - cells;
      case ColumnRole::kTask:
      case ColumnRole::kRequirement:
        return -(units + due);
      case ColumnRole::kOther:
      case ColumnRole::kUnknown:
        return 0;
    }
    return 0;
  }
};

std::vector<Content> ReadContents(size_t width, const std::vector<const Row*>& rows) {
  std::vector<Content> contents(width);
  for (const Row* row : rows) {
    // Rows with an empty end have moved to the left themselves.
    if (row->cells.size() != width || row->cells.back().empty()) continue;
    for (size_t i = 0; i < width; ++i) {
      if (!row->cells[i].empty()) contents[i].Add(row->cells[i].Joined());
    }
  }
  return contents;
}

// For each column the heading above it in the best way to spread `headings`. A heading spans no
// more columns than it must, the first ones excepted, since tasks have the headings.
std::vector<size_t> BestSpread(const Columns& headings, const std::vector<Content>& contents) {
  const size_t width = contents.size();
  struct Way {
    int score = 0;
    bool possible = false;
    bool begins = false;  // the heading begins with this column
  };
  std::vector<std::vector<Way>> ways(width, std::vector<Way>(headings.size()));
  for (size_t column = 0; column < width; ++column) {
    for (size_t heading = 0; heading < headings.size() && heading <= column; ++heading) {
      const int score = contents[column].ScoreUnder(headings[heading].role);
      Way& way = ways[column][heading];
      if (column == 0) {
        way = {score, true, true};
        continue;
      }
      const Way& same = ways[column - 1][heading];
      if (same.possible) way = {same.score + score, true, false};
      if (heading == 0) continue;
      const Way& next = ways[column - 1][heading - 1];
      if (next.possible && (!way.possible || next.score + score >= way.score)) {
        way = {next.score + score, true, true};
      }
    }
  }
  std::vector<size_t> spread(width);
  size_t heading = headings.size() - 1;
  for (size_t column = width; column-- > 0;) {
    spread[column] = heading;
    if (ways[column][heading].begins && heading > 0) --heading;
  }
  return spread;
}

int ScoreOf(const Columns& columns, const std::vector<Content>& contents) {
  int score = 0;
  for (size_t i = 0; i < columns.size(); ++i) score += contents[i].ScoreUnder(columns[i].role);
  return score;
}

bool IsWork(const Column& column) {
  return column.role == ColumnRole::kTask || column.role == ColumnRole::kRequirement;
}

// Numbers under a heading for work are those of the tasks; what a requirement spans besides its
// last column are headings of it.
void NameSpannedColumns(const std::vector<Content>& contents, Columns& columns) {
  bool has_ordinal = Has(columns, ColumnRole::kOrdinal);
  bool has_requirement = false;
  for (size_t i = columns.size(); i-- > 0;) {
    Column& column = columns[i];
    if (!IsWork(column)) continue;
    if (contents[i].IsNumbers()) {
      column.role = std::exchange(has_ordinal, true) ? ColumnRole::kOther : ColumnRole::kOrdinal;
    } else if (column.role == ColumnRole::kRequirement && std::exchange(has_requirement, true)) {
      column.role = ColumnRole::kTask;
    }
  }
}

}  // namespace

Columns SpreadHeadings(const Row& header, Columns columns, const std::vector<const Row*>& rows) {
  constexpr size_t kMostColumns = 20;
  const size_t count = CountHeadings(header);
  if (count < 2 || count == columns.size() || columns.size() > kMostColumns) return columns;
  const std::vector<Content> contents = ReadContents(columns.size(), rows);
  const Columns headings(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(count));
  Columns spread;
  for (const size_t heading : BestSpread(headings, contents)) spread.push_back(headings[heading]);
  if (ScoreOf(spread, contents) <= ScoreOf(columns, contents)) return columns;
  NameSpannedColumns(contents, spread);
  return spread;
}

}  // namespace gongkai::plans::importer
