// fuzz_seeds DOCUMENTS FOLDER: writes the test documents in each format, as inputs to begin with,
// into FOLDER/<target>/.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "services/plans/importer/document_reader.h"
#include "tests/plans/support/document_text.h"
#include "tests/plans/support/paper.h"

namespace {

namespace fs = std::filesystem;
using namespace gongkai::plans;

void Write(const fs::path& file, const std::string& bytes) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << bytes;
}

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Parts as the targets expect them: see fuzz_input.h.
std::string Parts(std::initializer_list<std::string> parts) {
  std::string bytes;
  for (const std::string& part : parts) bytes += (bytes.empty() ? "" : "\n=\n") + part;
  return bytes;
}

void WriteSeeds(const std::string& name, const std::string& bytes, const fs::path& folder) {
  const auto document = importer::ReadDocument(bytes);
  if (!document) return;
  const Paper paper = importer::PaperOf(*document);
  const DocxXml docx = DocxXmlOf(paper);
  const XlsxXml xlsx = XlsxXmlOf(paper);
  Write(folder / "cell_dump" / name, AsCellDump(paper));
  Write(folder / "cell_lines" / name, AsCellLines(paper));
  Write(folder / "delimited" / name, AsCsv(paper));
  Write(folder / "docx" / name, docx.body);
  Write(folder / "html" / name, AsHtml(paper));
  Write(folder / "office_package" / name, AsDocx(paper).substr(4));
  Write(folder / "pipe_table" / name, AsMarkdown(paper));
  Write(folder / "xlsx" / name, Parts({xlsx.rows, xlsx.merges, xlsx.strings}));
  Write(folder / "import" / name, bytes);
  Write(folder / "import" / (name + ".md"), AsMarkdown(paper));
  Write(folder / "text_encoding" / name, bytes.substr(0, 600));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: fuzz_seeds DOCUMENTS FOLDER\n";
    return 2;
  }
  for (const auto& entry : fs::directory_iterator(argv[1])) {
    if (entry.path().extension() != ".txt") continue;
    WriteSeeds(entry.path().stem().string(), ReadFile(entry.path()), argv[2]);
  }
  Write(fs::path(argv[2]) / "docx" / "numbering",
        Parts({"<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:ilvl w:val=\"1\"/><w:numId "
               "w:val=\"1\"/></w:numPr></w:pPr><w:r><w:t>公开</w:t></w:r></w:p>",
               "<w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/>"
               "<w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"（%2）\"/></w:lvl>"
               "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>",
               "<w:style w:styleId=\"a\"><w:basedOn w:val=\"a\"/></w:style>"}));
  std::string ruled = "P4\n64 64\n";
  for (int y = 0; y < 64; ++y) ruled += std::string(8, y % 30 == 2 ? '\xFF' : '\x20');
  Write(fs::path(argv[2]) / "pdf" / "page",
        Parts({"<html><body><doc><page width=\"64\" height=\"64\"><word xMin=\"8\" yMin=\"8\" "
               "xMax=\"20\" yMax=\"20\">公开</word><word xMin=\"30\" yMin=\"40\" xMax=\"42\" "
               "yMax=\"52\">1</word></page></doc></body></html>",
               ruled}));
  Write(fs::path(argv[2]) / "text_encoding" / "gb18030", "\xD5\xFE\xCE\xF1\xB9\xAB\xBF\xAA");
  Write(fs::path(argv[2]) / "text_encoding" / "utf16", "\xFF\xFE\x3F\x65");
  return 0;
}
