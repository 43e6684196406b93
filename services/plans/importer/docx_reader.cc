#include "services/plans/importer/docx_reader.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "services/plans/importer/document_builder.h"
#include "services/plans/importer/word_numbering.h"

namespace gongkai::plans::importer {
namespace {

bool IsAny(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Elements that hold what the reader does not see.
bool IsUnseen(std::string_view name) {
  return IsAny(name, {"del", "moveFrom", "instrText", "delText", "rt", "pPr", "rPr", "tcPr"});
}

bool IsOff(pugi::xml_node flag) {
  const std::string_view value = Attribute(flag, "val");
  return !flag || value == "0" || value == "false" || value == "off";
}

bool IsTableOfContents(pugi::xml_node sdt) {
  const auto gallery = Child(Child(Child(sdt, "sdtPr"), "docPartObj"), "docPartGallery");
  return Attribute(gallery, "val") == "Table of Contents";
}

// What stands for the element in the order of the text: the content of a control, or the first of
// several ways to show the same.
pugi::xml_node Unwrapped(pugi::xml_node node) {
  const std::string_view name = LocalName(node);
  if (name == "sdt") return Child(node, "sdtContent");
  if (name != "AlternateContent") return node;
  const pugi::xml_node choice = Child(node, "Choice");
  return choice ? choice : Child(node, "Fallback");
}

// Text of a paragraph, with line breaks as `\n`.
class ParagraphText {
 public:
  explicit ParagraphText(pugi::xml_node paragraph) { ReadChildren(paragraph); }
  Text Take() { return std::move(text_); }

 private:
  void ReadChildren(pugi::xml_node parent) {
    for (const pugi::xml_node node : parent.children()) Read(Unwrapped(node));
  }

  void Read(pugi::xml_node node) {
    const std::string_view name = LocalName(node);
    if (IsUnseen(name)) return;
    if (name == "r" && !IsOff(Child(Child(node, "rPr"), "vanish"))) return;
    if (name == "t") {
      text_ += TextOf(node);
    } else if (name == "tab" || name == "ptab") {
      text_ += U'\t';
    } else if (IsAny(name, {"br", "cr"})) {
      text_ += U'\n';
    } else if (name == "noBreakHyphen") {
      text_ += U'-';
    } else if (name == "p") {  // of a text box
      text_ += U'\n';
      ReadChildren(node);
      text_ += U'\n';
    } else {
      ReadChildren(node);
    }
  }

  Text text_;
};

// A digit that Word parts from the text by a gap alone would run into it: `1` + `2021年` is no
// 12021.
Text Join(Text number, TextView text) {
  const TextView visible = Trim(text);
  if (visible.empty() || number.empty()) return number + Text(text);
  if (IsDigit(number.back())) number += U'.';
  if (IsHan(number.back())) number += U'、';
  return number + Text(visible);
}

// Whether each row has one cell, and one of them holds a table.
bool IsFrame(pugi::xml_node table) {
  bool holds_table = false;
  for (const pugi::xml_node row : table.children()) {
    if (LocalName(row) != "tr") continue;
    size_t cells = 0;
    for (const pugi::xml_node cell : row.children()) {
      if (LocalName(cell) != "tc") continue;
      if (++cells > 1) return false;
      holds_table = holds_table || Child(cell, "tbl");
    }
  }
  return holds_table;
}

class Reader {
 public:
  explicit Reader(WordNumbering numbering) : numbering_(std::move(numbering)) {}

  Result<Document> Read(pugi::xml_node body) {
    ReadBlocks(body);
    return builder_.Finish();
  }

 private:
  void ReadBlocks(pugi::xml_node parent) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = LocalName(node);
      if (IsUnseen(name) || (name == "sdt" && IsTableOfContents(node))) continue;
      if (name == "p") {
        builder_.AddText(ReadParagraph(node));
      } else if (name == "tbl") {
        ReadTable(node);
      } else {
        ReadBlocks(Unwrapped(node));
      }
    }
  }

  // The paragraph with its number.
  Text ReadParagraph(pugi::xml_node node) {
    Text text = ParagraphText(node).Take();
    // A paragraph that was deleted whole is not counted.
    const bool deleted = Child(Child(Child(node, "pPr"), "rPr"), "del");
    if (deleted && Trim(text).empty()) return {};
    return Join(numbering_.Next(node), text);
  }

  // A frame around the page is read as what it holds.
  void ReadTable(pugi::xml_node table) {
    if (IsFrame(table)) return ReadFrame(table);
    const std::vector<size_t> edges = Edges(table);
    TableGrid grid;
    ReadRows(table, edges, grid);
    builder_.AddTable(std::move(grid));
  }

  void ReadFrame(pugi::xml_node table) {
    for (const pugi::xml_node row : table.children()) {
      if (const pugi::xml_node cell = Child(row, "tc")) ReadBlocks(cell);
    }
  }

