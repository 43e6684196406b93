#include "services/plans/importer/document_converter.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/plan_importer.h"
#include "tests/plans/support/paper.h"
#include "tests/plans/support/plan_text.h"

namespace gongkai::plans::importer {
namespace {

namespace fs = std::filesystem;

Paper SmallPlan() {
  return {"松壑县2024年政务公开工作方案", "", "任务分解表",
          PaperTable{{{"序号"}, {.text = "任务", .columns = 2}, {"责任单位"}, {"时限"}},
                     {{"1"},
                      {.text = "解读", .rows = 2},
                      {"公布图解。"},
                      {"县司法局"},
                      {.text = "6月底前", .rows = 2}},
                     {{"2"}, {"公布问答。"}, {"县财政局"}}}};
}

// Needs LibreOffice, which is too large to be installed for the tests alone.
class WithLibreOffice : public testing::Test {
 protected:
  void SetUp() override {
    soffice_ = FindProgram("soffice", ConverterOptions().search_path);
    if (!soffice_)
      GTEST_SKIP() << "LibreOffice is not installed: apt-get install "
                      "libreoffice-writer-nogui libreoffice-calc-nogui";
  }

  // The document as another program would have saved it.
  std::string Save(const std::string& bytes, const std::string& from, const std::string& filter) {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / ("plan." + from), std::ios::binary) << bytes;
    const auto run =
        RunBounded({soffice_->string(), "--headless",
                    "-env:UserInstallation=file://" + (folder.path() / "profile").string(),
                    "--convert-to", filter, "--outdir", (folder.path() / "out").string(),
                    (folder.path() / ("plan." + from)).string()},
                   folder.path(), {});
    EXPECT_EQ(run.end, ProcessEnd::kSucceeded);
    for (const auto& entry : fs::directory_iterator(folder.path() / "out")) {
      std::ifstream in(entry.path(), std::ios::binary);
      return std::string(std::istreambuf_iterator<char>(in), {});
    }
    ADD_FAILURE() << "nothing was saved as " << filter;
    return {};
  }

  std::string Import(const std::string& bytes) {
    const auto plan = ImportPlan(bytes, {.converter = &converter_});
    EXPECT_TRUE(plan) << plan.error().message;
    return plan ? ShowPlan(*plan) : "";
  }

  std::optional<fs::path> soffice_;
  DocumentConverter converter_;
};

TEST_F(WithLibreOffice, OldWordDocumentsAndRtfAreTheSamePlan) {
  const std::string expected = Import(AsDocx(SmallPlan()));
  const std::string doc = Save(AsDocx(SmallPlan()), "docx", "doc:MS Word 97");
  EXPECT_EQ(TellForeignFormat(doc), ForeignFormat::kWord);
  EXPECT_EQ(Import(doc), expected);
  const std::string rtf = Save(AsDocx(SmallPlan()), "docx", "rtf:Rich Text Format");
  EXPECT_EQ(TellForeignFormat(rtf), ForeignFormat::kRtf);
  EXPECT_EQ(Import(rtf), expected);
}

TEST_F(WithLibreOffice, OldWorkbooksAreTheSamePlan) {
  const std::string xls = Save(AsXlsx(SmallPlan()), "xlsx", "xls:MS Excel 97");
  EXPECT_EQ(TellForeignFormat(xls), ForeignFormat::kExcel);
  EXPECT_EQ(Import(xls), Import(AsXlsx(SmallPlan())));
}

TEST_F(WithLibreOffice, DamagedDocumentsAreRefusedWithTheRemedy) {
  const auto plan = ImportPlan("{\\rtf1\\bin9999999 \\", {.converter = &converter_});
  ASSERT_FALSE(plan);
  EXPECT_FALSE(plan.error().message_zh.empty());
}

TEST_F(WithLibreOffice, StopsAtTheTimeLimit) {
  DocumentConverter hasty({.limits = {.time = std::chrono::milliseconds(1)}});
  const auto plan = ImportPlan("{\\rtf1 }", {.converter = &hasty});
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().reason, "DOCUMENT_UNREADABLE");
  EXPECT_NE(plan.error().message.find("in time"), std::string::npos);
}

// A table that fills more than a page, some of whose rows are cut in two by the page's end.
Paper LongPlan() {
  PaperTable table = SmallPlan().size() == 4 ? std::get<PaperTable>(SmallPlan()[3]) : PaperTable();
  for (int i = 3; i <= 40; ++i) {
    std::string requirement;
    for (int times = 0; times < 6; ++times) requirement += "及时公布名录、更新解读并且回应群众，";
    table.push_back({{std::to_string(i)},
                     {"公开" + std::to_string(i)},
                     {requirement + "不得遗漏。"},
                     {"县林业局、县水利局"},
                     {"7月底前"}});
  }
  Paper paper = SmallPlan();
  paper.back() = table;
  return paper;
}

TEST_F(WithLibreOffice, APdfIsTheSamePlan) {
  const std::string docx = AsDocx(LongPlan());
  const std::string pdf = Save(docx, "docx", "pdf");
  EXPECT_EQ(Import(pdf), Import(docx));
}

TEST(DocumentConverter, SaysWhatToDoWithoutTheProgramAndWhereItIsSwitchedOff) {
  DocumentConverter nothing({.search_path = ""});
  const auto pdf = ImportPlan("%PDF-1.4", {.converter = &nothing});
  ASSERT_FALSE(pdf);
  EXPECT_NE(pdf.error().message.find("poppler"), std::string::npos);
  for (DocumentConverter* converter : {&nothing, static_cast<DocumentConverter*>(nullptr)}) {
    const auto plan = ImportPlan("{\\rtf1 }", {.converter = converter});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().reason, "DOCUMENT_UNREADABLE");
    EXPECT_NE(plan.error().message.find("save it as .docx"), std::string::npos);
    EXPECT_NE(plan.error().message_zh.find("另存为 .docx"), std::string::npos);
  }
}

TEST(DocumentConverter, TellsFormatsByTheirContent) {
  const std::string magic = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  const auto wide = [](const std::string& name) {
    std::string text;
    for (const char c : name) text += std::string(1, c) + '\0';
    return text;
  };
  EXPECT_EQ(TellForeignFormat(magic + wide("WordDocument")), ForeignFormat::kWord);
  EXPECT_EQ(TellForeignFormat(magic + wide("Workbook")), ForeignFormat::kExcel);
  EXPECT_EQ(TellForeignFormat("%PDF-1.4"), ForeignFormat::kPdf);
  EXPECT_EQ(TellForeignFormat("方案"), std::nullopt);
  EXPECT_EQ(TellForeignFormat(magic + wide("EncryptedPackage")), std::nullopt);
  const auto locked = ReadDocument(magic + wide("EncryptedPackage"));
  ASSERT_FALSE(locked);
  EXPECT_NE(locked.error().message.find("password"), std::string::npos);
}

}  // namespace
}  // namespace gongkai::plans::importer
