// From bytes to a document: tells the format by the content, never by a name, and has it read.
#pragma once

#include <string_view>

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// | begins as | and holds | read as |
// | a zip archive | a Word document | docx_reader.h |
// | | an Excel workbook | xlsx_reader.h |
// | text | tags of a page | html_reader.h |
// | | rows of pipes or headings of Markdown | pipe_table_reader.h |
// | | a heading row of separated values | delimited_reader.h |
// | | anything else | cell_dump_reader.h |
//
// INVALID_ARGUMENT with reason DOCUMENT_UNREADABLE for everything else, the old binary formats of
// Word, Excel and WPS, PDF and RTF by name, and DOCUMENT_TOO_LARGE as the readers say.
Result<Document> ReadDocument(std::string_view bytes);

}  // namespace gongkai::plans::importer
