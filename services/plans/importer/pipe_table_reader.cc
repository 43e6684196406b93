#include "services/plans/importer/pipe_table_reader.h"

#include <algorithm>
#include <utility>

namespace gongkai::plans::importer {
namespace {

struct Line {
  TextView text;
  Span span;
  size_t start = 0;  // of `text`
};

std::vector<Line> LinesOf(TextView text) {
  std::vector<Line> lines;
  for (size_t start = 0; start <= text.size();) {
    size_t end = text.find(U'\n', start);
    if (end == TextView::npos) end = text.size();
    const TextView line = Trim(text.substr(start, end - start));
    const auto line_start = static_cast<size_t>(line.data() - text.data());
    lines.push_back({.text = line, .span = {start, end}, .start = line_start});
    start = end + 1;
  }
  return lines;
}

// `|---|:--:|`: the line below the heading of a table.
bool IsRule(TextView line) {
  return line.find_first_not_of(U"|-: \t") == TextView::npos && Contains(line, U"|") &&
         Contains(line, U"-");
}

bool BeginsRow(TextView line) {
  return StartsWith(line, U"|") && line.find(U'|', 1) != TextView::npos;
}

size_t HeadingMarks(TextView line) {
  const size_t marks = line.find_first_not_of(U'#');
  const bool heading = marks != TextView::npos && marks >= 1 && marks <= 6 && IsSpace(line[marks]);
  return heading ? marks : 0;
}

// Without `**` and `__`, which stand around text and are none.
Text WithoutEmphasis(TextView text) {
  Text plain;
  for (size_t at = 0; at < text.size(); ++at) {
    const TextView mark = text.substr(at, 2);
    if (mark == U"**" || mark == U"__") {
      ++at;
    } else {
      plain += text[at];
    }
  }
  return plain;
}

Cell ReadCell(TextView text, Span span) {
  Cell cell{.span = span};
  const Text plain = WithoutEmphasis(text);
  for (size_t start = 0; start <= plain.size();) {
    const size_t end = std::min(plain.find(U"<br", start), plain.size());
    if (Text line = CleanText(TextView(plain).substr(start, end - start)); !line.empty()) {
      cell.lines.push_back(std::move(line));
    }
    const size_t close = plain.find(U'>', end);
    start = end == plain.size() || close == Text::npos ? plain.size() + 1 : close + 1;
  }
  return cell;
}

std::vector<Cell> ReadCells(const Line& row) {
  const TextView line = row.text;
  std::vector<Cell> cells;
  Text cell;
  size_t start = StartsWith(line, U"|") ? 1 : 0;
  for (size_t at = start; at < line.size(); ++at) {
    if (line[at] == U'\\' && at + 1 < line.size() && line[at + 1] == U'|') {
      cell += line[++at];
    } else if (line[at] == U'|') {
      cells.push_back(ReadCell(std::exchange(cell, {}), {row.start + start, row.start + at}));
      start = at + 1;
    } else {
      cell += line[at];
    }
  }
  if (!EndsWith(line, U"|")) {
    cells.push_back(ReadCell(cell, {row.start + start, row.start + line.size()}));
  }
  return cells;
}

// For each line whether it is a row of a table.
std::vector<bool> FindRows(const std::vector<Line>& lines) {
  std::vector<bool> rows(lines.size());
  bool in_table = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const TextView line = lines[i].text;
    const bool headed = i + 1 < lines.size() && IsRule(lines[i + 1].text);
    in_table = Contains(line, U"|") && (in_table || headed || IsRule(line));
    rows[i] = in_table || BeginsRow(line);
  }
  return rows;
}

}  // namespace

bool LooksLikePipeTables(TextView text) {
  const std::vector<Line> lines = LinesOf(text);
  for (size_t i = 0; i < lines.size(); ++i) {
    if (HeadingMarks(lines[i].text) > 0) return true;
    const bool next = i + 1 < lines.size();
    if (next && BeginsRow(lines[i].text) && BeginsRow(lines[i + 1].text)) return true;
    if (next && Contains(lines[i].text, U"|") && IsRule(lines[i + 1].text)) return true;
  }
  return false;
}

Document ReadPipeTables(TextView text) {
  Document document;
  const std::vector<Line> lines = LinesOf(text);
  const std::vector<bool> rows = FindRows(lines);
  bool after_paragraph = false;
  for (size_t i = 0; i < lines.size(); ++i) {
    const bool follows_directly = std::exchange(after_paragraph, false);
    if (rows[i]) {
      if (IsRule(lines[i].text)) continue;
      document.blocks.push_back(Row{.cells = ReadCells(lines[i]), .span = lines[i].span});
      continue;
    }
    const TextView line = lines[i].text;
    Text paragraph = CleanText(WithoutEmphasis(line.substr(HeadingMarks(line))));
    if (paragraph.empty()) continue;
    document.blocks.push_back(Paragraph{
        .text = std::move(paragraph), .span = lines[i].span, .follows_directly = follows_directly});
    after_paragraph = true;
  }
  return document;
}

}  // namespace gongkai::plans::importer
