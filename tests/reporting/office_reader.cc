#include "tests/reporting/office_reader.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <pugixml.hpp>

#include "services/plans/importer/bounded_process.h"

namespace gongkai::reporting {
namespace {

namespace fs = std::filesystem;
using plans::importer::FindProgram;
using plans::importer::ProcessEnd;
using plans::importer::RunBounded;

constexpr const char* kSearchPath = "/usr/local/bin:/usr/bin:/bin";

class Folder {
 public:
  Folder() {
    std::string pattern = (fs::temp_directory_path() / "gongkai-office-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

// The document as LibreOffice saves it by that filter, whose file ends with `to`.
std::string Convert(const std::string& bytes, const std::string& from, const std::string& filter,
                    const std::string& to) {
  const Folder folder;
  const auto file = folder.path() / ("document." + from);
  std::ofstream(file, std::ios::binary) << bytes;
  const auto run = RunBounded(
      {FindProgram("soffice", kSearchPath)->string(), "--headless",
       "-env:UserInstallation=file://" + (folder.path() / "profile").string(), "--convert-to",
       filter, "--outdir", (folder.path() / "out").string(), file.string()},
      folder.path(), {});
  EXPECT_EQ(run.end, ProcessEnd::kSucceeded);
  std::ifstream saved(folder.path() / "out" / ("document." + to), std::ios::binary);
  EXPECT_TRUE(saved) << "LibreOffice saved nothing";
  return std::string(std::istreambuf_iterator<char>(saved), {});
}

SheetCell ReadCell(const pugi::xml_node& cell) {
  SheetCell read{.type = cell.attribute("office:value-type").value()};
  if (read.type == "date") {
    read.value = cell.attribute("office:date-value").value();
  } else if (read.type == "float" || read.type == "percentage") {
    read.value = cell.attribute("office:value").value();
  } else {
    for (const auto& line : cell.children("text:p")) {
      read.value += (read.value.empty() ? "" : "\n") + std::string(line.text().get());
    }
  }
  return read;
}

void ReadRows(const pugi::xml_node& parent, Sheet& sheet) {
  constexpr int kFillsTheSheet = 1000;  // repetitions that only say how large a sheet may be
  for (const auto& node : parent.children()) {
    if (std::string_view(node.name()) != "table:table-row") {
      ReadRows(node, sheet);
      continue;
    }
    std::vector<SheetCell> row;
    for (const auto& cell : node.children("table:table-cell")) {
      const int times = cell.attribute("table:number-columns-repeated").as_int(1);
      if (times < kFillsTheSheet) row.insert(row.end(), times, ReadCell(cell));
    }
    const int times = node.attribute("table:number-rows-repeated").as_int(1);
    if (times < kFillsTheSheet) sheet.rows.insert(sheet.rows.end(), times, row);
  }
  const auto is_empty = [](const auto& row) {
    for (const auto& cell : row) {
      if (!cell.type.empty()) return false;
    }
    return true;
  };
  while (!sheet.rows.empty() && is_empty(sheet.rows.back())) sheet.rows.pop_back();
}

}  // namespace

bool HasLibreOffice() { return FindProgram("soffice", kSearchPath).has_value(); }

std::string Sheet::Row(std::size_t row) const {
  if (row >= rows.size()) return "";
  std::string text;
  for (const auto& cell : rows[row]) text += (&cell == &rows[row].front() ? "" : "|") + cell.value;
  return text;
}

std::vector<Sheet> ReadWorkbook(const std::string& xlsx) {
  const auto xml = Convert(xlsx, "xlsx", "fods", "fods");
  pugi::xml_document document;
  EXPECT_TRUE(document.load_buffer(xml.data(), xml.size()));
  std::vector<Sheet> sheets;
  for (const auto& found : document.select_nodes("//table:table")) {
    Sheet sheet{.name = found.node().attribute("table:name").value()};
    ReadRows(found.node(), sheet);
    sheets.push_back(std::move(sheet));
  }
  return sheets;
}

std::string ReadDocumentText(const std::string& docx) {
  return Convert(docx, "docx", "txt:Text (encoded):UTF8", "txt");
}

}  // namespace gongkai::reporting
