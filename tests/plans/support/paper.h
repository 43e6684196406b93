// A document as a person sees it, which tests write in each format that the importer reads.
#pragma once

#include <string>
#include <variant>
#include <vector>

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

}  // namespace gongkai::plans
