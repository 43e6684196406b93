// Reader of Excel workbooks (.xlsx, also as WPS writes them).
#pragma once

#include "services/common/status/error.h"
#include "services/plans/importer/document.h"
#include "services/plans/importer/office_package.h"

namespace gongkai::plans::importer {

// The first visible sheet with the heading row of a breakdown table, else the first visible one.
// Rows of one cell above the heading are paragraphs; merged cells are stated. Cells hold what Excel
// shows: dates as `2024年6月30日`, shares in percent, the last result of a formula.
//
// Spans count the text that the reader makes (see DocumentBuilder). Errors: those of OfficePackage
// and DocumentBuilder; DOCUMENT_TOO_LARGE for text beyond the 200th column as well.
Result<Document> ReadXlsx(const OfficePackage& package);

}  // namespace gongkai::plans::importer
