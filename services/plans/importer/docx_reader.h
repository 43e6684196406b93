// Reader of Word documents (.docx, also as WPS writes them).
#pragma once

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"
#include "services/plans/importer/office_package.h"

namespace gongkai::plans::importer {

// Paragraphs and tables in their order, with what Word shows and the text does not contain: numbers
// in front of paragraphs. Line breaks part lines. Deleted text, hidden text, tables of contents,
// fields' instructions, headers, footers and notes are left out; the text of boxes stands at the
// paragraph that they hang on, and a nested table is text of its cell, or read as a table where the
// outer one only frames the page. Edges of columns that are less than 4 mm apart are one edge,
// since Word splits columns where rows are drawn unevenly.
//
// Spans count the text that the reader makes (see DocumentBuilder). Errors: those of OfficePackage
// and DocumentBuilder.
Result<Document> ReadDocx(const OfficePackage& package);

}  // namespace gongkai::plans::importer
