#include "services/plans/importer/html_tree.h"

#include <libxml/HTMLparser.h>

#include <algorithm>
#include <cstdlib>

namespace gongkai::plans::importer {
namespace {

struct ContextCloser {
  void operator()(htmlParserCtxt* context) const { htmlFreeParserCtxt(context); }
};

std::string_view View(const xmlChar* text) {
  return text ? reinterpret_cast<const char*>(text) : std::string_view();
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// Without spaces, so that `display: none` is `display:none`.
std::string StyleOf(const xmlNode* node) {
  std::string style = AttributeOf(node, "style");
  std::erase(style, ' ');
  return style;
}

// Pages lay out tables with other elements as well, and say so by a role or a style.
bool ActsAs(const xmlNode* node, std::initializer_list<std::string_view> roles,
            std::string_view display) {
  if (node->type != XML_ELEMENT_NODE || !node->properties) return false;
  const std::string role = AttributeOf(node, "role");
  if (std::find(roles.begin(), roles.end(), role) != roles.end()) return true;
  const std::string style = StyleOf(node) + ";";
  return Has(style, "display:" + std::string(display) + ";");
}

bool IsRowGroup(const xmlNode* node) {
  return Is(node, {"thead", "tbody", "tfoot"}) || ActsAs(node, {"rowgroup"}, "table-row-group");
}

}  // namespace

// Pages mostly declare the encoding that they had before it was decoded here.
HtmlDocument ParseHtml(const std::string& utf8) {
  const std::unique_ptr<htmlParserCtxt, ContextCloser> context(htmlNewParserCtxt());
  constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                           HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC | XML_PARSE_HUGE;
  return HtmlDocument(htmlCtxtReadMemory(context.get(), utf8.data(), static_cast<int>(utf8.size()),
                                         nullptr, "UTF-8", kOptions));
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
  if (node->type != XML_ELEMENT_NODE) return false;
  if (Is(node, {"script", "style", "head", "noscript", "template", "select", "textarea", "button",
                "nav", "footer", "aside", "del", "iframe"})) {
    return true;
  }
  if (!node->properties) return false;
  const std::string style = StyleOf(node);
  // What Word puts beside the text: headers, footers, notes and the marks that refer to them.
  return Has(style, "display:none") || Has(style, "visibility:hidden") ||
         Has(style, "mso-hide:all") || Has(style, "mso-element:") ||
         Has(style, "mso-footnote-id") || Has(style, "mso-endnote-id");
}

bool IsTable(const xmlNode* node) {
  return Is(node, {"table"}) || ActsAs(node, {"table", "grid"}, "table");
}
bool IsRow(const xmlNode* node) { return Is(node, {"tr"}) || ActsAs(node, {"row"}, "table-row"); }
bool IsCell(const xmlNode* node) {
  return Is(node, {"td", "th"}) ||
         ActsAs(node, {"cell", "gridcell", "columnheader", "rowheader"}, "table-cell");
}

bool IsBlock(const xmlNode* node) {
  return Is(node, {"p",          "div",  "h1",   "h2", "h3",   "h4",     "h5",      "h6",
                   "li",         "ul",   "ol",   "dl", "dt",   "dd",     "section", "article",
                   "blockquote", "pre",  "tr",   "td", "th",   "center", "header",  "footer",
                   "main",       "form", "body", "hr", "table"});
}

Text SourceText(const xmlNode* node) {
  auto text = DecodeUtf8(View(node->content));
  if (!text) return {};
  std::replace_if(
      text->begin(), text->end(), [](char32_t c) { return c == U'\n' || c == U'\r'; }, U' ');
  return *std::move(text);
}

const xmlNode* Next(const xmlNode* node, const xmlNode* root) {
  if (node->type == XML_ELEMENT_NODE && node->children) return node->children;
  while (node != root && !node->next) node = node->parent;
  return node == root ? nullptr : node->next;
}

bool IsDeeperThan(const xmlNode* root, int limit) {
  int depth = 0;
  const xmlNode* node = root;
  while (node) {
    if (node->children && node->type == XML_ELEMENT_NODE) {
      node = node->children;
      if (++depth > limit) return true;
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

bool ContainsTable(const xmlNode* root) {
  for (const xmlNode* node = Next(root, root); node; node = Next(node, root)) {
    if (IsTable(node)) return true;
  }
  return false;
}

std::vector<const xmlNode*> RowsOf(const xmlNode* table) {
  std::vector<const xmlNode*> rows;
  for (const xmlNode* node = table->children; node; node = node->next) {
    if (IsRow(node)) rows.push_back(node);
    if (!IsRowGroup(node)) continue;
    for (const xmlNode* row = node->children; row; row = row->next) {
      if (IsRow(row)) rows.push_back(row);
    }
  }
  return rows;
}

std::vector<const xmlNode*> CellsOf(const xmlNode* row) {
  std::vector<const xmlNode*> cells;
  for (const xmlNode* node = row->children; node; node = node->next) {
    if (IsCell(node)) cells.push_back(node);
  }
  return cells;
}

size_t SpanOf(const xmlNode* cell, std::string_view name) {
  constexpr long kLongest = 65534;  // as in browsers
  const long span = std::strtol(AttributeOf(cell, name).c_str(), nullptr, 10);
  return static_cast<size_t>(std::clamp(span, 1L, kLongest));
}

}  // namespace gongkai::plans::importer
