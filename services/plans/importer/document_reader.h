// From bytes to a document: tells the format by the content, never by a name, and has it read.
#pragma once

#include <string_view>

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

enum class DocumentFormat {
  kDocx,        // a zip archive with a Word document: docx_reader.h
  kXlsx,        // a zip archive with an Excel workbook: xlsx_reader.h
  kHtml,        // text with the tags of a page: html_reader.h
  kPipeTables,  // text with rows of pipes or headings of Markdown: pipe_table_reader.h
  kDelimited,   // text with a heading row of separated values: delimited_reader.h
  kCellDump,    // any other text: cell_dump_reader.h
};

// INVALID_ARGUMENT with reason DOCUMENT_UNREADABLE for everything else, the old binary formats of
// Word, Excel and WPS, PDF and RTF by name, and for archives that are broken or too large.
Result<DocumentFormat> TellFormat(std::string_view bytes);

// Errors: those of TellFormat and of the format's reader.
Result<Document> ReadDocument(std::string_view bytes);

}  // namespace gongkai::plans::importer
