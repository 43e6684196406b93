#include "services/plans/importer/cell_line_reader.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <utility>

#include "services/plans/importer/cell_dump_reader.h"
#include "services/plans/importer/numbering.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {
namespace {

struct Line {
  Text text;  // cleaned, without pipes
  Span span;
  bool tabbed = false;  // holds tabs, which part cells in other forms
  bool marked = false;  // begins with a pipe that is its only one, or that another one closes
};

// `| 责任单位 |` and `| 责任单位` hold one cell, `| a | b |` does not.
std::optional<TextView> MarkedCell(TextView line) {
  line = Trim(line);
  if (!StartsWith(line, U"|")) return std::nullopt;
  line.remove_prefix(1);
  if (EndsWith(line, U"|")) line.remove_suffix(1);
  if (Contains(line, U"|")) return std::nullopt;
  return line;
}

std::vector<Line> LinesOf(TextView text) {
  std::vector<Line> lines;
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

Cell CellOf(const Line& line) {
  Cell cell{.span = line.span};
  if (!line.text.empty()) cell.lines.push_back(line.text);
  return cell;
}

// Names of columns, one to a line.
struct Heading {
  size_t first = 0;   // its first line
  size_t end = 0;     // the line behind it
  size_t step = 1;    // lines from one cell to the next: 2 where empty lines part them
  size_t length = 0;  // in cells
  bool marked = false;
};

// Brackets behind a name may hold whole sentences: `责任单位（列第一位的牵头）`.
bool NamesColumn(const Line& line) {
  constexpr size_t kLongestName = 13;
  const size_t name = std::min(line.text.find(U'（'), line.text.size());
  const bool title = EndsWith(line.text, U"表") || EndsWith(line.text, U"方案");
  return !line.tabbed && !title && name <= kLongestName && IsColumnHeading(CellOf(line)) &&
         !ParseNumbering(line.text);
}

std::optional<Heading> HeadingAt(const std::vector<Line>& lines, size_t at) {
  if (!NamesColumn(lines[at])) return std::nullopt;
  Heading heading{.first = at, .end = at, .marked = lines[at].marked};
  if (at + 1 < lines.size() && lines[at + 1].text.empty()) heading.step = 2;
  Row row;
  for (size_t i = at; i < lines.size() && NamesColumn(lines[i]); i += heading.step) {
    const bool same_form = lines[i].marked == heading.marked &&
                           (heading.step == 1 || i == at || lines[i - 1].text.empty());
    if (!same_form) break;
    row.cells.push_back(CellOf(lines[i]));
    heading.end = i + 1;
  }
  heading.length = row.cells.size();
  const bool heads = heading.length >= (heading.marked ? 2 : 3) && ParseHeaderRow(row);
  return heads ? std::optional(heading) : std::nullopt;
}

std::optional<Heading> FindHeading(const std::vector<Line>& lines, size_t from) {
  for (size_t at = from; at < lines.size(); ++at) {
    if (const auto heading = HeadingAt(lines, at)) return heading;
  }
  return std::nullopt;
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

bool BeginsWithAny(TextView text, std::initializer_list<TextView> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](TextView word) { return StartsWith(text, word); });
}

bool IsNote(TextView text) { return BeginsWithAny(text, {U"注：", U"注:", U"备注：", U"说明："}); }
bool IsImprint(TextView text) { return BeginsWithAny(text, {U"抄送", U"附件", U"（此件"}); }

// Reads the rows below one heading.
class TableReader {
 public:
  TableReader(const std::vector<Line>& lines, const Heading& heading)
      : lines_(lines), heading_(heading) {
    Row names;
    for (size_t i = heading.first; i < heading.end; i += heading.step) {
      names.cells.push_back(CellOf(lines[i]));
    }
    numbered_ = ParseHeaderRow(names)->front().role == ColumnRole::kOrdinal;
    name_ = names.cells[0].Joined();
    second_name_ = names.cells[1].Joined();
    FindCells();
    width_ = RowLength();
  }

  // Adds the heading and the rows; returns the line behind them.
  size_t Read(std::vector<Block>& blocks) {
    AddRow(heading_.first, heading_.end, blocks);
    size_t at = 0;
    while (at < cells_.size()) {
      const size_t length = LengthOfRow(at);
      AddRow(at, length, blocks, cells_);
      at += length;
    }
    return end_;
  }

 private:
  // The lines of the table's cells, up to the one that ends it.
  void FindCells() {
    size_t after_text = heading_.end;
    for (size_t i = heading_.end + heading_.step - 1; i < lines_.size();) {
      const TextView text = lines_[i].text;
      const bool goes_on = numbered_ && i + 1 < lines_.size() && NumberOf(lines_[i + 1].text);
      if (IsImprint(text) || (IsNote(text) && !goes_on)) break;
      cells_.push_back(i);
      if (!text.empty()) after_text = i + 1;
      ++i;
      if (!text.empty() && heading_.step == 2 && i < lines_.size() && lines_[i].text.empty()) ++i;
    }
    while (!cells_.empty() && lines_[cells_.back()].text.empty()) cells_.pop_back();
    end_ = after_text;
  }

  TextView TextAt(size_t cell) const { return lines_[cells_[cell]].text; }

