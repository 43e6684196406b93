// What an office program reads in our documents: LibreOffice, without a window.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace gongkai::reporting {

// False where LibreOffice is not installed; the tests that need it then skip.
bool HasLibreOffice();

struct SheetCell {
  std::string type;   // `string`, `float`, `percentage`, `date`; empty for an empty cell
  std::string value;  // the text, the number or the day

  friend bool operator==(const SheetCell&, const SheetCell&) = default;
};

struct Sheet {
  std::string name;
  std::vector<std::vector<SheetCell>> rows;

  // The values of one row, joined by `|`.
  std::string Row(std::size_t row) const;
};

// The sheets of a workbook (.xlsx), in their order.
std::vector<Sheet> ReadWorkbook(const std::string& xlsx);

// The text of a .docx, line by line.
std::string ReadDocumentText(const std::string& docx);

}  // namespace gongkai::reporting