  void ReadRows(pugi::xml_node parent, const std::vector<size_t>& edges, TableGrid& grid) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = LocalName(node);
      if (IsUnseen(name) || IsAny(name, {"tblPr", "tblGrid"})) continue;
      if (name != "tr") {
        ReadRows(Unwrapped(node), edges, grid);
        continue;
      }
      const pugi::xml_node properties = Child(node, "trPr");
      if (Child(properties, "del")) continue;
      grid.BeginRow();
      const auto before = NumberAttribute(Child(properties, "gridBefore"), "val", 0);
      size_t at = AddCell({.columns = Clamped(before)}, 0, edges, grid);
      ReadCells(node, at, edges, grid);
    }
  }

  size_t ReadCells(pugi::xml_node parent, size_t at, const std::vector<size_t>& edges,
                   TableGrid& grid) {
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = LocalName(node);
      if (IsUnseen(name) || IsAny(name, {"trPr", "tblPrEx"})) continue;
      at = name == "tc" ? AddCell(ReadCell(node), at, edges, grid)
                        : ReadCells(Unwrapped(node), at, edges, grid);
    }
    return at;
  }

  struct WordCell {
    Text text;
    size_t columns = 1;  // of the table's drawn grid
    bool goes_on_from_above = false;
    bool goes_on_from_left = false;
  };

  WordCell ReadCell(pugi::xml_node node) {
    const pugi::xml_node properties = Child(node, "tcPr");
    WordCell cell;
    cell.columns = Clamped(NumberAttribute(Child(properties, "gridSpan"), "val", 1));
    const pugi::xml_node vertical = Child(properties, "vMerge");
    cell.goes_on_from_above = vertical && Attribute(vertical, "val") != "restart";
    const pugi::xml_node horizontal = Child(properties, "hMerge");
    cell.goes_on_from_left = horizontal && Attribute(horizontal, "val") != "restart";
    // Word shows nothing of what it keeps in the cells that a merge covers, and does not count it.
    if (!cell.goes_on_from_above && !cell.goes_on_from_left) cell.text = CellText(node);
    return cell;
  }

  Text CellText(pugi::xml_node parent) {
    Text text;
    for (const pugi::xml_node node : parent.children()) {
      const std::string_view name = LocalName(node);
      if (IsUnseen(name) || name == "tcPr") continue;
      text += name == "p" ? ReadParagraph(node) + U"\n" : CellText(Unwrapped(node));
    }
    return text;
  }

  // Adds a cell that begins at the grid's edge `at`; returns the edge where it ends.
  static size_t AddCell(const WordCell& cell, size_t at, const std::vector<size_t>& edges,
                        TableGrid& grid) {
    const size_t end = at + cell.columns;
    const auto column = [&edges](size_t edge) {
      return edge < edges.size() ? edges[edge] : edges.back() + (edge - edges.size() + 1);
    };
    size_t columns = column(end) - column(at);
    if (columns == 0 && !Trim(cell.text).empty()) columns = 1;
    if (columns == 0) return end;
    if (cell.goes_on_from_above) {
      grid.AddContinuation(columns);
    } else if (cell.goes_on_from_left) {
      for (size_t i = 0; i < columns; ++i) grid.AddSpannedOver();
    } else {
      grid.AddCell(cell.text, columns);
    }
    return end;
  }

  static size_t Clamped(int32_t columns) {
    return std::min(static_cast<size_t>(columns), TableGrid::kMaxColumns + 1);
  }

  // For each edge of the drawn grid the column that begins there.
  static std::vector<size_t> Edges(pugi::xml_node table) {
    constexpr int32_t kNarrowest = 227;  // 4 mm in twentieths of a point
    std::vector<size_t> edges = {0};
    for (const pugi::xml_node column : Child(table, "tblGrid").children()) {
      if (LocalName(column) != "gridCol") continue;
      // A width of 0 is one that the program left out.
      const int32_t width = NumberAttribute(column, "w", 0);
      const bool narrow = width > 0 && width < kNarrowest;
      edges.push_back(edges.back() + (narrow ? 0 : 1));
    }
    return edges;
  }

  WordNumbering numbering_;
  DocumentBuilder builder_;
};

}  // namespace

Result<Document> ReadDocx(const OfficePackage& package) {
  const auto document = package.Load(package.main_part());
  if (!document) return Fail(document.error());
  const auto numbering = package.LoadRelated("/numbering");
  if (!numbering) return Fail(numbering.error());
  const auto styles = package.LoadRelated("/styles");
  if (!styles) return Fail(styles.error());
  Reader reader(WordNumbering((*numbering)->document_element(), (*styles)->document_element()));
  return reader.Read(Child((*document)->document_element(), "body"));
}

}  // namespace gongkai::plans::importer
