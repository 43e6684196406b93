// Reader of web pages, and of what Word and Excel save as such.
#pragma once

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// Whether the text has the marks of a page: `<html`, `<body`, `<table` or a document type.
bool LooksLikeHtml(TextView text);

// Blocks become paragraphs, `<br>` a line break, items of ordered lists bear their numbers, and
// tables keep rowspan and colspan. A table that only arranges the page is read as what it holds:
// one of a single column, or one with tables inside and no heading of a breakdown. Other elements
// make a table where their role or style says so. Left out are scripts, the page's head, hidden and
// deleted elements, navigation and other lines with more than three links and no text of their own,
// and the headers, footers and notes that Word keeps in pages.
//
// Spans count the text that the reader makes (see DocumentBuilder). Errors: DOCUMENT_TOO_LARGE for
// elements nested deeper than 256 and those of DocumentBuilder; a page with mistakes is read as
// browsers do. Nothing outside the page is fetched.
Result<Document> ReadHtml(TextView text);

}  // namespace gongkai::plans::importer
