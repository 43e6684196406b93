#include "services/plans/importer/html_reader.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/plans/importer/document_builder.h"
#include "services/plans/importer/document_error.h"
#include "services/plans/importer/html_tree.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {
namespace {

size_t HanIn(TextView text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), IsHan));
}

// What a page shows in front of the items of its ordered lists.
using ItemNumbers = std::unordered_map<const xmlNode*, long>;

ItemNumbers NumberItems(const xmlNode* root) {
  ItemNumbers numbers;
  for (const xmlNode* node = root; node; node = Next(node, root)) {
    if (!Is(node, {"ol"})) continue;
    const std::string start = AttributeOf(node, "start");
    constexpr long kLargest = 1'000'000;
    long number = start.empty() ? 1 : std::strtol(start.c_str(), nullptr, 10);
    number = std::clamp(number, -kLargest, kLargest);
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
    EndMenu();
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
      } else if (IsTable(node) && !ArrangesPage(node)) {
        EndLine();
        ReadTable(node);
      } else if (IsBlock(node) || IsRow(node) || IsCell(node)) {
        ReadBlock(node);
      } else {
        const size_t start = line_.size();
        ReadFlow(node);
        if (Is(node, {"a"}) && line_.size() > start) {
          ++links_;
          linked_ += HanIn(TextView(line_).substr(start));
        }
      }
    }
  }

  void ReadBlock(const xmlNode* node) {
    EndLine();
    if (Is(node, {"li"})) number_ = NumberOf(node);
    ReadFlow(node);
    // An empty paragraph is an empty line; an empty box is nothing.
    if (Is(node, {"p"}) && Trim(line_).empty()) AddText(U"");
    EndLine();
  }

  void EndLine() {
    const Text line = std::exchange(line_, {});
    const size_t links = std::exchange(links_, 0);
    const bool has_own_words = HanIn(line) > std::exchange(linked_, 0);
    if (Trim(line).empty()) return;
    Text text = std::exchange(number_, {}) + Text(Trim(line));
    if (links == 0 || has_own_words) return AddText(text);
    menu_links_ += links;
    menu_.push_back(std::move(text));
  }

  void AddText(TextView text) {
    EndMenu();
    builder_.AddText(text);
  }

  // A line or two of links may belong to the text; more are a way through the site.
  void EndMenu() {
    constexpr size_t kMostLinksOfText = 3;
    const std::vector<Text> menu = std::exchange(menu_, {});
    if (std::exchange(menu_links_, 0) > kMostLinksOfText) return builder_.AddText(U"");
    for (const Text& line : menu) builder_.AddText(line);
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
    return ContainsTable(table) &&
           std::none_of(rows.begin(), rows.end(),
                        [this](const xmlNode* row) { return HeadsBreakdown(row); });
  }

  bool HeadsBreakdown(const xmlNode* row) const {
    TableGrid grid;
    grid.BeginRow();
    for (const xmlNode* cell : CellsOf(row)) {
      if (ContainsTable(cell)) return false;
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
    EndMenu();
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
  size_t links_ = 0;        // in the line
  size_t linked_ = 0;       // characters of the line that are theirs
  std::vector<Text> menu_;  // lines of nothing but links since the last other one
  size_t menu_links_ = 0;
  Text number_;  // of the list's item whose first line has not come yet
};

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
  const HtmlDocument document = ParseHtml(EncodeUtf8(text));
  const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
  if (!root) {
    return Fail(DocumentUnreadable(
        {.message = "a web page without content; save the page whole and send it again",
         .message_zh = "网页没有内容，请完整保存网页后重新上传"}));
  }
  constexpr int kMaxDepth = 256;
  if (IsDeeperThan(root, kMaxDepth)) {
    return Fail(DocumentTooLarge(
        {.message = "elements nested too deeply", .message_zh = "网页嵌套层数过多"}, kMaxDepth));
  }
  return Reader(NumberItems(root)).Read(root);
}

}  // namespace gongkai::plans::importer
