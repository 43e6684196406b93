// A document as paragraphs and table rows, whatever file format it came in. Every reader of a
// format ends in this model, and everything after it knows no format.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Half-open range of the decoded document, in code points.
struct Span {
  size_t start = 0;
  size_t end = 0;
};

// One line of running text, cleaned; never empty.
struct Paragraph {
  Text text;
  Span span;
  // True where only a line break, and no blank line, parts it from the paragraph before.
  bool follows_directly = false;
};

// A cell, its lines cleaned and none of them empty. A cell without lines is empty.
struct Cell {
  std::vector<Text> lines;

  bool empty() const { return lines.empty(); }
  // The lines as one text: `做好` + `信息公开` → `做好信息公开`.
  Text Joined() const;
};

struct Row {
  std::vector<Cell> cells;
  Span span;
};

using Block = std::variant<Paragraph, Row>;

// In the order of the document.
struct Document {
  std::vector<Block> blocks;
};

}  // namespace gongkai::plans::importer
