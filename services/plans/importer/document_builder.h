// Builds the document of a format that has paragraphs and tables of its own.
#pragma once

#include <cstddef>

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"
#include "services/plans/importer/table_grid.h"

namespace gongkai::plans::importer {

// Spans count code points of the text that the builder makes: every paragraph on a line, and every
// row on a line with a tab between its cells. Not thread-safe.
class DocumentBuilder {
 public:
  // Running text; each of its lines is a paragraph, and an empty one parts those around it.
  void AddText(TextView text);
  // A row of one cell above the heading of the first breakdown table is running text: titles stand
  // there in spreadsheets.
  void AddTable(TableGrid table);
  // INVALID_ARGUMENT with reason DOCUMENT_TOO_LARGE where a table, or all of the text, exceeds the
  // limits of TableGrid.
  Result<Document> Finish();

 private:
  void AddLine(TextView line);
  void AddRow(std::vector<Cell> cells);
  size_t Advance(size_t length);

  Document document_;
  size_t length_ = 0;
  bool after_line_ = false;
  bool in_breakdown_ = false;
  bool too_large_ = false;
};

}  // namespace gongkai::plans::importer
