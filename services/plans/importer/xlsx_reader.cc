#include "services/plans/importer/xlsx_reader.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/plans/importer/document_builder.h"
#include "services/plans/importer/document_error.h"
#include "services/plans/importer/number_format.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {
namespace {

// From 0.
struct CellPlace {
  size_t row = 0;
  size_t column = 0;
};

// `B12` → row 11, column 1; nothing for other text and for places that Excel does not have.
std::optional<CellPlace> ParsePlace(std::string_view text) {
  constexpr size_t kMaxRows = 1'048'576;
  constexpr size_t kMaxColumns = 16'384;
  size_t column = 0;
  size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z' && column <= kMaxColumns; ++at) {
    column = column * 26 + static_cast<size_t>(text[at] - 'A') + 1;
  }
  size_t row = 0;
  const size_t digits = at;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9' && row <= kMaxRows; ++at) {
    row = row * 10 + static_cast<size_t>(text[at] - '0');
  }
  const bool whole = at == text.size() && digits > 0 && row > 0;
  if (!whole || row > kMaxRows || column > kMaxColumns) return std::nullopt;
  return CellPlace{row - 1, column - 1};
}

// Text of a string with runs, without the phonetic hints that may stand beside it.
Text StringOf(pugi::xml_node node) {
  Text text;
  for (const pugi::xml_node child : node.children()) {
    if (LocalName(child) == "t") text += TextOf(child);
    if (LocalName(child) == "r") text += StringOf(child);
  }
  return text;
}

struct Area {
  CellPlace first;
  CellPlace last;
};

// The merged areas of a sheet by the place of their first cell.
std::vector<Area> MergesOf(pugi::xml_node sheet) {
  std::vector<Area> areas;
  for (const pugi::xml_node node : Child(sheet, "mergeCells").children()) {
    const std::string_view reference = Attribute(node, "ref");
    const size_t colon = reference.find(':');
    if (colon == std::string_view::npos) continue;
    const auto first = ParsePlace(reference.substr(0, colon));
    const auto last = ParsePlace(reference.substr(colon + 1));
    if (!first || !last || first->row > last->row || first->column > last->column) continue;
    // A title may be merged over all columns that Excel has.
    const size_t column = std::min(last->column, TableGrid::kMaxColumns - 1);
    if (first->column <= column) areas.push_back({*first, {last->row, column}});
  }
  std::sort(areas.begin(), areas.end(),
            [](const Area& a, const Area& b) { return a.first.row < b.first.row; });
  return areas;
}

// The table of a sheet, parted where its rows are empty.
using Sheet = std::vector<TableGrid>;

class SheetReader {
 public:
  SheetReader(const std::vector<Text>& strings, const NumberFormats& formats)
      : strings_(strings), formats_(formats) {}

  Sheet Read(pugi::xml_node sheet) {
    Sheet grids(1);
    const std::vector<Area> merges = MergesOf(sheet);
    width_ = WidthOf(sheet);
    auto next_merge = merges.begin();
    std::map<size_t, Area> active;  // by first column
    size_t row_number = 0;
    size_t next_row = 0;
    for (const pugi::xml_node row : Child(sheet, "sheetData").children()) {
      // Without a number it is the row after the one before.
      row_number =
          static_cast<size_t>(NumberAttribute(row, "r", static_cast<int32_t>(row_number) + 1));
      const size_t at = row_number - 1;
      const bool after_gap = at > next_row;
      next_row = row_number;
      std::erase_if(active, [at](const auto& entry) { return entry.second.last.row < at; });
      for (; next_merge != merges.end() && next_merge->first.row <= at; ++next_merge) {
        if (next_merge->last.row >= at) active[next_merge->first.column] = *next_merge;
      }
      const auto texts = TextsOf(row);
      const bool empty = texts.empty() && active.empty();
      if ((empty || after_gap) && grids.back().column() > 0 && active.empty()) {
        grids.emplace_back();
      }
      if (!empty) AddRow(texts, active, at, grids.back());
      if (grids.back().too_large()) break;
    }
    return grids;
  }

 private:
  // By column.
  std::map<size_t, Text> TextsOf(pugi::xml_node row) const {
    std::map<size_t, Text> texts;
    size_t column = 0;
    for (const pugi::xml_node cell : row.children()) {
      if (LocalName(cell) != "c") continue;
      if (const auto place = ParsePlace(Attribute(cell, "r"))) column = place->column;
      // One column too many is enough for the grid to refuse the sheet.
      const size_t at = std::min(column++, TableGrid::kMaxColumns);
      if (Text text = ShownText(cell); !text.empty()) texts[at] = std::move(text);
    }
    return texts;
  }

  Text ShownText(pugi::xml_node cell) const {
    const std::string_view type = Attribute(cell, "t");
    if (type == "inlineStr") return StringOf(Child(cell, "is"));
    const pugi::xml_node value = Child(cell, "v");
    if (type == "s") {
      const auto index = static_cast<size_t>(std::max(value.text().as_int(-1), -1));
      return index < strings_.size() ? strings_[index] : Text();
    }
    if (type == "str") return TextOf(value);
    if (type == "b" || type == "e") return {};
    const auto style = static_cast<size_t>(NumberAttribute(cell, "s", 0));
    return formats_.Show(value.child_value(), style);
  }

