#include "services/plans/importer/column_guess.h"

#include <algorithm>
#include <utility>

#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/numbering.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

bool IsDue(TextView text) {
  constexpr size_t kLongestDue = 30;
  return text.size() <= kLongestDue && LooksLikeDue(text);
}

// Counts of what the cells of one column read like.
struct ColumnContent {
  size_t cells = 0;  // that are not empty
  size_t numbers = 0;
  size_t units = 0;
  size_t due = 0;
  size_t length = 0;

  void Add(TextView text) {
    ++cells;
    length += text.size();
    if (IsBareNumber(text)) {
      ++numbers;
    } else if (LooksLikeUnits(text)) {
      ++units;
    } else if (IsDue(text)) {
      ++due;
    }
  }
  bool Mostly(size_t count) const { return cells > 0 && count * 5 >= cells * 3; }
};

// A role for a column whose cells are of one kind, else kUnknown.
ColumnRole RoleOf(const ColumnContent& content, bool first) {
  if (content.cells == 0) return ColumnRole::kOther;
  if (content.Mostly(content.numbers)) return first ? ColumnRole::kOrdinal : ColumnRole::kOther;
  if (content.Mostly(content.units)) return ColumnRole::kUnits;
  if (content.Mostly(content.due)) return ColumnRole::kDue;
  return ColumnRole::kUnknown;
}

// The column of the longest texts, or their number if none is long enough to be a requirement.
size_t LongestColumn(const Columns& columns, const std::vector<ColumnContent>& contents) {
  constexpr size_t kShortest = 8;
  size_t longest = columns.size();
  size_t most = 0;
  for (size_t i = 0; i < columns.size(); ++i) {
    const ColumnContent& content = contents[i];
    if (columns[i].role != ColumnRole::kUnknown || content.cells == 0) continue;
    const size_t average = content.length / content.cells;
    if (average < kShortest || average <= most) continue;
    most = average;
    longest = i;
  }
  return longest;
}

}  // namespace

Columns GuessColumns(Columns columns, const std::vector<const Row*>& rows) {
  std::vector<ColumnContent> contents(columns.size());
  for (const Row* row : rows) {
    if (row->cells.size() != columns.size()) continue;
    for (size_t i = 0; i < columns.size(); ++i) {
      const bool asked = columns[i].role == ColumnRole::kUnknown;
      if (asked && !row->cells[i].empty()) contents[i].Add(row->cells[i].Joined());
    }
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].role == ColumnRole::kUnknown) columns[i].role = RoleOf(contents[i], i == 0);
  }
  if (!Has(columns, ColumnRole::kRequirement)) {
    const size_t longest = LongestColumn(columns, contents);
    if (longest < columns.size()) columns[longest].role = ColumnRole::kRequirement;
  }
  bool before_work = true;
  for (Column& column : columns) {
    const bool work = column.role == ColumnRole::kTask || column.role == ColumnRole::kRequirement;
    if (work) before_work = false;
    if (column.role != ColumnRole::kUnknown) continue;
    column.role = before_work ? ColumnRole::kTask : ColumnRole::kOther;
  }
  return columns;
}

Columns GuessColumns(const std::vector<const Row*>& rows) {
  constexpr size_t kFewestRows = 2;
  constexpr size_t kFewestColumns = 3;
  if (rows.size() < kFewestRows || rows[0]->cells.size() < kFewestColumns) return {};
  Columns columns =
      GuessColumns(Columns(rows[0]->cells.size(), Column{.role = ColumnRole::kUnknown}), rows);
  const bool answered = Has(columns, ColumnRole::kUnits) || Has(columns, ColumnRole::kDue);
  return answered && Has(columns, ColumnRole::kRequirement) ? std::move(columns) : Columns();
}

Columns TellNumbers(Columns columns, const std::vector<const Row*>& rows) {
  const auto work = std::count_if(columns.begin(), columns.end(), [](const Column& column) {
    return column.role == ColumnRole::kTask || column.role == ColumnRole::kRequirement;
  });
  const bool wider = std::any_of(rows.begin(), rows.end(), [&columns](const Row* row) {
    return row->cells.size() > columns.size();
  });
  if (work < 2 || wider || Has(columns, ColumnRole::kOrdinal)) return columns;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].role != ColumnRole::kTask) continue;
    size_t numbers = 0;
    const bool all = std::all_of(rows.begin(), rows.end(), [&](const Row* row) {
      if (row->cells.size() != columns.size() || row->cells[i].empty()) return true;
      ++numbers;
      return IsBareNumber(row->cells[i].Joined());
    });
    if (!all || numbers == 0) continue;
    columns[i] = {.role = ColumnRole::kOrdinal};
    break;
  }
  return columns;
}

}  // namespace gongkai::plans::importer
