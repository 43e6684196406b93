// Reader of PDF documents, from what poppler says about their pages.
#pragma once

#include <vector>

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"
#include "services/plans/importer/pdf_page.h"

namespace gongkai::plans::importer {

// Ruled tables keep their cells and merges; one that goes on at the top of the next page is one
// table, and a row that the page's end cuts in two is one row. Other words are lines, joined where
// they fill the page's width. Page numbers are left out. A table without ruled lines is text.
//
// Spans count the text that the reader makes (see DocumentBuilder). Errors: those of
// DocumentBuilder, and DOCUMENT_UNREADABLE for pages without any words, which are pictures.
Result<Document> ReadPdf(const std::vector<PdfPage>& pages);

}  // namespace gongkai::plans::importer