  // The columns up to the last one with text; Excel keeps empty ones far to the right.
  size_t WidthOf(pugi::xml_node sheet) const {
    size_t width = 0;
    for (const pugi::xml_node row : Child(sheet, "sheetData").children()) {
      size_t column = 0;
      for (const pugi::xml_node cell : row.children()) {
        if (LocalName(cell) != "c") continue;
        if (const auto place = ParsePlace(Attribute(cell, "r"))) column = place->column;
        ++column;
        const bool has_text = Child(cell, "v") || Child(cell, "is");
        if (has_text) width = std::max(width, std::min(column, TableGrid::kMaxColumns));
      }
    }
    return width;
  }

  // A row of several cells has those of the whole table; one with a text at its left alone is a
  // title or a heading.
  void AddRow(const std::map<size_t, Text>& texts, const std::map<size_t, Area>& merges, size_t row,
              TableGrid& grid) const {
    const bool title = texts.size() == 1 && texts.begin()->first == 0 && merges.empty();
    size_t end = texts.empty() ? 0 : texts.rbegin()->first + 1;
    if (!title) end = std::max(end, width_);
    for (const auto& [first_column, area] : merges) {
      end = std::max(end, area.last.column + 1);
    }
    grid.BeginRow();
    while (grid.column() < end && !grid.too_large()) {
      const auto merge = merges.find(grid.column());
      const size_t columns =
          merge == merges.end() ? 1 : merge->second.last.column - merge->first + 1;
      if (merge != merges.end() && merge->second.first.row < row) {
        grid.AddContinuation(columns);
        continue;
      }
      const auto text = texts.find(grid.column());
      grid.AddCell(text == texts.end() ? TextView() : TextView(text->second), columns);
    }
  }

  const std::vector<Text>& strings_;
  const NumberFormats& formats_;
  size_t width_ = 0;  // of the sheet
};

bool HeadsBreakdown(const std::vector<Cell>& cells) {
  return ParseHeaderRow({.cells = cells}).has_value();
}

// The heading of a breakdown stands at the top, below titles and notes on how to fill it in.
bool HasBreakdown(const Sheet& sheet) {
  constexpr size_t kMostRowsAbove = 100;
  size_t rows = 0;
  for (const TableGrid& grid : sheet) {
    for (const std::vector<Cell>& cells : grid.rows()) {
      if (HeadsBreakdown(cells)) return true;
      if (++rows > kMostRowsAbove) return false;
    }
  }
  return false;
}

bool IsText(const TableGrid& grid) {
  return std::all_of(grid.rows().begin(), grid.rows().end(), [](const std::vector<Cell>& cells) {
    return std::count_if(cells.begin(), cells.end(), [](const Cell& c) { return !c.empty(); }) <= 1;
  });
}

// Lines far below the table are the end of the document, not headings of the table.
void AddSheet(Sheet sheet, DocumentBuilder& builder) {
  builder.BeginPart();
  const auto table = std::find_if_not(sheet.rbegin(), sheet.rend(), IsText).base();
  for (auto grid = sheet.begin(); grid != table; ++grid) builder.AddTable(std::move(*grid));
  builder.BeginPart();
  for (auto grid = table; grid != sheet.end(); ++grid) builder.AddTable(std::move(*grid));
}

std::vector<std::string> VisibleSheets(pugi::xml_node workbook) {
  constexpr size_t kMostSheets = 16;
  std::vector<std::string> ids;
  for (const pugi::xml_node sheet : Child(workbook, "sheets").children()) {
    const std::string_view state = Attribute(sheet, "state");
    if (state != "hidden" && state != "veryHidden" && ids.size() < kMostSheets) {
      ids.emplace_back(Attribute(sheet, "id"));
    }
  }
  return ids;
}

}  // namespace

Result<Document> ReadXlsx(const OfficePackage& package) {
  const auto workbook = package.Load(package.main_part());
  if (!workbook) return Fail(workbook.error());
  const auto shared = package.LoadRelated("/sharedStrings");
  if (!shared) return Fail(shared.error());
  const auto styles = package.LoadRelated("/styles");
  if (!styles) return Fail(styles.error());
  // What a cell of Excel can hold. A string may stand in any number of cells.
  constexpr size_t kMaxString = 32'767;
  std::vector<Text> strings;
  for (const pugi::xml_node node : (*shared)->document_element().children()) {
    if (LocalName(node) != "si") continue;
    strings.push_back(StringOf(node));
    if (strings.back().size() > kMaxString) {
      return Fail(DocumentTooLarge(
          {.message = "a cell with too many characters", .message_zh = "单元格字数过多"},
          kMaxString));
    }
  }
  const pugi::xml_node root = (*workbook)->document_element();
  const NumberFormats formats((*styles)->document_element(), root);

  std::vector<Sheet> plan;  // those with a breakdown, or the first where none has one
  bool plan_has_breakdown = false;
  for (const std::string& id : VisibleSheets(root)) {
    const auto part = package.PartById(package.main_part(), id);
    if (!part) return Fail(part.error());
    if (!*part) continue;
    const auto sheet = package.Load(**part);
    if (!sheet) return Fail(sheet.error());
    auto grids = SheetReader(strings, formats).Read((*sheet)->document_element());
    const bool too_large = grids.back().too_large();
    const bool has_breakdown = too_large || HasBreakdown(grids);
    if (has_breakdown && !std::exchange(plan_has_breakdown, true)) plan.clear();
    if (has_breakdown || plan.empty()) plan.push_back(std::move(grids));
    if (too_large) break;
  }
  DocumentBuilder builder;
  for (Sheet& sheet : plan) AddSheet(std::move(sheet), builder);
  return builder.Finish();
}

}  // namespace gongkai::plans::importer
