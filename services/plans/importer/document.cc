#include "services/plans/importer/document.h"

#include <algorithm>

namespace gongkai::plans::importer {

Span Cover(Span a, Span b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {std::min(a.start, b.start), std::max(a.end, b.end)};
}

Text Cell::Joined() const {
  Text joined;
  for (const Text& line : lines) {
    // The line break may stand for the space between two Latin words.
    if (!joined.empty()) joined += U' ';
    joined += line;
  }
  return CleanText(joined);
}

const Cell* OnlyCell(const Row& row) {
  const Cell* only = nullptr;
  for (const Cell& cell : row.cells) {
    if (cell.empty()) continue;
    if (only) return nullptr;
    only = &cell;
  }
  return only;
}

}  // namespace gongkai::plans::importer
