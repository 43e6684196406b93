// Numbered clauses of the running text of a document.
#pragma once

#include <vector>

#include "services/plans/importer/document.h"
#include "services/plans/importer/numbering.h"

namespace gongkai::plans::importer {

// A numbered clause with the paragraphs that follow it.
struct Clause {
  Numbering numbering;
  Text heading;  // the first paragraph where it is nothing but a heading
  Text body;
  Cell units;
  Text due;
  Span span;
};

using Clauses = std::vector<Clause>;

// The clauses of each numbered text in the document: a notice, its plan, the annexes. Paragraphs
// broken in mid-sentence are joined; a text ends before annexes, signatures and what is printed
// below them.
std::vector<Clauses> ReadClauses(const Document& document);

}  // namespace gongkai::plans::importer