  // The most frequent distance between consecutive numbers; else as long as the heading.
  size_t RowLength() const {
    std::map<size_t, size_t> distances;
    std::optional<size_t> last;
    int number = 0;
    for (size_t i = 0; i < cells_.size() && numbered_; ++i) {
      if (NumberOf(TextAt(i)) != number + 1) continue;
      ++number;
      if (last) ++distances[i - *last];
      last = i;
    }
    const auto most = std::max_element(distances.begin(), distances.end(),
                                       [](auto& a, auto& b) { return a.second < b.second; });
    return most == distances.end() ? heading_.length : std::max(most->first, heading_.length);
  }

  bool IsHeadingRow(size_t cell) const {
    if (IsNote(TextAt(cell))) return true;
    const auto numbering = ParseNumbering(TextAt(cell));
    if (!numbering || numbering->length == TextAt(cell).size()) return false;
    return numbering->level <= (numbered_ ? NumberLevel::kSubsection : NumberLevel::kSection);
  }

  // In cells; at least 1.
  size_t LengthOfRow(size_t at) {
    const size_t left = cells_.size() - at;
    if (left > 1 && TextAt(at) == name_ && TextAt(at + 1) == second_name_) {
      return std::min(left, heading_.length);  // a page begins
    }
    if (IsHeadingRow(at)) return 1;
    const auto number = NumberOf(TextAt(at));
    if (numbered_ && number) number_ = *number;
    const size_t longest = std::min(left, width_);
    for (size_t length = 2; length < longest && numbered_; ++length) {
      const bool next = NumberOf(TextAt(at + length)) == number_ + 1 && LooksNumbered(at + length);
      if (next || (IsHeadingRow(at + length) && length > 2)) return length;
    }
    return longest;
  }

  // A number in front of text, and not a count in the middle of a row.
  bool LooksNumbered(size_t at) const {
    return at + 1 < cells_.size() && !NumberOf(TextAt(at + 1)) && !TextAt(at + 1).empty();
  }

  void AddRow(size_t first, size_t length, std::vector<Block>& blocks,
              const std::vector<size_t>& cells) const {
    Row row{.span = {lines_[cells[first]].span.start, lines_[cells[first + length - 1]].span.end}};
    for (size_t i = first; i < first + length; ++i) row.cells.push_back(CellOf(lines_[cells[i]]));
    const bool empty = std::all_of(row.cells.begin(), row.cells.end(),
                                   [](const Cell& cell) { return cell.empty(); });
    if (!empty) blocks.emplace_back(std::move(row));
  }

  void AddRow(size_t first_line, size_t end_line, std::vector<Block>& blocks) const {
    std::vector<size_t> lines;
    for (size_t i = first_line; i < end_line; i += heading_.step) lines.push_back(i);
    AddRow(0, lines.size(), blocks, lines);
  }

  const std::vector<Line>& lines_;
  const Heading& heading_;
  std::vector<size_t> cells_;  // their lines
  size_t width_ = 0;
  size_t end_ = 0;
  bool numbered_ = false;
  int number_ = 0;
  Text name_;
  Text second_name_;
};

// Whether an empty line, which is no marked cell, stands between the first rows.
bool PartsRows(const std::vector<Line>& lines, const Heading& heading) {
  const size_t end = std::min(heading.end + 2 * heading.length + 8, lines.size());
  for (size_t i = heading.end + 1; i < end; ++i) {
    if (lines[i].marked && !lines[i - 1].marked && lines[i - 1].text.empty()) return true;
  }
  return false;
}

// The same text as a cell dump, character by character.
Text AsDump(TextView text, const std::vector<Line>& lines) {
  Text dump(text);
  for (const Line& line : lines) {
    if (!line.marked) continue;
    const size_t open = dump.find(U'|', line.span.start);
    // Spaces in front of the pipe go behind it, so that the tab begins the line.
    std::fill(dump.begin() + static_cast<std::ptrdiff_t>(line.span.start),
              dump.begin() + static_cast<std::ptrdiff_t>(open) + 1, U' ');
    dump[line.span.start] = U'\t';
    const size_t close = dump.rfind(U'|', line.span.end);
    if (close != Text::npos && close > line.span.start) dump[close] = U' ';
  }
  return dump;
}

}  // namespace

bool LooksLikeCellLines(TextView text) { return FindHeading(LinesOf(text), 0).has_value(); }

Document ReadCellLines(TextView text) {
  const std::vector<Line> lines = LinesOf(text);
  auto heading = FindHeading(lines, 0);
  if (heading && heading->marked && PartsRows(lines, *heading))
    return ReadCellDump(AsDump(text, lines));
  Document document;
  bool after_paragraph = false;
  for (size_t i = 0; i < lines.size();) {
    if (heading && i == heading->first) {
      i = TableReader(lines, *heading).Read(document.blocks);
      heading = FindHeading(lines, i);
      after_paragraph = false;
      continue;
    }
    const bool follows_directly = std::exchange(after_paragraph, !lines[i].text.empty());
    if (after_paragraph) {
      document.blocks.push_back(Paragraph{
          .text = lines[i].text, .span = lines[i].span, .follows_directly = follows_directly});
    }
    ++i;
  }
  return document;
}

}  // namespace gongkai::plans::importer
