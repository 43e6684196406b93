// The tree of a web page: what its elements are to a reader.
#pragma once

#include <libxml/tree.h>

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

struct HtmlCloser {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using HtmlDocument = std::unique_ptr<xmlDoc, HtmlCloser>;

// The page in `utf8`, whatever encoding it declares; mistakes are read as browsers do. Null where
// there is nothing to read.
HtmlDocument ParseHtml(const std::string& utf8);

// Whether the node is an element of one of these names.
bool Is(const xmlNode* node, std::initializer_list<std::string_view> names);
// Empty where the element has no such attribute.
std::string AttributeOf(const xmlNode* node, std::string_view name);

// What does not belong to the text: scripts, navigation, what is hidden or deleted, and what Word
// puts beside the text.
bool IsUnseen(const xmlNode* node);
// What begins a line.
bool IsBlock(const xmlNode* node);
// Tables and their parts, also made of other elements that say so by a role or a style.
bool IsTable(const xmlNode* node);
bool IsRow(const xmlNode* node);
bool IsCell(const xmlNode* node);

// Text of a text node; white space of the source is no line of the page.
Text SourceText(const xmlNode* node);

// The next node of the tree under `root` in the order of the page, or null; no recursion.
const xmlNode* Next(const xmlNode* node, const xmlNode* root);
// Whether elements are nested deeper than `limit`.
bool IsDeeperThan(const xmlNode* root, int limit);
bool ContainsTable(const xmlNode* root);

// Rows of the table itself, not of tables inside it.
std::vector<const xmlNode*> RowsOf(const xmlNode* table);
std::vector<const xmlNode*> CellsOf(const xmlNode* row);
// Of `rowspan` or `colspan`, at least 1.
size_t SpanOf(const xmlNode* cell, std::string_view name);

}  // namespace gongkai::plans::importer
