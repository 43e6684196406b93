// A document as a person sees it, which tests write in each format that the importer reads.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "tests/plans/support/office_file.h"

namespace gongkai::plans {

// Lines are parted by `\n`. A cell over several columns or rows stands where it begins; the places
// that it covers are left out.
struct PaperCell {
  std::string text;
  int columns = 1;
  int rows = 1;
};
using PaperTable = std::vector<std::vector<PaperCell>>;

// Paragraphs (an empty one is an empty line) and tables.
using Paper = std::vector<std::variant<std::string, PaperTable>>;

std::string AsCellDump(const Paper& paper);
std::string AsDocx(const Paper& paper);
std::string AsHtml(const Paper& paper);
std::string AsMarkdown(const Paper& paper);
std::string AsCsv(const Paper& paper);
std::string AsXlsx(const Paper& paper);

// The XML inside .docx and .xlsx.
DocxXml DocxXmlOf(const Paper& paper);
XlsxXml XlsxXmlOf(const Paper& paper);
// Each cell on a line that begins with a pipe, an empty line behind each row.
std::string AsMarkedCellLines(const Paper& paper);
// Each cell on a line, an empty one for an empty cell; nothing parts the rows.
std::string AsCellLines(const Paper& paper);

// The paper with the line breaks inside its cells taken out.
Paper WithoutBreaksInCells(Paper paper);

}  // namespace gongkai::plans
