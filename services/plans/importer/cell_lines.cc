#include "services/plans/importer/cell_lines.h"

#include <algorithm>

#include "services/plans/importer/numbering.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {
namespace {

// `| 责任单位 |` and `| 责任单位` hold one cell, `| a | b |` does not.
std::optional<TextView> MarkedCell(TextView line) {
  line = Trim(line);
  if (!StartsWith(line, U"|")) return std::nullopt;
  line.remove_prefix(1);
  if (EndsWith(line, U"|")) line.remove_suffix(1);
  if (Contains(line, U"|")) return std::nullopt;
  return line;
}

// Brackets behind a name may hold whole sentences: `责任单位（列第一位的牵头）`.
bool NamesColumn(const CellLine& line) {
  constexpr size_t kLongestName = 13;
  const size_t name = std::min(line.text.find(U'（'), line.text.size());
  const bool title = EndsWith(line.text, U"表") || EndsWith(line.text, U"方案");
  return !line.tabbed && !title && name <= kLongestName && IsColumnHeading(CellOf(line)) &&
         !ParseNumbering(line.text);
}

// `推进重点领域公开` behind a whole heading and in front of a number: the first task, though it
// reads like the name of a column.
bool BeginsRows(const Row& heading, const CellLine& line, const CellLine& next) {
  if (!NumberOf(next.text) || !ParseHeaderRow(heading)) return false;
  const auto columns = ParseHeaderRow({.cells = {{.lines = {U"序号"}}, CellOf(line)}});
  return columns.has_value();
}

std::optional<CellHeading> HeadingAt(const std::vector<CellLine>& lines, size_t at) {
  if (!NamesColumn(lines[at])) return std::nullopt;
  CellHeading heading{.first = at, .end = at, .marked = lines[at].marked};
  if (at + 1 < lines.size() && lines[at + 1].text.empty()) heading.step = 2;
  Row row;
  for (size_t i = at; i < lines.size() && NamesColumn(lines[i]); i += heading.step) {
    const bool same_form = lines[i].marked == heading.marked &&
                           (heading.step == 1 || i == at || lines[i - 1].text.empty());
    if (!same_form) break;
    const size_t next = i + heading.step;
    if (next < lines.size() && BeginsRows(row, lines[i], lines[next])) break;
    row.cells.push_back(CellOf(lines[i]));
    heading.end = i + 1;
  }
  heading.length = row.cells.size();
  const bool heads = heading.length >= (heading.marked ? 2 : 3) && ParseHeaderRow(row);
  return heads ? std::optional(heading) : std::nullopt;
}

}  // namespace

std::vector<CellLine> CellLinesOf(TextView text) {
  std::vector<CellLine> lines;
  for (size_t start = 0; start <= text.size();) {
    const size_t end = std::min(text.find(U'\n', start), text.size());
    const TextView raw = text.substr(start, end - start);
    const auto cell = MarkedCell(raw);
    lines.push_back({.text = CleanText(cell.value_or(raw)),
                     .span = {start, end},
                     .tabbed = Contains(raw, U"\t"),
                     .marked = cell.has_value()});
    start = end + 1;
  }
  return lines;
}

std::optional<int> NumberOf(TextView text) {
  constexpr size_t kLongestNumber = 3;
  if (text.empty() || text.size() > kLongestNumber) return std::nullopt;
  int number = 0;
  for (const char32_t c : text) {
    if (!IsDigit(c)) return std::nullopt;
    number = number * 10 + static_cast<int>(c >= U'０' ? c - U'０' : c - U'0');
  }
  return number;
}

Cell CellOf(const CellLine& line) {
  Cell cell{.span = line.span};
  if (!line.text.empty()) cell.lines.push_back(line.text);
  return cell;
}

std::optional<CellHeading> FindCellHeading(const std::vector<CellLine>& lines, size_t from) {
  for (size_t at = from; at < lines.size(); ++at) {
    if (const auto heading = HeadingAt(lines, at)) return heading;
  }
  return std::nullopt;
}

}  // namespace gongkai::plans::importer
