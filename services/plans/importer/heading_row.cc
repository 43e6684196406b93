#include "services/plans/importer/heading_row.h"

#include <algorithm>

#include "services/plans/importer/numbering.h"
#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {
namespace {

bool IsNote(TextView text) {
  for (const TextView word : {U"注：", U"注:", U"备注：", U"备注:", U"说明：", U"说明:"}) {
    if (StartsWith(text, word)) return true;
  }
  return false;
}

// `合计`, with what is counted in the cells behind it.
bool IsTotal(const Row& row) {
  const auto first = std::find_if(row.cells.begin(), row.cells.end(),
                                  [](const Cell& cell) { return !cell.empty(); });
  if (first == row.cells.end()) return false;
  const Text text = first->Joined();
  return text == U"合计" || text == U"总计" || text == U"小计";
}

// `（续表）`: the table goes on, and nothing begins.
bool SaysGoesOn(TextView text) {
  for (const TextView word :
       {U"续表", U"（续表）", U"(续表)", U"续上表", U"（续上表）", U"接上表"}) {
    if (text == word) return true;
  }
  return false;
}

// A full row with text in its first column only: a heading over all columns where it bears a
// heading's number or the requirement is missing, and otherwise a task that lacks the rest.
bool HeadsRows(const Columns& columns, const Row& row, TextView text) {
  const auto numbering = ParseNumbering(text);
  const bool numbered = numbering && numbering->level <= NumberLevel::kSubsection;
  if (row.cells.size() > 2 && numbered) return true;
  return columns[0].role == ColumnRole::kTask && Has(columns, ColumnRole::kRequirement);
}

// `一 | 加强解读 | | |` in a table whose tasks have Arabic numbers.
bool IsNumberedHeading(const Columns& columns, const Row& row) {
  if (row.cells.size() < 3 || columns[0].role != ColumnRole::kOrdinal) return false;
  const Text number = row.cells[0].Joined();
  if (number.empty() || row.cells[1].empty()) return false;
  const auto numbering = ParseNumbering(number);
  const bool bracketed = numbering && numbering->level == NumberLevel::kSubsection &&
                         numbering->length == number.size();
  if (!bracketed && !std::all_of(number.begin(), number.end(), IsHanNumeral)) return false;
  return std::all_of(row.cells.begin() + 2, row.cells.end(),
                     [](const Cell& cell) { return cell.empty(); });
}

}  // namespace

std::optional<HeadingRow> ParseHeadingRow(const Columns& columns, const Row& row) {
  constexpr size_t kLongestHeading = 60;
  using Kind = HeadingRow::Kind;
  if (IsTotal(row)) return HeadingRow{Kind::kNote, {}};
  const Cell* only = OnlyCell(row);
  const size_t first = columns[0].role == ColumnRole::kOrdinal && row.cells.size() > 1 ? 1 : 0;
  if (only && (only == &row.cells[0] || only == &row.cells[first])) {
    const Text text = only->Joined();
    if (IsNote(text) || SaysGoesOn(text)) return HeadingRow{Kind::kNote, {}};
    if (IsDigit(text.back())) {
      if (row.cells.size() > 1) return std::nullopt;
      return HeadingRow{Kind::kNote, {}};
    }
    if (row.cells.size() == 1 && (text.size() > kLongestHeading || Contains(text, U"。"))) {
      return HeadingRow{Kind::kUnclear, {}};
    }
    if (row.cells.size() > 1 && !HeadsRows(columns, row, text)) return std::nullopt;
    return HeadingRow{Kind::kHeading, text};
  }
  if (!IsNumberedHeading(columns, row)) return std::nullopt;
  const Text number = row.cells[0].Joined();
  return HeadingRow{Kind::kHeading,
                    (IsHanNumeral(number[0]) ? number + U"、" : number) + row.cells[1].Joined()};
}

bool IsEmptyRow(const Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const Cell& c) { return c.empty(); });
}

bool SameCells(const Row& a, const Row& b) {
  return std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                    [](const Cell& x, const Cell& y) { return x.Joined() == y.Joined(); });
}

}  // namespace gongkai::plans::importer
