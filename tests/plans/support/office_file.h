// Office files for tests, made from their XML so that no binary file has to be kept.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace gongkai::plans {

// Names and contents of the parts.
using ZipParts = std::vector<std::pair<std::string, std::string>>;

// The bytes of a zip archive of these parts, compressed.
std::string MakeZip(const ZipParts& parts);

struct DocxXml {
  std::string body;       // inside w:body
  std::string numbering;  // inside w:numbering; no such part if empty
  std::string styles;     // inside w:styles; no such part if empty
};
std::string MakeDocx(const DocxXml& xml);

struct XlsxXml {
  std::string rows;            // inside sheetData
  std::string merges;          // inside mergeCells
  std::string strings;         // inside sst
  std::string styles;          // inside styleSheet; no such part if empty
  std::string more_rows = {};  // inside sheetData of a third sheet; no such sheet if empty
};
// A workbook whose second sheet holds these rows; the first is hidden and empty.
std::string MakeXlsx(const XlsxXml& xml);

// The text with the characters that XML reserves written as entities.
std::string EscapeXml(const std::string& text);

}  // namespace gongkai::plans
