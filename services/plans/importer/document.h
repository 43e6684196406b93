// A document as paragraphs and table rows, whatever file format it came in. Every reader of a
// format ends in this model, and everything after it knows no format.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Half-open range in code points: of the decoded document where that is text, and otherwise of the
// text that the reader makes of it (see document_builder.h).
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

// What a format states about a cell. Formats that state nothing leave it at kNone, and the rules
// tell by habit what an empty cell means.
enum class Merge {
  kNone,   // a cell of its own
  kAbove,  // part of the cell above, whose lines it repeats
  kLeft,   // part of the cell at its left; has no lines
};

// A cell, its lines cleaned and none of them empty. A cell without lines is empty.
struct Cell {
  std::vector<Text> lines;
  Merge merge = Merge::kNone;

  bool empty() const { return lines.empty(); }
  // The lines as one text: `做好` + `信息公开` → `做好信息公开`.
  Text Joined() const;
};

struct Row {
  std::vector<Cell> cells;
  Span span;
};

// The only cell of the row that holds text, or nothing where there are none or several.
const Cell* OnlyCell(const Row& row);

using Block = std::variant<Paragraph, Row>;

// In the order of the document.
struct Document {
  std::vector<Block> blocks;
};

}  // namespace gongkai::plans::importer
