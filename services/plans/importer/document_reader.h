// From bytes to a document: tells the format by the content, never by a name, and has it read.
#pragma once

#include <string_view>

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"
#include "services/plans/importer/document_converter.h"

namespace gongkai::plans::importer {

enum class DocumentFormat {
  kDocx,        // a zip archive with a Word document: docx_reader.h
  kXlsx,        // a zip archive with an Excel workbook: xlsx_reader.h
  kHtml,        // text with the tags of a page: html_reader.h
  kCellLines,   // text with the heading of a table, a name to a line: cell_line_reader.h
  kPipeTables,  // text with rows of pipes or headings of Markdown: pipe_table_reader.h
  kDelimited,   // text with a heading row of separated values: delimited_reader.h
  kCellDump,    // any other text: cell_dump_reader.h
  // By way of document_converter.h:
  kDoc,  // of Word or WPS before 2007
  kXls,  // of Excel or WPS before 2007
  kRtf,
  kPdf,
};

// INVALID_ARGUMENT with reason DOCUMENT_UNREADABLE for everything else, documents with a password
// by name, and for archives that are broken or too large.
Result<DocumentFormat> TellFormat(std::string_view bytes);

// Formats that the importer does not read itself go through `converter`; without one they are
// refused. Errors: those of TellFormat, of the converter and of the format's reader.
Result<Document> ReadDocument(std::string_view bytes, DocumentConverter* converter = nullptr);

}  // namespace gongkai::plans::importer
