#include "services/plans/importer/document_builder.h"

#include <algorithm>
#include <utility>

#include "services/plans/importer/document_error.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {

void DocumentBuilder::AddText(TextView text) {
  for (size_t start = 0; start <= text.size();) {
    size_t end = text.find(U'\n', start);
    if (end == TextView::npos) end = text.size();
    AddLine(text.substr(start, end - start));
    start = end + 1;
  }
}

void DocumentBuilder::AddLine(TextView line) {
  Text text = CleanText(line);
  const bool follows_directly = std::exchange(after_line_, !text.empty());
  if (text.empty()) return;
  if (!follows_directly) PartFromBefore();
  const Span span = Write(text);
  Write(U"\n");
  document_.blocks.push_back(
      Paragraph{.text = std::move(text), .span = span, .follows_directly = follows_directly});
}

void DocumentBuilder::AddTable(TableGrid table) {
  too_large_ = too_large_ || table.too_large();
  after_line_ = false;
  cells_above_.clear();
  for (std::vector<Cell>& cells : table.TakeRows()) {
    if (too_large_) return;
    Row row{.cells = std::move(cells)};
    in_breakdown_ = in_breakdown_ || ParseHeaderRow(row);
    if (!in_breakdown_ && OnlyCell(row)) {
      for (const Text& line : OnlyCell(row)->lines) AddLine(line);
    } else {
      AddRow(std::move(row.cells));
    }
  }
  after_line_ = false;
}

void DocumentBuilder::AddRow(std::vector<Cell> cells) {
  PartFromBefore();
  const size_t start = document_.text.size();
  cells_above_.resize(std::max(cells_above_.size(), cells.size()));
  for (size_t i = 0; i < cells.size(); ++i) AddCell(cells[i], i);
  const size_t end = document_.text.size() - 1;
  Write(U"\n");
  document_.blocks.push_back(Row{.cells = std::move(cells), .span = {start, end}});
}

void DocumentBuilder::AddCell(Cell& cell, size_t column) {
  Write(U"\t");
  if (cell.merge == Merge::kAbove) {
    cell.span = cells_above_[column];
  } else {
    cell.span = {document_.text.size(), document_.text.size()};
    for (size_t i = 0; i < cell.lines.size(); ++i) {
      if (i > 0) Write(U"\n");
      cell.span.end = Write(cell.lines[i]).end;
    }
    cells_above_[column] = cell.span;
  }
  Write(U"\n");
}

void DocumentBuilder::PartFromBefore() {
  if (!document_.text.empty() && !EndsWith(document_.text, U"\n\n")) Write(U"\n");
}

Span DocumentBuilder::Write(TextView text) {
  const size_t start = document_.text.size();
  too_large_ = too_large_ || start + text.size() > TableGrid::kMaxCodePoints;
  if (!too_large_) document_.text += text;
  return {start, document_.text.size()};
}

Result<Document> DocumentBuilder::Finish() {
  if (too_large_) {
    return Fail(DocumentTooLarge(
        {.message = "more text or wider tables than a plan has: 200 columns, 2000000 cells or "
                    "32 Mi characters, each merged cell counted in every row that it covers",
         .message_zh = "表格列数、单元格数或文字总量过多（合并单元格按所占行数计）"},
        TableGrid::kMaxCodePoints));
  }
  return std::move(document_);
}

}  // namespace gongkai::plans::importer
