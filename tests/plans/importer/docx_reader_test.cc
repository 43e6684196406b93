#include "services/plans/importer/docx_reader.h"

#include <gtest/gtest.h>

#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/word_numbering.h"
#include "tests/plans/support/document_text.h"
#include "tests/plans/support/office_file.h"

namespace gongkai::plans::importer {
namespace {

std::string ShowDocx(const DocxXml& xml) {
  const auto document = ReadDocument(MakeDocx(xml));
  EXPECT_TRUE(document) << document.error().message;
  return document ? Show(*document) : "";
}

std::string TextRun(const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; }
std::string Paragraph(const std::string& text) { return "<w:p>" + TextRun(text) + "</w:p>"; }
std::string Numbered(const std::string& list, const std::string& level, const std::string& text) {
  return "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"" + level + "\"/><w:numId w:val=\"" + list +
         "\"/></w:numPr></w:pPr>" + TextRun(text) + "</w:p>";
}
std::string Cell(const std::string& text, const std::string& properties = "") {
  return "<w:tc><w:tcPr>" + properties + "</w:tcPr>" + Paragraph(text) + "</w:tc>";
}
std::string Row(const std::string& cells) { return "<w:tr>" + cells + "</w:tr>"; }

TEST(DocxReader, ReadsParagraphsAndTablesInTheirOrder) {
  EXPECT_EQ(ShowDocx({.body = Paragraph("附件") + "<w:tbl>" + Row(Cell("序号") + Cell("任务")) +
                              Row(Cell("1") + Cell("公布名录")) + "</w:tbl>" + Paragraph("抄送")}),
            "附件\n|序号|任务\n|1|公布名录\n抄送\n");
}

TEST(DocxReader, JoinsRunsAndPartsLinesAtBreaks) {
  EXPECT_EQ(ShowDocx({.body = "<w:p>" + TextRun("公") + "<w:hyperlink>" + TextRun("开") +
                              "</w:hyperlink><w:r><w:tab/><w:t>指南</w:t><w:br/><w:t>第二行</w:t>"
                              "</w:r></w:p>"}),
            "公开指南\n第二行\n");
  EXPECT_EQ(ShowDocx({.body = "<w:p><w:r><w:t>Web</w:t><w:t xml:space=\"preserve\"> </w:t>"
                              "<w:t>2</w:t></w:r></w:p>"}),
            "Web 2\n");
}

TEST(DocxReader, LeavesOutWhatWordDoesNotShow) {
  EXPECT_EQ(ShowDocx({.body = "<w:p>" + TextRun("保留") +
                              "<w:del><w:r><w:delText>删去</w:delText></w:r>"
                              "</w:del><w:ins>" +
                              TextRun("新增") +
                              "</w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
                              "<w:r><w:instrText>PAGE</w:instrText></w:r><w:moveFrom>" +
                              TextRun("移走") + "</w:moveFrom></w:p>"}),
            "保留新增\n");
  EXPECT_EQ(ShowDocx({.body = "<w:tbl>" + Row(Cell("序号") + Cell("任务")) +
                              "<w:tr><w:trPr><w:del/></w:trPr>" + Cell("1") + Cell("旧任务") +
                              "</w:tr></w:tbl>"}),
            "|序号|任务\n");
}

TEST(DocxReader, ReadsContentControlsAndOneOfSeveralWaysToShowABox) {
  EXPECT_EQ(
      ShowDocx(
          {.body = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\""
                   "/></w:docPartObj></w:sdtPr><w:sdtContent>" +
                   Paragraph("一、任务……1") + "</w:sdtContent></w:sdt><w:sdt><w:sdtContent>" +
                   Paragraph("正文") +
                   "</w:sdtContent></w:sdt><w:p><w:r><mc:AlternateContent><mc:Choice>"
                   "<w:txbxContent>" +
                   Paragraph("文号") + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" +
                   Paragraph("文号") +
                   "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"}),
      "正文\n文号\n");
}

TEST(DocxReader, StatesMergedCells) {
  const std::string body =
      "<w:tbl>" + Row(Cell("序号") + Cell("工作任务", "<w:gridSpan w:val=\"2\"/>") + Cell("时限")) +
      Row(Cell("一、加强解读", "<w:gridSpan w:val=\"4\"/>")) +
      Row(Cell("1") + Cell("甲", "<w:vMerge w:val=\"restart\"/>") + Cell("乙") + Cell("6月")) +
      Row(Cell("2") + Cell("残留", "<w:vMerge/>") + Cell("丙") + Cell("")) + "</w:tbl>";
  EXPECT_EQ(ShowDocx({.body = body}),
            "|序号|工作任务|<|时限\n|一、加强解读\n|1|甲|乙|6月\n|2|^甲|丙|\n");
}

TEST(DocxReader, TakesEdgesOfColumnsThatAlmostMeetForOne) {
  const std::string grid =
      "<w:tblGrid><w:gridCol w:w=\"900\"/><w:gridCol w:w=\"2000\"/><w:gridCol w:w=\"40\"/>"
      "<w:gridCol w:w=\"1500\"/></w:tblGrid>";
  EXPECT_EQ(
      ShowDocx(
          {.body =
               "<w:tbl>" + grid +
               Row(Cell("序号") + Cell("任务") + Cell("责任单位", "<w:gridSpan w:val=\"2\"/>")) +
               Row(Cell("1") + Cell("公布", "<w:gridSpan w:val=\"2\"/>") + Cell("县司法局")) +
               "</w:tbl>"}),
      "|序号|任务|责任单位\n|1|公布|县司法局\n");
}

TEST(DocxReader, TakesANestedTableForTextOfItsCell) {
  const std::string nested = "<w:tbl>" + Row(Cell("甲") + Cell("乙")) + "</w:tbl>";
  EXPECT_EQ(ShowDocx({.body = "<w:tbl>" + Row(Cell("序号") + Cell("任务")) +
                              Row(Cell("1") + "<w:tc>" + Paragraph("公布：") + nested +
                                  Paragraph("完") + "</w:tc>") +
                              "</w:tbl>"}),
            "|序号|任务\n|1|公布：/甲/乙/完\n");
}

TEST(DocxReader, ReadsWhatAFrameAroundThePageHolds) {
  const std::string table = "<w:tbl>" + Row(Cell("序号") + Cell("任务")) + "</w:tbl>";
  EXPECT_EQ(
      ShowDocx({.body = "<w:tbl>" +
                        Row("<w:tc>" + Paragraph("附件") + table + Paragraph("完") + "</w:tc>") +
                        "</w:tbl>"}),
      "附件\n|序号|任务\n完\n");
}

TEST(DocxReader, LeavesNotesAndTheirMarksOut) {
  EXPECT_EQ(ShowDocx({.body = "<w:tbl>" +
                              Row("<w:tc><w:p>" + TextRun("公布") +
                                  "<w:r><w:footnoteReference w:id=\"2\"/></w:r>" + TextRun("名录") +
                                  "</w:p></w:tc>" + Cell("乙")) +
                              "</w:tbl><w:sectPr><w:headerReference/></w:sectPr>"}),
            "|公布名录|乙\n");
}

TEST(DocxReader, ReadsTheStrictFormAndAnyPrefix) {
  const std::string relationship =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
      "<Relationship Id=\"rId1\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/"
      "officeDocument\" Target=\"word/document.xml\"/></Relationships>";
  const auto document = ReadDocument(MakeZip(
      {{"_rels/.rels", relationship},
       {"word/document.xml",
        "<document xmlns=\"http://purl.oclc.org/ooxml/wordprocessingml/main\"><body><p><r><t>正文"
        "</t></r></p><tbl><tr><tc><tcPr><vMerge val=\"restart\"/></tcPr><p><r><t>甲</t></r></p>"
        "</tc><tc><p><r><t>乙</t></r></p></tc></tr></tbl></body></document>"}}));
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(Show(*document), "正文\n|甲|乙\n");
}

constexpr char kNumbering[] =
    "<w:abstractNum w:abstractNumId=\"7\">"
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/>"
    "<w:pStyle w:val=\"Heading1\"/><w:lvlText w:val=\"%1、\"/></w:lvl>"
    "<w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"chineseCounting\"/>"
    "<w:lvlText w:val=\"（%2）\"/></w:lvl>"
    "<w:lvl w:ilvl=\"2\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/>"
    "<w:lvlText w:val=\"%3．\"/></w:lvl></w:abstractNum>"
    "<w:abstractNum w:abstractNumId=\"8\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/>"
    "<w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1\"/></w:lvl></w:abstractNum>"
    "<w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>"
    "<w:num w:numId=\"2\"><w:abstractNumId w:val=\"8\"/></w:num>"
    "<w:num w:numId=\"3\"><w:abstractNumId w:val=\"8\"/><w:lvlOverride w:ilvl=\"0\">"
    "<w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>";

TEST(DocxReader, PutsTheNumbersOfWordInFrontOfTheText) {
  EXPECT_EQ(ShowDocx({.body = Numbered("1", "0", "总体要求") + Numbered("1", "0", "主要任务") +
                              Numbered("1", "1", "加强解读") + Numbered("1", "2", "公开目录") +
                              Numbered("1", "2", "公开指南") + Numbered("1", "1", "回应关切") +
                              Numbered("1", "2", "公开热线") + Numbered("0", "0", "没有编号"),
                      .numbering = kNumbering}),
            "一、总体要求\n二、主要任务\n（一）加强解读\n1．公开目录\n2．公开指南\n（二）回应关切\n"
            "1．公开热线\n没有编号\n");
}

TEST(DocxReader, CountsAlongListsAndBeginsAgainWhereTheDocumentSaysSo) {
  EXPECT_EQ(ShowDocx({.body = Numbered("2", "0", "甲") + Numbered("3", "0", "乙") +
                              Numbered("3", "0", "2024年"),
                      .numbering = kNumbering}),
            "1.甲\n5.乙\n6.2024年\n");
  EXPECT_EQ(ShowDocx({.body = "<w:tbl>" + Row(Cell("序号") + Cell("任务")) +
                              Row("<w:tc>" + Numbered("2", "0", "") + "</w:tc>" + Cell("甲")) +
                              Row("<w:tc>" + Numbered("2", "0", "") + "</w:tc>" + Cell("乙")) +
                              "</w:tbl>",
                      .numbering = kNumbering}),
            "|序号|任务\n|1|甲\n|2|乙\n")
      << "a column of numbers without any text";
}

TEST(DocxReader, FindsTheNumberThatAStyleBrings) {
  EXPECT_EQ(
      ShowDocx(
          {.body = "<w:p><w:pPr><w:pStyle w:val=\"Mine\"/></w:pPr>" + TextRun("任务") + "</w:p>",
           .numbering = kNumbering,
           .styles = "<w:style w:styleId=\"Heading1\"><w:pPr><w:numPr><w:numId w:val=\"1\"/>"
                     "</w:numPr></w:pPr></w:style><w:style w:styleId=\"Mine\">"
                     "<w:basedOn w:val=\"Heading1\"/></w:style>"}),
      "一、任务\n");
  EXPECT_EQ(
      ShowDocx(
          {.body = "<w:p><w:pPr><w:pStyle w:val=\"Loop\"/></w:pPr>" + TextRun("任务") + "</w:p>",
           .styles = "<w:style w:styleId=\"Loop\"><w:basedOn w:val=\"Loop\"/></w:style>"}),
      "任务\n");
}

TEST(WordNumbering, WritesTheFormatsOfPlans) {
  struct {
    const char* format;
    int32_t value;
    TextView text;
  } const kRows[] = {{"decimal", 12, U"12"},
                     {"chineseCounting", 10, U"十"},
                     {"chineseCounting", 12, U"十二"},
                     {"chineseCountingThousand", 20, U"二十"},
                     {"japaneseCounting", 21, U"二十一"},
                     {"chineseCounting", 103, U"一百零三"},
                     {"chineseCounting", 110, U"一百一十"},
                     {"ideographTraditional", 3, U"丙"},
                     {"decimalEnclosedCircle", 2, U"②"},
                     {"decimalFullWidth", 10, U"１０"},
                     {"decimalZero", 7, U"07"},
                     {"upperLetter", 2, U"B"},
                     {"lowerRoman", 14, U"xiv"},
                     {"bullet", 1, U""},
                     {"none", 1, U""},
                     {"hebrew1", 3, U"3"}};
  for (const auto& row : kRows) {
    EXPECT_EQ(EncodeUtf8(FormatWordNumber(row.format, row.value)), EncodeUtf8(row.text))
        << row.format;
  }
}

}  // namespace
}  // namespace gongkai::plans::importer
