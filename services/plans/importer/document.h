// A document as paragraphs and table rows, whatever file format it came in. Every reader of a
// format ends in this model, and everything after it knows no format.
#pragma once

#include <cstddef>
#include <variant>
#include <vector>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Half-open range in code points of the document's text.
struct Span {
  size_t start = 0;
  size_t end = 0;

  bool empty() const { return end <= start; }
};

// The shortest span that holds both; an empty one counts for nothing.
Span Cover(Span a, Span b);

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
  // Where the cell stands; for Merge::kAbove the place of the cell above.
  Span span = {};

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

struct Document {
  // In the order of the document.
  std::vector<Block> blocks;
  // What the spans count in: the decoded document where that is text, and otherwise the text that
  // DocumentBuilder makes of it.
  Text text;
};

}  // namespace gongkai::plans::importer
