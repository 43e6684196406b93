#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

Text Cell::Joined() const {
  Text joined;
  for (const Text& line : lines) {
    // The line break may stand for the space between two Latin words.
    if (!joined.empty()) joined += U' ';
    joined += line;
  }
  return CleanText(joined);
}

}  // namespace gongkai::plans::importer
