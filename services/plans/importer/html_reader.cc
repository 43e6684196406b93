#include "services/plans/importer/html_reader.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/plans/importer/document_builder.h"
#include "services/plans/importer/document_error.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {
namespace {

struct HtmlCloser {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
struct ContextCloser {
  void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};
using HtmlDocument = std::unique_ptr<xmlDoc, HtmlCloser>;

std::string_view View(const xmlChar* text) {
  return text ? reinterpret_cast<const char*>(text) : std::string_view();
}

bool Is(const xmlNode* node, std::initializer_list<std::string_view> names) {
  return node->type == XML_ELEMENT_NODE &&
         std::find(names.begin(), names.end(), View(node->name)) != names.end();
}

std::string AttributeOf(const xmlNode* node, std::string_view name) {
  for (const xmlAttr* attribute = node->properties; attribute; attribute = attribute->next) {
    if (View(attribute->name) != name) continue;
    return attribute->children ? std::string(View(attribute->children->content)) : "";
  }
  return "";
}

bool IsUnseen(const xmlNode* node) {
  if (Is(node, {"script", "style", "head", "noscript", "template", "select", "textarea"})) {
    return true;
  }
  if (node->type != XML_ELEMENT_NODE) return false;
  std::string style = AttributeOf(node, "style");
  std::erase(style, ' ');
  return style.find("display:none") != std::string::npos;
}

bool IsBlock(const xmlNode* node) {
  return Is(node, {"p",          "div",  "h1",   "h2", "h3",   "h4",     "h5",      "h6",
                   "li",         "ul",   "ol",   "dl", "dt",   "dd",     "section", "article",
                   "blockquote", "pre",  "tr",   "td", "th",   "center", "header",  "footer",
                   "main",       "form", "body", "hr", "table"});
}

// White space of the source is no line of the page.
Text SourceText(const xmlNode* node) {
  auto text = DecodeUtf8(View(node->content));
  if (!text) return {};
  std::replace_if(
      text->begin(), text->end(), [](char32_t c) { return c == U'\n' || c == U'\r'; }, U' ');
  return *std::move(text);
}

// The next node of the tree under `root` in the order of the page; no recursion.
const xmlNode* Next(const xmlNode* node, const xmlNode* root) {
  if (node->type == XML_ELEMENT_NODE && node->children) return node->children;
  while (node != root && !node->next) node = node->parent;
  return node == root ? nullptr : node->next;
}

bool IsTooDeep(const xmlNode* root) {
  constexpr int kMaxDepth = 256;
  int depth = 0;
  const xmlNode* node = root;
  while (node) {
    if (node->children && node->type == XML_ELEMENT_NODE) {
      node = node->children;
      if (++depth > kMaxDepth) return true;
      continue;
    }
    while (node != root && !node->next) {
      node = node->parent;
      --depth;
    }
    node = node == root ? nullptr : node->next;
  }
  return false;
}

bool Contains(const xmlNode* root, std::string_view name) {
  for (const xmlNode* node = Next(root, root); node; node = Next(node, root)) {
    if (Is(node, {name})) return true;
  }
  return false;
}

// Rows of the table itself, not of tables inside it.
std::vector<const xmlNode*> RowsOf(const xmlNode* table) {
  std::vector<const xmlNode*> rows;
  for (const xmlNode* node = table->children; node; node = node->next) {
    if (Is(node, {"tr"})) rows.push_back(node);
    if (!Is(node, {"thead", "tbody", "tfoot"})) continue;
    for (const xmlNode* row = node->children; row; row = row->next) {
      if (Is(row, {"tr"})) rows.push_back(row);
    }
  }
  return rows;
}

std::vector<const xmlNode*> CellsOf(const xmlNode* row) {
  std::vector<const xmlNode*> cells;
  for (const xmlNode* node = row->children; node; node = node->next) {
    if (Is(node, {"td", "th"})) cells.push_back(node);
  }
  return cells;
}

size_t SpanOf(const xmlNode* cell, std::string_view name) {
  constexpr long kLongest = 65534;  // as in browsers
  const long span = std::strtol(AttributeOf(cell, name).c_str(), nullptr, 10);
  return static_cast<size_t>(std::clamp(span, 1L, kLongest));
}

// What a page shows in front of the items of its ordered lists.
using ItemNumbers = std::unordered_map<const xmlNode*, long>;

ItemNumbers NumberItems(const xmlNode* root) {
  ItemNumbers numbers;
  for (const xmlNode* node = root; node; node = Next(node, root)) {
    if (!Is(node, {"ol"})) continue;
    const std::string start = AttributeOf(node, "start");
    long number = start.empty() ? 1 : std::strtol(start.c_str(), nullptr, 10);
    for (const xmlNode* item = node->children; item; item = item->next) {
      if (Is(item, {"li"})) numbers[item] = number++;
    }
  }
  return numbers;
}

class Reader {
 public:
  explicit Reader(ItemNumbers item_numbers) : item_numbers_(std::move(item_numbers)) {}

  Result<Document> Read(const xmlNode* root) {
    ReadFlow(root);
    EndLine();
    return builder_.Finish();
  }

 private:
  void ReadFlow(const xmlNode* parent) {
    for (const xmlNode* node = parent->children; node; node = node->next) {
      if (IsUnseen(node)) continue;
      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        line_ += SourceText(node);
      } else if (Is(node, {"br"})) {
        line_ += U'\n';
      } else if (Is(node, {"table"}) && !ArrangesPage(node)) {
        EndLine();
        ReadTable(node);
      } else if (IsBlock(node)) {
        ReadBlock(node);
      } else {
        ReadFlow(node);
      }
    }
  }

