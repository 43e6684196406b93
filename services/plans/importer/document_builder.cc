#include "services/plans/importer/document_builder.h"

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
  const size_t start = Advance(text.size());
  document_.blocks.push_back(Paragraph{
      .text = std::move(text), .span = {start, length_ - 1}, .follows_directly = follows_directly});
}

void DocumentBuilder::AddTable(TableGrid table) {
  too_large_ = too_large_ || table.too_large();
  after_line_ = false;
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
  size_t length = 0;
  for (const Cell& cell : cells) {
    for (const Text& line : cell.lines) length += line.size() + 1;
  }
  const size_t start = Advance(length);
  document_.blocks.push_back(Row{.cells = std::move(cells), .span = {start, length_ - 1}});
}

// The place of the next text, which takes `length` code points and the line's end.
size_t DocumentBuilder::Advance(size_t length) {
  const size_t start = length_;
  length_ += length + 1;
  too_large_ = too_large_ || length_ > TableGrid::kMaxCodePoints;
  return start;
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
