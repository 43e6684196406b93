#include "tests/plans/support/paper.h"

#include <map>

#include "tests/plans/support/office_file.h"

namespace gongkai::plans {
namespace {

// A place of the table's grid.
struct GridPlace {
  const PaperCell* cell = nullptr;
  enum { kOwn, kCoveredFromAbove, kCoveredFromLeft } cover = kOwn;
};

std::vector<std::vector<GridPlace>> GridOf(const PaperTable& table) {
  std::vector<std::vector<GridPlace>> grid(table.size());
  std::map<std::pair<size_t, size_t>, GridPlace> covered;
  for (size_t r = 0; r < table.size(); ++r) {
    const auto place_covered = [&] {
      for (auto at = covered.find({r, grid[r].size()}); at != covered.end();
           at = covered.find({r, grid[r].size()})) {
        grid[r].push_back(at->second);
      }
    };
    for (const PaperCell& cell : table[r]) {
      place_covered();
      const size_t c = grid[r].size();
      for (size_t below = 0; below < static_cast<size_t>(cell.rows); ++below) {
        for (size_t right = 0; right < static_cast<size_t>(cell.columns); ++right) {
          covered[{r + below, c + right}] = {&cell, right > 0   ? GridPlace::kCoveredFromLeft
                                                    : below > 0 ? GridPlace::kCoveredFromAbove
                                                                : GridPlace::kOwn};
        }
      }
      place_covered();
    }
    place_covered();
  }
  return grid;
}

bool IsOneCell(const std::vector<GridPlace>& row) {
  return static_cast<size_t>(row[0].cell->columns) == row.size();
}

template <typename OnText, typename OnTable>
void ForEach(const Paper& paper, OnText on_text, OnTable on_table) {
  for (const auto& block : paper) {
    if (const auto* text = std::get_if<std::string>(&block)) {
      on_text(*text);
    } else {
      on_table(std::get<PaperTable>(block));
    }
  }
}

std::string WordParagraph(const std::string& text) {
  std::string xml = "<w:p><w:r><w:t xml:space=\"preserve\">";
  for (const char c : EscapeXml(text)) xml += c == '\n' ? "</w:t><w:br/><w:t>" : std::string(1, c);
  return xml + "</w:t></w:r></w:p>";
}

std::string WordCell(const GridPlace& place) {
  std::string properties;
  const PaperCell& cell = *place.cell;
  const bool above = place.cover == GridPlace::kCoveredFromAbove;
  if (cell.columns > 1) {
    properties += "<w:gridSpan w:val=\"" + std::to_string(cell.columns) + "\"/>";
  }
  if (cell.rows > 1) properties += above ? "<w:vMerge/>" : "<w:vMerge w:val=\"restart\"/>";
  return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + WordParagraph(above ? "" : cell.text) +
         "</w:tc>";
}

}  // namespace

std::string AsCellDump(const Paper& paper) {
  std::string dump;
  const auto add_table = [&dump](const PaperTable& table) {
    for (const auto& row : GridOf(table)) {
      for (const GridPlace& place : row) {
        dump += "\t" + (place.cover == GridPlace::kOwn ? place.cell->text : "") + "\n";
        if (IsOneCell(row)) break;
      }
      dump += "\n";
    }
  };
  ForEach(
      paper, [&dump](const std::string& text) { dump += text + "\n"; }, add_table);
  return dump;
}

std::string AsDocx(const Paper& paper) {
  std::string body;
  const auto add_table = [&body](const PaperTable& table) {
    body += "<w:tbl>";
    for (const auto& row : GridOf(table)) {
      body += "<w:tr>";
      for (const GridPlace& place : row) {
        if (place.cover != GridPlace::kCoveredFromLeft) body += WordCell(place);
      }
      body += "</w:tr>";
    }
    body += "</w:tbl>";
  };
  ForEach(
      paper, [&body](const std::string& text) { body += WordParagraph(text); }, add_table);
  return MakeDocx({.body = body});
}

}  // namespace gongkai::plans
