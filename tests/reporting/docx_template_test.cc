#include "services/reporting/documents/docx_template.h"

#include <gtest/gtest.h>

#include "services/reporting/documents/bulletin_values.h"

namespace gongkai::reporting {
namespace {

const TemplateNames kNames = {"县", "完成率", "排名.名称", "排名.名次"};

std::string Words(const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; }
std::string Paragraph(const std::string& runs) { return "<w:p>" + runs + "</w:p>"; }

std::string Docx(const std::string& body) {
  return *WriteDocx({{"[Content_Types].xml", "<Types/>"},
                     {"word/document.xml",
                      "<w:document xmlns:w=\"w\"><w:body>" + body + "</w:body></w:document>"}});
}

// The body after it was filled, without the attribute that keeps spaces.
std::string Fill(const std::string& body, const TemplateValues& values) {
  const auto read = DocxTemplate::Read(Docx(body), kNames);
  EXPECT_TRUE(read) << read.error().message;
  auto xml = (*ReadDocx(*read->Fill(values)))["word/document.xml"];
  const std::string kept = " xml:space=\"preserve\"";
  for (auto at = xml.find(kept); at != std::string::npos; at = xml.find(kept)) {
    xml.erase(at, kept.size());
  }
  const auto begin = xml.find("<w:body>") + 8;
  return xml.substr(begin, xml.find("</w:body>") - begin);
}

TEST(DocxTemplate, FillsATextInTheMiddleOfAParagraph) {
  EXPECT_EQ(Fill(Paragraph(Words("截至今日，{{县}}完成{{ 完成率 }}。")),
                 {.texts = {{"县", "青禾县"}, {"完成率", "53.1%"}}}),
            Paragraph(Words("截至今日，青禾县完成53.1%。")));
}

TEST(DocxTemplate, FindsAPlaceholderThatEditingCutIntoRuns) {
  EXPECT_EQ(
      Fill(Paragraph(Words("共{") + Words("{完") + Words("成率}}") + Words("。")),
           {.texts = {{"完成率", "1%"}}}),
      Paragraph(Words("共1%") + "<w:r><w:t></w:t></w:r>" + "<w:r><w:t></w:t></w:r>" + Words("。")));
}

TEST(DocxTemplate, RepeatsTheLineOfATableForEachMember) {
  const auto row = [](const std::string& text) {
    return "<w:tr><w:tc>" + Paragraph(Words(text)) + "</w:tc></w:tr>";
  };
  EXPECT_EQ(Fill("<w:tbl>" + row("名称") + row("{{排名.名次}} {{排名.名称}}") + "</w:tbl>",
                 {.lists = {{"排名",
                             {{{"名次", "1"}, {"名称", "甲"}}, {{"名次", "1"}, {"名称", "乙"}}}}}}),
            "<w:tbl>" + row("名称") + row("1 甲") + row("1 乙") + "</w:tbl>");
}

TEST(DocxTemplate, LeavesNothingOfAParagraphWhoseListIsEmpty) {
  EXPECT_EQ(Fill(Paragraph(Words("{{排名.名称}}")) + Paragraph(Words("完")), {}),
            Paragraph(Words("完")));
}

TEST(DocxTemplate, ReadsNoPlaceholdersInValues) {
  EXPECT_EQ(
      Fill(Paragraph(Words("{{排名.名称}}")),
           {.texts = {{"县", "甲"}}, .lists = {{"排名", {{{"名称", "{{县}}{{排名.名称}}"}}}}}}),
      Paragraph(Words("{{县}}{{排名.名称}}")));
}

TEST(DocxTemplate, RefusesANameThatNobodyKnowsAndShowsWhereItStands) {
  const auto read = DocxTemplate::Read(Docx(Paragraph(Words("本月{{完工率}}如下"))), kNames);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().reason, "TEMPLATE_NAME_UNKNOWN");
  EXPECT_EQ(read.error().metadata.at("name"), "完工率");
  EXPECT_NE(read.error().message.find("本月{{完工率}}如下"), std::string::npos);
}

TEST(DocxTemplate, RefusesWhatIsNoDocument) {
  EXPECT_EQ(DocxTemplate::Read("not a zip", kNames).error().reason, "TEMPLATE_UNREADABLE");
  const auto other = *WriteDocx({{"[Content_Types].xml", "<Types/>"}, {"a.txt", "a"}});
  EXPECT_EQ(DocxTemplate::Read(other, kNames).error().reason, "TEMPLATE_UNREADABLE");
  EXPECT_EQ(DocxTemplate::Read(Docx("<w:p>"), kNames).error().reason, "TEMPLATE_UNREADABLE");
}

SubjectCounts Subject(const char* name, int verified, int occurrences) {
  return {.display_name = name, .counts = {.occurrences = occurrences, .verified = verified}};
}

TEST(Bulletin, SharesRanksAndPutsWhatIsNotApplicableLast) {
  const auto values =
      ValuesOf({.subjects = {Subject("甲", 1, 4), Subject("乙", 0, 0), Subject("丙", 2, 8),
                             Subject("丁", 1, 2), Subject("戊", 0, 3)}});
  std::string order;
  for (const auto& line : values.lists.at("排名")) {
    order += line.at("名次") + line.at("名称") + line.at("完成率") + " ";
  }
  EXPECT_EQ(order, "1丁50.0% 2甲25.0% 2丙25.0% 4戊0.0% —乙不适用 ");
}

TEST(Bulletin, ComparesWithTheMonthBefore) {
  Bulletin bulletin{.compared_day = *ParseDate("2026-05-31")};
  bulletin.total = {.occurrences = 8, .verified = 5};
  bulletin.compared = FigureCounts{.occurrences = 8, .verified = 4};
  EXPECT_EQ(ValuesOf(bulletin).texts.at("比较情况"),
            "与2026年5月31日相比，完成率提高12.5个百分点。");
  bulletin.compared = FigureCounts{.occurrences = 3, .verified = 2};
  EXPECT_EQ(ValuesOf(bulletin).texts.at("比较情况"),
            "与2026年5月31日相比，完成率下降4.2个百分点。");
  bulletin.compared = FigureCounts{.occurrences = 16, .verified = 10};
  EXPECT_EQ(ValuesOf(bulletin).texts.at("比较情况"), "与2026年5月31日相比，完成率持平。");
  bulletin.compared.reset();
  EXPECT_EQ(ValuesOf(bulletin).texts.at("比较情况"), "");
}

TEST(Bulletin, HasATemplateOfItsOwnThatUsesOnlyItsNames) {
  const auto bytes = DefaultBulletinTemplate();
  ASSERT_TRUE(bytes);
  const auto read = DocxTemplate::Read(*bytes, BulletinNames());
  EXPECT_TRUE(read) << read.error().message;
}

}  // namespace
}  // namespace gongkai::reporting
