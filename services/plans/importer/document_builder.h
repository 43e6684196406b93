// Builds the document of a format that has paragraphs and tables of its own.
#pragma once

#include <cstddef>

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"
#include "services/plans/importer/table_grid.h"

namespace gongkai::plans::importer {

// Spans count in the text that the builder makes, which is a cell dump (cell_dump_reader.h) of the
// document: every paragraph on a line, every cell on a line of its own behind a tab, an empty line
// behind each row. A cell that goes on from above is empty there. Not thread-safe.
class DocumentBuilder {
 public:
  // Running text; each of its lines is a paragraph, and an empty one parts those around it.
  void AddText(TextView text);
  // What follows is a part of its own, with its own title: a sheet of a workbook.
  void BeginPart() { in_breakdown_ = false; }
  // A row of one cell above the heading of the part's first breakdown is running text: titles stand
  // there in spreadsheets.
  void AddTable(TableGrid table);
  // INVALID_ARGUMENT with reason DOCUMENT_TOO_LARGE where a table, or all of the text, exceeds the
  // limits of TableGrid.
  Result<Document> Finish();

 private:
  void AddLine(TextView line);
  void AddRow(std::vector<Cell> cells);
  void AddCell(Cell& cell, size_t column);
  void PartFromBefore();
  Span Write(TextView text);

  Document document_;
  std::vector<Span> cells_above_;
  bool after_line_ = false;
  bool in_breakdown_ = false;
  bool too_large_ = false;
};

}  // namespace gongkai::plans::importer
