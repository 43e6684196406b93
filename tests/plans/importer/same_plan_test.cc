// Every document of the tests, and of the corpus where it is there, written in every format and
// encoding, is the same plan.
#include <gtest/gtest.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/plan_importer.h"
#include "services/plans/importer/table_columns.h"
#include "tests/plans/support/document_text.h"
#include "tests/plans/support/merged_paper.h"
#include "tests/plans/support/paper.h"
#include "tests/plans/support/plan_text.h"

namespace gongkai::plans::importer {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> Documents() {
  const char* corpus = std::getenv("GONGKAI_CORPUS_DIR");
  std::vector<fs::path> documents;
  for (const fs::path& folder :
       {fs::path(GONGKAI_TESTDATA_DIR) / "import",
        corpus ? fs::path(corpus) : fs::path(GONGKAI_SOURCE_DIR) / "../shared/corpus"}) {
    if (!fs::is_directory(folder)) continue;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (entry.path().extension() == ".txt") documents.push_back(entry.path());
    }
  }
  return documents;
}

std::string ReadFile(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::string Import(const std::string& bytes) {
  const auto plan = ImportPlan(bytes, {});
  return plan ? ShowPlan(*plan) : plan.error().message;
}

std::string Encode(const std::string& utf8, const char* encoding) {
  const auto text = icu::UnicodeString::fromUTF8(utf8);
  std::string bytes(utf8.size() * 4, '\0');
  const int32_t size =
      text.extract(0, text.length(), bytes.data(), static_cast<uint32_t>(bytes.size()), encoding);
  bytes.resize(static_cast<size_t>(size));
  return bytes;
}

class SamePlan : public testing::TestWithParam<fs::path> {
 protected:
  void SetUp() override {
    bytes_ = ReadFile(GetParam());
    const auto document = ReadDocument(bytes_);
    ASSERT_TRUE(document) << document.error().message;
    paper_ = PaperOf(*document);
    expected_ = Import(bytes_);
  }

  std::string bytes_;
  Paper paper_;
  std::string expected_;
};

TEST_P(SamePlan, AsWordDocument) { EXPECT_EQ(Import(AsDocx(paper_)), expected_); }
TEST_P(SamePlan, AsWebPage) { EXPECT_EQ(Import(AsHtml(paper_)), expected_); }
TEST_P(SamePlan, AsCellDump) { EXPECT_EQ(Import(AsCellDump(paper_)), expected_); }
TEST_P(SamePlan, AsMarkdown) { EXPECT_EQ(Import(AsMarkdown(paper_)), expected_); }

TEST_P(SamePlan, InEachEncoding) {
  EXPECT_EQ(Import(Encode(bytes_, "GB18030")), expected_);
  EXPECT_EQ(Import("\xFF\xFE" + Encode(bytes_, "UTF-16LE")), expected_);
  EXPECT_EQ(Import("\xFE\xFF" + Encode(bytes_, "UTF-16BE")), expected_);
  EXPECT_EQ(Import("\xEF\xBB\xBF" + bytes_), expected_);
}

std::string NameOf(const testing::TestParamInfo<fs::path>& document) {
  return document.param.stem().string();
}
INSTANTIATE_TEST_SUITE_P(Importer, SamePlan, testing::ValuesIn(Documents()), NameOf);

std::vector<fs::path> DocumentsThat(bool (*tell)(const Paper&)) {
  std::vector<fs::path> documents = Documents();
  std::erase_if(documents, [tell](const fs::path& path) {
    const auto document = ReadDocument(ReadFile(path));
    return !document || !tell(PaperOf(*document));
  });
  return documents;
}

const PaperTable* FirstTable(const Paper& paper) {
  for (const auto& block : paper) {
    if (const auto* table = std::get_if<PaperTable>(&block)) return table;
  }
  return nullptr;
}

bool IsBlank(const PaperCell& cell) { return cell.text.empty(); }

// Whether an empty cell can be taken for the lower part of a merged one: not behind headings packed
// to the left, nor behind a heading in the first cell of a row, nor in a row that leaves cells out.
bool MergesByHabit(const Paper& paper) {
  for (const auto& block : paper) {
    const auto* table = std::get_if<PaperTable>(&block);
    if (!table) continue;
    if (IsBlank(table->front().back())) return false;
    for (const auto& row : *table) {
      if (row.size() > 1 && row.size() < table->front().size()) return false;
      const bool first_only =
          row.size() > 1 && !IsBlank(row[0]) && std::all_of(row.begin() + 1, row.end(), IsBlank);
      if (first_only) return false;
    }
  }
  return true;
}

class SamePlanWithMerges : public SamePlan {};

// What the dump leaves to the habits of its columns, these formats state. Markdown, separated
// values and cells on lines cannot. A workbook has rows of different length in no other way.
TEST_P(SamePlanWithMerges, WithMergesStated) {
  const Paper merged = MergedAsOfficesDo(paper_);
  EXPECT_EQ(Import(AsDocx(merged)), expected_);
  EXPECT_EQ(Import(AsXlsx(merged)), expected_);
  EXPECT_EQ(Import(AsHtml(merged)), expected_);
}

INSTANTIATE_TEST_SUITE_P(Importer, SamePlanWithMerges,
                         testing::ValuesIn(DocumentsThat(MergesByHabit)), NameOf);

// Text is known to be separated values or cells on lines by the heading of a table.
bool HasHeading(const Paper& paper) {
  const PaperTable* table = FirstTable(paper);
  if (!table) return true;
  return std::any_of(table->front().begin(), table->front().end(), [](const PaperCell& cell) {
    const auto text = DecodeUtf8(cell.text);
    return text && IsColumnHeading({.lines = {*text}});
  });
}

class SamePlanWithHeading : public SamePlan {};

TEST_P(SamePlanWithHeading, AsSeparatedValues) { EXPECT_EQ(Import(AsCsv(paper_)), expected_); }
TEST_P(SamePlanWithHeading, AsMarkedCellLines) {
  EXPECT_EQ(Import(AsMarkedCellLines(paper_)), expected_);
}

INSTANTIATE_TEST_SUITE_P(Importer, SamePlanWithHeading,
                         testing::ValuesIn(DocumentsThat(HasHeading)), NameOf);

// Whether rows can be told where nothing parts them: they are numbered, or as long as the heading
// and no row begins like a heading between the others.
bool TellsRows(const PaperTable& table) {
  if (table.front()[0].text == "序号") return true;
  return std::all_of(table.begin(), table.end(), [&table](const auto& row) {
    const bool heading = row[0].text.starts_with("一");
    return row.size() == 1 ? heading : row.size() == table.front().size() && !heading;
  });
}

// Cells on lines tell a heading by three names of columns at least, and cells from the text behind
// a table not at all.
bool TellsCells(const Paper& paper) {
  const PaperTable* first = FirstTable(paper);
  if (!first) return true;
  if (!HasHeading(paper) || first->front().size() < 3) return false;
  bool in_table = false;
  bool text_behind = false;
  for (const auto& block : paper) {
    if (const auto* table = std::get_if<PaperTable>(&block)) {
      if (text_behind || !TellsRows(*table)) return false;
      in_table = true;
    } else {
      const auto& text = std::get<std::string>(block);
      if (in_table && text.starts_with("附件")) break;
      text_behind = text_behind || (in_table && !text.empty());
    }
  }
  return true;
}

class SamePlanOfLines : public SamePlan {};

TEST_P(SamePlanOfLines, AsCellLines) {
  // Nor do they tell a second line of a cell from the next cell.
  const Paper paper = WithoutBreaksInCells(paper_);
  EXPECT_EQ(Import(AsCellLines(paper)), Import(AsCellDump(paper)));
}

INSTANTIATE_TEST_SUITE_P(Importer, SamePlanOfLines, testing::ValuesIn(DocumentsThat(TellsCells)),
                         NameOf);

}  // namespace
}  // namespace gongkai::plans::importer
