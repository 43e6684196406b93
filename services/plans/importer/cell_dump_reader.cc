#include "services/plans/importer/cell_dump_reader.h"

#include <optional>
#include <utility>

#include "services/plans/importer/numbering.h"

namespace gongkai::plans::importer {
namespace {

struct Line {
  TextView raw;
  size_t start;
  Text text;           // cleaned, without the cells that follow a tab
  bool empty = false;  // ends a row; a line with no more than no-break spaces does not
  bool begins_cell = false;
};

// `— 5 —`: the page number that a PDF leaves between two lines.
bool IsPageNumber(TextView text) {
  constexpr TextView kDashes = U"-—－–─";
  size_t digits = 0;
  size_t dashes = 0;
  for (const char32_t c : text) {
    if (IsDigit(c)) {
      ++digits;
    } else if (IsOneOf(c, kDashes)) {
      ++dashes;
    } else if (!IsSpace(c)) {
      return false;
    }
  }
  return digits > 0 && digits <= 4 && dashes >= 2 && IsOneOf(text.front(), kDashes);
}

bool IsEmptyLine(TextView raw) { return raw.find_first_not_of(U" \r\f") == TextView::npos; }

std::vector<Line> SplitLines(TextView text) {
  std::vector<Line> lines;
  for (size_t start = 0; start <= text.size();) {
    size_t end = text.find(U'\n', start);
    if (end == TextView::npos) end = text.size();
    const TextView raw = text.substr(start, end - start);
    Line line{.raw = raw, .start = start, .text = CleanText(raw)};
    line.empty = IsEmptyLine(raw);
    line.begins_cell = !raw.empty() && raw.front() == U'\t';
    if (line.text.empty() || !IsPageNumber(line.text)) lines.push_back(std::move(line));
    start = end + 1;
  }
  return lines;
}

// Cells of a line that holds several, the first of which begins at `offset`:
// `1\t加强解读\t县政府办`.
std::vector<Cell> SplitCells(TextView raw, size_t offset) {
  std::vector<Cell> cells;
  for (size_t start = 0; start <= raw.size();) {
    size_t end = raw.find(U'\t', start);
    if (end == TextView::npos) end = raw.size();
    Cell cell{.span = {offset + start, offset + end}};
    if (Text text = CleanText(raw.substr(start, end - start)); !text.empty()) {
      cell.lines.push_back(std::move(text));
    }
    cells.push_back(std::move(cell));
    start = end + 1;
  }
  return cells;
}

bool IsWholeRow(const Line& line) {
  size_t tabs = 0;
  for (const char32_t c : line.raw) tabs += c == U'\t' ? 1 : 0;
  return !line.begins_cell && tabs >= 2;
}

class Reader {
 public:
  explicit Reader(TextView text) : lines_(SplitLines(text)), next_cell_(lines_.size() + 1) {
    next_cell_[lines_.size()] = lines_.size();
    for (size_t i = lines_.size(); i-- > 0;) {
      next_cell_[i] = lines_[i].begins_cell ? i : next_cell_[i + 1];
    }
  }

  Document Read() {
    for (size_t i = 0; i < lines_.size(); ++i) ReadLine(i);
    CloseRow();
    return std::move(document_);
  }

 private:
  void ReadLine(size_t i) {
    const Line& line = lines_[i];
    if (line.empty) {
      row_ended_ = true;
      after_paragraph_ = false;
      return;
    }
    if (line.begins_cell) return ReadCells(line);
    if (IsWholeRow(line)) return ReadWholeRow(line);
    if (row_ && (!row_ended_ || ContinuesRow(i))) return ContinueCell(line);
    CloseRow();
    ReadParagraph(line);
  }

  void ReadCells(const Line& line) {
    if (row_ended_) CloseRow();
    if (!row_) row_ = Row{.span = {line.start, line.start}};
    for (Cell& cell : SplitCells(line.raw.substr(1), line.start + 1)) {
      row_->cells.push_back(std::move(cell));
    }
    Extend(line);
  }

  void ReadWholeRow(const Line& line) {
    CloseRow();
    row_ = Row{.cells = SplitCells(line.raw, line.start), .span = {line.start, line.start}};
    Extend(line);
    CloseRow();
  }

  void ContinueCell(const Line& line) {
    if (!line.text.empty()) {
      row_->cells.back().lines.push_back(line.text);
      row_->cells.back().span.end = line.start + line.raw.size();
      Extend(line);
    }
    row_ended_ = false;
  }

  void ReadParagraph(const Line& line) {
    if (line.text.empty()) {
      after_paragraph_ = false;
      return;
    }
    document_.blocks.push_back(Paragraph{.text = line.text,
                                         .span = {line.start, line.start + line.raw.size()},
                                         .follows_directly = after_paragraph_});
    after_paragraph_ = true;
  }

  // Whether the text at line `i`, after an empty line, still belongs to the last cell.
  bool ContinuesRow(size_t i) const {
    const Line& line = lines_[i];
    if (line.text.empty()) return false;
    if (EndsOpen()) return true;
    const size_t next = next_cell_[i];
    if (next == lines_.size()) return false;
    if (IsHeading(line.text) || row_->cells.size() < 2) return false;
    // More text than this between two rows is the text between two tables.
    constexpr size_t kLongestBreak = 4;
    return next - i <= kLongestBreak;
  }

  // Whether the last cell stops in mid-list or mid-sentence.
  bool EndsOpen() const {
    const Cell& cell = row_->cells.back();
    return !cell.empty() && IsOneOf(cell.lines.back().back(), U"，、；,;（(“《和及与");
  }

  static bool IsHeading(TextView text) {
    for (const TextView word : {U"附件", U"附表", U"注", U"备注", U"说明", U"抄送", U"（续"}) {
      if (StartsWith(text, word)) return true;
    }
    const auto numbering = ParseNumbering(text);
    return (numbering && numbering->level <= NumberLevel::kSubsection) || EndsWith(text, U"表");
  }

  void Extend(const Line& line) {
    row_->span.end = line.start + line.raw.size();
    row_ended_ = false;
    after_paragraph_ = false;
  }

  void CloseRow() {
    if (row_) document_.blocks.push_back(*std::exchange(row_, std::nullopt));
  }

  std::vector<Line> lines_;
  std::vector<size_t> next_cell_;  // per line: the next one that begins a cell, or their number
  Document document_;
  std::optional<Row> row_;
  bool row_ended_ = false;
  bool after_paragraph_ = false;
};

}  // namespace

Document ReadCellDump(TextView text) { return Reader(text).Read(); }

}  // namespace gongkai::plans::importer