  void ReadBlock(const xmlNode* node) {
    EndLine();
    if (Is(node, {"li"})) number_ = NumberOf(node);
    ReadFlow(node);
    // An empty paragraph is an empty line; an empty box is nothing.
    if (Is(node, {"p"}) && Trim(line_).empty()) builder_.AddText(U"");
    EndLine();
  }

  void EndLine() {
    if (!Trim(line_).empty()) builder_.AddText(std::exchange(number_, {}) + Text(Trim(line_)));
    line_.clear();
  }

  Text NumberOf(const xmlNode* item) const {
    const auto found = item_numbers_.find(item);
    if (found == item_numbers_.end()) return {};
    const std::string digits = std::to_string(found->second) + ".";
    return Text(digits.begin(), digits.end());
  }

  bool ArrangesPage(const xmlNode* table) const {
    const auto rows = RowsOf(table);
    const bool single = std::all_of(rows.begin(), rows.end(),
                                    [](const xmlNode* row) { return CellsOf(row).size() <= 1; });
    if (single) return true;
    return Contains(table, "table") &&
           std::none_of(rows.begin(), rows.end(),
                        [this](const xmlNode* row) { return HeadsBreakdown(row); });
  }

  bool HeadsBreakdown(const xmlNode* row) const {
    TableGrid grid;
    grid.BeginRow();
    for (const xmlNode* cell : CellsOf(row)) {
      if (Contains(cell, "table")) return false;
      grid.AddCell(CellText(cell));
    }
    const auto rows = grid.TakeRows();
    return !rows.empty() && ParseHeaderRow({.cells = rows[0]});
  }

  // Text with a line for each block; a nested table is text.
  Text CellText(const xmlNode* parent) const {
    Text text;
    for (const xmlNode* node = parent->children; node; node = node->next) {
      if (IsUnseen(node)) continue;
      if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
        text += SourceText(node);
      } else if (Is(node, {"br"})) {
        text += U'\n';
      } else {
        Text inner = CellText(node);
        if (Is(node, {"li"})) inner = NumberOf(node) + Text(Trim(inner));
        text += IsBlock(node) ? U"\n" + inner + U"\n" : inner;
      }
    }
    return text;
  }

  // A cell that reaches into the rows below.
  struct Reach {
    size_t last_row = 0;
    size_t columns = 1;
  };
  using Reaches = std::map<size_t, Reach>;  // by the column where the cell begins

  void ReadTable(const xmlNode* table) {
    TableGrid grid;
    Reaches reaches;
    const auto rows = RowsOf(table);
    for (size_t i = 0; i < rows.size(); ++i) {
      grid.BeginRow();
      Reaches begun;
      for (const xmlNode* cell : CellsOf(rows[i])) {
        AddCellsFromAbove(reaches, grid);
        const size_t columns = std::min(SpanOf(cell, "colspan"), TableGrid::kMaxColumns + 1);
        const size_t last_row = i + SpanOf(cell, "rowspan") - 1;
        if (last_row > i) begun[grid.column()] = {last_row, columns};
        grid.AddCell(CellText(cell), columns);
      }
      AddCellsFromAbove(reaches, grid);
      reaches.merge(begun);
      std::erase_if(reaches, [i](const auto& entry) { return entry.second.last_row <= i; });
    }
    builder_.AddTable(std::move(grid));
  }

  static void AddCellsFromAbove(const Reaches& reaches, TableGrid& grid) {
    for (auto at = reaches.find(grid.column()); at != reaches.end() && !grid.too_large();
         at = reaches.find(grid.column())) {
      grid.AddContinuation(at->second.columns);
    }
  }

  ItemNumbers item_numbers_;
  DocumentBuilder builder_;
  Text line_;
  Text number_;  // of the list's item whose first line has not come yet
};

// Pages mostly declare the encoding that they had before it was decoded here.
HtmlDocument Parse(const std::string& utf8) {
  const std::unique_ptr<htmlParserCtxt, ContextCloser> context(htmlNewParserCtxt());
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE;
  return HtmlDocument(htmlCtxtReadMemory(context.get(), utf8.data(), static_cast<int>(utf8.size()),
                                         nullptr, "UTF-8", kOptions));
}

}  // namespace

bool LooksLikeHtml(TextView text) {
  for (size_t at = text.find(U'<'); at != TextView::npos; at = text.find(U'<', at + 1)) {
    Text mark(text.substr(at + 1, 8));
    for (char32_t& c : mark) c = c >= U'A' && c <= U'Z' ? c - U'A' + U'a' : c;
    for (const TextView name : {U"html", U"body", U"table", U"!doctype"}) {
      if (StartsWith(mark, name)) return true;
    }
  }
  return false;
}

Result<Document> ReadHtml(TextView text) {
  const HtmlDocument document = Parse(EncodeUtf8(text));
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (!root) {
    return Fail(DocumentUnreadable(
        {.message = "a web page without content; save the page whole and send it again",
         .message_zh = "网页没有内容，请完整保存网页后重新上传"}));
  }
  if (IsTooDeep(root)) {
    return Fail(DocumentTooLarge(
        {.message = "elements nested too deeply", .message_zh = "网页嵌套层数过多"}, 256));
  }
  return Reader(NumberItems(root)).Read(root);
}

}  // namespace gongkai::plans::importer
