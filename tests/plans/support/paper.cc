#include "tests/plans/support/paper.h"

#include <algorithm>
#include <map>

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

std::string AsDocx(const Paper& paper) { return MakeDocx(DocxXmlOf(paper)); }

DocxXml DocxXmlOf(const Paper& paper) {
  std::string body;
  const auto add_table = [&body](const PaperTable& table) {
    body += "<w:tbl><w:tblPr><w:tblBorders>";
    for (const char* side : {"top", "left", "bottom", "right", "insideH", "insideV"}) {
      body += std::string("<w:") + side + " w:val=\"single\" w:sz=\"4\" w:color=\"000000\"/>";
    }
    body += "</w:tblBorders></w:tblPr><w:tblGrid>";
    size_t width = 0;
    for (const auto& row : GridOf(table)) width = std::max(width, row.size());
    for (size_t i = 0; i < width; ++i) body += "<w:gridCol w:w=\"1500\"/>";
    body += "</w:tblGrid>";
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
  // Word ends every document with a paragraph; without one LibreOffice loses a table at the end.
  if (!paper.empty() && std::holds_alternative<PaperTable>(paper.back())) body += WordParagraph("");
  return {.body = body};
}

std::string AsHtml(const Paper& paper) {
  std::string html = "<!DOCTYPE html><html><head><meta charset=\"gb2312\"><title>x</title></head>";
  const auto text_of = [](const std::string& text) {
    std::string escaped;
    for (const char c : EscapeXml(text)) escaped += c == '\n' ? "<br>" : std::string(1, c);
    return escaped;
  };
  const auto add_table = [&](const PaperTable& table) {
    html += "<table>\n";
    for (const auto& row : table) {
      html += "<tr>\n";
      for (const PaperCell& cell : row) {
        html += "  <td colspan=" + std::to_string(cell.columns) + " rowspan=\"" +
                std::to_string(cell.rows) + "\"><p>" + text_of(cell.text) + "</p></td>\n";
      }
      html += "</tr>\n";
    }
    html += "</table>\n";
  };
  ForEach(
      paper, [&](const std::string& text) { html += "<p>" + text_of(text) + "</p>\n"; }, add_table);
  return html + "</html>";
}

std::string AsMarkdown(const Paper& paper) {
  std::string markdown;
  const auto add_table = [&](const PaperTable& table) {
    for (const auto& row : GridOf(table)) {
      markdown += "|";
      for (const GridPlace& place : row) {
        for (const char c : place.cover == GridPlace::kOwn ? place.cell->text : "") {
          markdown += c == '\n' ? "<br>" : std::string(1, c);
        }
        markdown += " | ";
        if (IsOneCell(row)) break;
      }
      markdown += "\n";
    }
  };
  ForEach(
      paper, [&](const std::string& text) { markdown += text + "\n"; }, add_table);
  return markdown;
}

std::string AsCsv(const Paper& paper) {
  std::string csv = "\xEF\xBB\xBF";
  const auto add_table = [&](const PaperTable& table) {
    for (const auto& row : GridOf(table)) {
      for (const GridPlace& place : row) {
        csv += "\"" + (place.cover == GridPlace::kOwn ? place.cell->text : "") + "\",";
      }
      csv.back() = '\r';
      csv += "\n";
    }
  };
  ForEach(
      paper, [&](const std::string& text) { csv += text + "\r\n"; }, add_table);
  return csv;
}

std::string AsMarkedCellLines(const Paper& paper) {
  std::string lines;
  const auto add_table = [&lines](const PaperTable& table) {
    for (const auto& row : GridOf(table)) {
      for (const GridPlace& place : row) {
        lines += "|" + (place.cover == GridPlace::kOwn ? place.cell->text : "") + "\n";
        if (IsOneCell(row)) break;
      }
      lines += "\n";
    }
  };
  ForEach(
      paper, [&lines](const std::string& text) { lines += text + "\n"; }, add_table);
  return lines;
}

std::string AsCellLines(const Paper& paper) {
  std::string lines;
  const auto add_table = [&lines](const PaperTable& table) {
    for (const auto& row : GridOf(table)) {
      for (const GridPlace& place : row) {
        lines += (place.cover == GridPlace::kOwn ? place.cell->text : "") + "\n";
        if (IsOneCell(row)) break;
      }
    }
  };
  ForEach(
      paper, [&lines](const std::string& text) { lines += text + "\n"; }, add_table);
  return lines;
}

Paper WithoutBreaksInCells(Paper paper) {
  for (auto& block : paper) {
    auto* table = std::get_if<PaperTable>(&block);
    if (!table) continue;
    for (auto& row : *table) {
      for (PaperCell& cell : row) std::erase(cell.text, '\n');
    }
  }
  return paper;
}

std::string AsXlsx(const Paper& paper) { return MakeXlsx(XlsxXmlOf(paper)); }

XlsxXml XlsxXmlOf(const Paper& paper) {
  XlsxXml xml;
  std::string merges;
  int row_number = 0;
  int strings = 0;
  const auto place = [](size_t column, size_t row) {
    return std::string(1, static_cast<char>('A' + column)) + std::to_string(row);
  };
  const auto add_cell = [&](size_t column, const std::string& text) {
    xml.rows += "<c r=\"" + place(column, row_number) + "\" t=\"s\"><v>" +
                std::to_string(strings++) + "</v></c>";
    xml.strings += "<si><t>" + EscapeXml(text) + "</t></si>";
  };
  const auto begin_row = [&] { xml.rows += "<row r=\"" + std::to_string(++row_number) + "\">"; };
  const auto add_table = [&](const PaperTable& table) {
    for (const auto& row : GridOf(table)) {
      begin_row();
      for (size_t c = 0; c < row.size(); ++c) {
        if (row[c].cover != GridPlace::kOwn) continue;
        const PaperCell& cell = *row[c].cell;
        if (!cell.text.empty()) add_cell(c, cell.text);
        if (cell.columns * cell.rows == 1) continue;
        merges += "<mergeCell ref=\"" + place(c, row_number) + ":" +
                  place(c + cell.columns - 1, row_number + cell.rows - 1) + "\"/>";
      }
      xml.rows += "</row>";
    }
  };
  const auto add_text = [&](const std::string& text) {
    begin_row();
    if (!text.empty()) add_cell(0, text);
    xml.rows += "</row>";
  };
  ForEach(paper, add_text, add_table);
  xml.merges = merges;
  return xml;
}

}  // namespace gongkai::plans
