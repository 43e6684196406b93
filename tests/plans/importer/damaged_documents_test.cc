// Documents that are broken, or made to hurt.
#include <gtest/gtest.h>

#include <random>

#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/plan_importer.h"
#include "services/plans/importer/table_grid.h"
#include "tests/plans/support/document_text.h"
#include "tests/plans/support/office_file.h"
#include "tests/plans/support/paper.h"

namespace gongkai::plans::importer {
namespace {

std::string SmallDocx() {
  return AsDocx(
      {"松壑县2024年政务公开工作方案",
       PaperTable{{{"任务"}, {"责任单位"}, {"时限"}}, {{"公布名录"}, {"县林业局"}, {"6月底前"}}}});
}

std::string ReasonFor(const std::string& bytes) {
  const auto plan = ImportPlan(bytes, {});
  return plan ? "read" : plan.error().reason;
}

std::string Times(size_t count, const std::string& text) {
  std::string repeated;
  for (size_t i = 0; i < count; ++i) repeated += text;
  return repeated;
}

std::string TableOf(const std::string& rows) {
  return MakeDocx({.body = "<w:tbl>" + rows + "</w:tbl>"});
}

TEST(DamagedDocuments, RefusesAnArchiveThatWasCutOffAnywhere) {
  const std::string whole = SmallDocx();
  ASSERT_EQ(ReasonFor(whole), "read");
  for (size_t length = 4; length < whole.size(); ++length) {
    EXPECT_EQ(ReasonFor(whole.substr(0, length)), "DOCUMENT_UNREADABLE") << length;
  }
}

TEST(DamagedDocuments, SurvivesChangedBytes) {
  std::mt19937 random(20240418);
  const std::string whole = SmallDocx();
  for (int round = 0; round < 1500; ++round) {
    std::string damaged = whole;
    for (size_t changes = 1 + random() % 6; changes > 0; --changes) {
      damaged[random() % damaged.size()] = static_cast<char>(random());
    }
    EXPECT_FALSE(ReasonFor(damaged).empty());
  }
}

TEST(DamagedDocuments, SurvivesChangedXml) {
  std::mt19937 random(20240419);
  const std::string cell =
      "<w:tc><w:tcPr><w:gridSpan w:val=\"2\"/><w:vMerge/></w:tcPr><w:p><w:pPr>"
      "<w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
      "<w:r><w:t>任务</w:t></w:r></w:p></w:tc>";
  const std::string body =
      "<w:tbl><w:tr>" + cell + cell + "</w:tr><w:tr>" + cell + "</w:tr></w:tbl>";
  for (int round = 0; round < 1500; ++round) {
    std::string damaged = body;
    for (size_t changes = 1 + random() % 6; changes > 0; --changes) {
      const size_t at = random() % damaged.size();
      if (random() % 2 == 0) {
        damaged.erase(at, random() % 20);
      } else {
        damaged.insert(at, body.substr(random() % body.size(), random() % 30));
      }
    }
    EXPECT_FALSE(ReasonFor(MakeDocx({.body = damaged})).empty());
  }
}

TEST(DamagedDocuments, SurvivesChangedWorkbooksPagesAndTables) {
  std::mt19937 random(20240420);
  const Paper paper = {"松壑县2024年政务公开工作方案",
                       PaperTable{{{"任务"}, {.text = "责任单位", .columns = 2}, {"时限"}},
                                  {{.text = "公布", .rows = 2}, {"县林业局"}, {""}, {"6月底前"}},
                                  {{"县水利局"}, {""}, {"7月底前"}}}};
  const std::string sheet =
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" s=\"1\"><v>45473"
      "</v></c></row><row r=\"2\"/>";
  const auto damage = [&random](std::string text) {
    for (size_t changes = 1 + random() % 6; changes > 0 && !text.empty(); --changes) {
      const size_t at = random() % text.size();
      if (random() % 2 == 0) {
        text.erase(at, random() % 20);
      } else {
        text.insert(at, std::string(text, random() % text.size(), random() % 30));
      }
    }
    return text;
  };
  for (int round = 0; round < 400; ++round) {
    EXPECT_FALSE(ReasonFor(damage(AsHtml(paper))).empty());
    EXPECT_FALSE(ReasonFor(damage(AsMarkdown(paper))).empty());
    EXPECT_FALSE(ReasonFor(damage(AsCsv(paper))).empty());
    EXPECT_FALSE(ReasonFor(MakeXlsx({.rows = damage(sheet),
                                     .merges = damage("<mergeCell ref=\"A1:B2\"/>"),
                                     .strings = damage("<si><t>任务</t></si>"),
                                     .styles = damage("<cellXfs><xf/><xf numFmtId=\"14\"/>"
                                                      "</cellXfs>")}))
                     .empty());
  }
}

std::string MessageFor(const std::string& bytes) {
  const auto plan = ImportPlan(bytes, {});
  return plan ? "" : plan.error().message;
}

TEST(DamagedDocuments, RefusesAPartThatUnpacksToTooMuch) {
  const std::string bomb = MakeDocx({.body = std::string(65 * 1024 * 1024, ' ')});
  EXPECT_LT(bomb.size(), 200'000u);
  EXPECT_EQ(ReasonFor(bomb), "DOCUMENT_TOO_LARGE");
  EXPECT_NE(MessageFor(bomb).find("times its size"), std::string::npos) << MessageFor(bomb);
}

TEST(DamagedDocuments, RefusesTooManyPartsElementsLevelsAndColumns) {
  ZipParts parts;
  for (int i = 0; i < 5000; ++i) parts.emplace_back("part" + std::to_string(i), "");
  EXPECT_EQ(ReasonFor(MakeZip(parts)), "DOCUMENT_TOO_LARGE");
  EXPECT_EQ(ReasonFor(MakeDocx({.body = Times(8'000'001, "<a/>")})), "DOCUMENT_TOO_LARGE");
  EXPECT_EQ(ReasonFor(MakeDocx({.body = Times(5000, "<w:p>") + Times(5000, "</w:p>")})),
            "DOCUMENT_TOO_LARGE");
  const std::string wide =
      "<w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"999999999\"/></w:tcPr></w:tc></w:tr>";
  EXPECT_EQ(ReasonFor(TableOf(wide)), "DOCUMENT_TOO_LARGE");
}

TEST(DamagedDocuments, RefusesAMergedCellThatWouldRepeatWithoutEnd) {
  const std::string first =
      "<w:tr><w:tc><w:tcPr><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>" +
      std::string(100'000, 'a') + "</w:t></w:r></w:p></w:tc></w:tr>";
  const std::string more = "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc></w:tr>";
  EXPECT_EQ(ReasonFor(TableOf(first + Times(1000, more))), "DOCUMENT_TOO_LARGE");
}

TEST(DamagedDocuments, ExpandsNoEntities) {
  const std::string types =
      "<!DOCTYPE w:document [<!ENTITY a \"公开\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>";
  const std::string relationships =
      "<Relationships><Relationship Id=\"rId1\" Type=\"http://example.org/officeDocument\" "
      "Target=\"word/document.xml\"/></Relationships>";
  const auto with = [&](const std::string& head) {
    return MakeZip(
        {{"_rels/.rels", relationships},
         {"word/document.xml", head + "<w:document><w:body><w:p><w:r><w:t>&b;</w:t></w:r>"
                                      "</w:p></w:body></w:document>"}});
  };
  EXPECT_EQ(ReasonFor(with(types)), "DOCUMENT_UNREADABLE");
  const auto plain = ReadDocument(with(""));
  ASSERT_TRUE(plain);
  EXPECT_EQ(Show(*plain), "&b;\n");
}

TEST(DamagedDocuments, NamesFormatsThatItDoesNotReadAndWhatToDo) {
  for (const auto& [bytes, remedy] :
       {std::pair<std::string, std::string>{"%PDF-1.7 …", "save it as .docx"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "password"},
        {"{\\rtf1 …}", "save it as .docx"},
        {MakeZip({{"photo.jpg", "…"}}), "unpack"}}) {
    const auto plan = ImportPlan(bytes, {});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().reason, "DOCUMENT_UNREADABLE");
    EXPECT_NE(plan.error().message.find(remedy), std::string::npos) << plan.error().message;
    EXPECT_FALSE(plan.error().message_zh.empty());
  }
}

}  // namespace
}  // namespace gongkai::plans::importer
