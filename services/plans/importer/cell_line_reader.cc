#include "services/plans/importer/cell_line_reader.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <optional>
#include <utility>

#include "services/plans/importer/cell_dump_reader.h"
#include "services/plans/importer/cell_lines.h"
#include "services/plans/importer/numbering.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {
namespace {

bool BeginsWithAny(TextView text, std::initializer_list<TextView> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](TextView word) { return StartsWith(text, word); });
}

bool IsNote(TextView text) { return BeginsWithAny(text, {U"注：", U"注:", U"备注：", U"说明："}); }
bool IsImprint(TextView text) { return BeginsWithAny(text, {U"抄送", U"附件", U"（此件"}); }

// In cells.
struct RowPlace {
  size_t length = 0;
  size_t missing = 0;  // left out in front
};

// Reads the rows below one heading.
class TableReader {
 public:
  TableReader(const std::vector<CellLine>& lines, const CellHeading& heading)
      : lines_(lines), heading_(heading) {
    Row names;
    for (size_t i = heading.first; i < heading.end; i += heading.step) {
      names.cells.push_back(CellOf(lines[i]));
    }
    const Columns columns = *ParseHeaderRow(names);
    numbered_ = columns.front().role == ColumnRole::kOrdinal;
    name_ = names.cells[0].Joined();
    second_name_ = names.cells[1].Joined();
    FindCells();
    width_ = RowLength();
    if (!Has(columns, ColumnRole::kOrdinal)) FindNumbers();
  }

  // Adds the heading and the rows; returns the line behind them.
  size_t Read(std::vector<Block>& blocks) {
    AddRow(heading_.first, heading_.end, blocks);
    size_t at = 0;
    while (at < cells_.size()) {
      const RowPlace row = numbers_.empty() ? RowPlace{LengthOfRow(at)} : RowAround(at);
      AddRow(at, row, blocks, cells_);
      at += row.length;
    }
    return end_;
  }

 private:
  // The lines of the table's cells, up to the one that ends it.
  void FindCells() {
    size_t after_text = heading_.end;
    for (size_t i = heading_.end + heading_.step - 1; i < lines_.size();) {
      const TextView text = lines_[i].text;
      if (heading_.marked && !lines_[i].marked) {
        // A second line of a cell, or what stands below the table.
        if (!AnyMarked(i)) break;
        ++i;
        continue;
      }
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

  bool AnyMarked(size_t from) const {
    return std::any_of(lines_.begin() + static_cast<std::ptrdiff_t>(from), lines_.end(),
                       [](const CellLine& line) { return line.marked; });
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

  // Rows may hold a number that the heading has no name for: behind the first few cells, which a
  // row that continues the one above leaves out. The cells with these numbers are then in
  // `numbers_`.
  void FindNumbers() {
    constexpr size_t kFewest = 2;
    std::vector<size_t> numbers;
    for (size_t i = 0; i < cells_.size(); ++i) {
      if (NumberOf(TextAt(i)) == static_cast<int>(numbers.size()) + 1) numbers.push_back(i);
    }
    if (numbers.size() < kFewest || numbers[0] >= heading_.length) return;
    front_ = numbers[0];
    size_t fitting = 0;
    for (size_t i = 1; i < numbers.size(); ++i) {
      const size_t distance = numbers[i] - numbers[i - 1];
      if (distance >= heading_.length + 1 - front_ && distance <= heading_.length + 1) ++fitting;
    }
    if (2 * fitting >= numbers.size()) numbers_ = std::move(numbers);
  }

  // The row that begins at `at`, with the number next to it.
  RowPlace RowAround(size_t at) const {
    const size_t left = cells_.size() - at;
    const auto number = std::lower_bound(numbers_.begin(), numbers_.end(), at);
    if (number == numbers_.end()) return {std::min(left, heading_.length)};
    if (*number - at > front_) return {1};
    const size_t next = number + 1 == numbers_.end() ? cells_.size() : *(number + 1);
    const size_t end = std::min(*number + 1 + heading_.length - front_, next);
    return {end - at, front_ - (*number - at)};
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

  void AddRow(size_t first, RowPlace place, std::vector<Block>& blocks,
              const std::vector<size_t>& cells) const {
    const size_t last = first + place.length - 1;
    Row row{.cells = std::vector<Cell>(place.missing),
            .span = {lines_[cells[first]].span.start, lines_[cells[last]].span.end}};
    for (size_t i = first; i <= last; ++i) {
      Cell cell = CellOf(lines_[cells[i]]);
      const size_t end = i + 1 < cells.size() ? cells[i + 1] : cells[i] + 1;
      for (size_t line = cells[i] + 1; heading_.marked && line < end; ++line) {
        if (!lines_[line].text.empty()) cell.lines.push_back(lines_[line].text);
        cell.span.end = lines_[line].span.end;
      }
      row.span.end = std::max(row.span.end, cell.span.end);
      row.cells.push_back(std::move(cell));
    }
    const bool empty = std::all_of(row.cells.begin(), row.cells.end(),
                                   [](const Cell& cell) { return cell.empty(); });
    if (!empty) blocks.emplace_back(std::move(row));
  }

  void AddRow(size_t first_line, size_t end_line, std::vector<Block>& blocks) const {
    std::vector<size_t> lines;
    for (size_t i = first_line; i < end_line; i += heading_.step) lines.push_back(i);
    AddRow(0, {lines.size()}, blocks, lines);
  }

  const std::vector<CellLine>& lines_;
  const CellHeading& heading_;
  std::vector<size_t> cells_;    // their lines
  std::vector<size_t> numbers_;  // cells that number the rows, where no heading names them
  size_t front_ = 0;             // cells in front of such a number
  size_t width_ = 0;
  size_t end_ = 0;
  bool numbered_ = false;
  int number_ = 0;
  Text name_;
  Text second_name_;
};

// Whether an empty line, which is no marked cell, stands between the first rows.
bool PartsRows(const std::vector<CellLine>& lines, const CellHeading& heading) {
  const size_t end = std::min(heading.end + 2 * heading.length + 8, lines.size());
  for (size_t i = heading.end + 1; i < end; ++i) {
    if (lines[i].marked && !lines[i - 1].marked && lines[i - 1].text.empty()) return true;
  }
  return false;
}

// The same text as a cell dump, character by character.
Text AsDump(TextView text, const std::vector<CellLine>& lines) {
  Text dump(text);
  for (const CellLine& line : lines) {
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

bool LooksLikeCellLines(TextView text) { return FindCellHeading(CellLinesOf(text), 0).has_value(); }

Document ReadCellLines(TextView text) {
  const std::vector<CellLine> lines = CellLinesOf(text);
  auto heading = FindCellHeading(lines, 0);
  if (heading && heading->marked && PartsRows(lines, *heading))
    return ReadCellDump(AsDump(text, lines));
  Document document;
  bool after_paragraph = false;
  for (size_t i = 0; i < lines.size();) {
    if (heading && i == heading->first) {
      i = TableReader(lines, *heading).Read(document.blocks);
      heading = FindCellHeading(lines, i);
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
