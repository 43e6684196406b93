// A document of the importer as text that a test can compare, and as paper.
#pragma once

#include <string>

#include "services/plans/importer/document.h"
#include "tests/plans/support/paper.h"

namespace gongkai::plans::importer {

// Rows as `|a|b`, paragraphs as they are, one per line; lines of a cell are parted by `/`, a cell
// that goes on from above begins with `^` and one that goes on from the left is `<`.
std::string Show(const Document& document);

// The document as paper, to be written in another format.
Paper PaperOf(const Document& document);

}  // namespace gongkai::plans::importer
