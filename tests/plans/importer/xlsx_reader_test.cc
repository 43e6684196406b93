#include "services/plans/importer/xlsx_reader.h"

#include <gtest/gtest.h>

#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/number_format.h"
#include "tests/plans/support/document_text.h"
#include "tests/plans/support/office_file.h"

namespace gongkai::plans::importer {
namespace {

std::string ShowXlsx(const XlsxXml& xml) {
  const auto document = ReadDocument(MakeXlsx(xml));
  EXPECT_TRUE(document) << document.error().message;
  return document ? Show(*document) : "";
}

std::string Cell(const std::string& place, const std::string& text) {
  return "<c r=\"" + place + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
}

TEST(XlsxReader, ReadsTheFirstVisibleSheetAndTitlesAboveTheTable) {
  EXPECT_EQ(
      ShowXlsx({.rows = "<row r=\"1\">" + Cell("A1", "任务分解表") + "</row><row r=\"3\">" +
                        Cell("A3", "序号") + Cell("B3", "任务") + Cell("D3", "单位") +
                        "</row><row><c><v>1</v></c>" + Cell("B4", "公布\n名录") +
                        "<c r=\"D4\" t=\"s\"><v>0</v></c></row>",
                .merges = "<mergeCell ref=\"A1:XFD1\"/>",
                .strings = "<si><r><t>县司</t></r><r><t>法局</t></r><rPh><t>x</t></rPh></si>"}),
      "任务分解表\n|序号|任务||单位\n|1|公布/名录||县司法局\n");
}

TEST(XlsxReader, StatesMergedCells) {
  EXPECT_EQ(ShowXlsx({.rows = "<row r=\"1\">" + Cell("A1", "序号") + Cell("B1", "任务") +
                              Cell("D1", "单位") + "</row><row r=\"2\">" + Cell("A2", "一、公开") +
                              "</row><row r=\"3\">" + Cell("A3", "1") + Cell("B3", "甲") +
                              Cell("C3", "乙") + Cell("D3", "县司法局") + "</row><row r=\"4\">" +
                              Cell("A4", "2") + Cell("C4", "丙") + "</row>",
                      .merges = "<mergeCell ref=\"B1:C1\"/><mergeCell ref=\"A2:C2\"/>"
                                "<mergeCell ref=\"B3:B4\"/><mergeCell ref=\"D3:D4\"/>"}),
            "|序号|任务|<|单位\n|一、公开\n|1|甲|乙|县司法局\n|2|^甲|丙|^县司法局\n");
}

TEST(XlsxReader, ReadsEverySheetWithABreakdownEachWithItsTitle) {
  const std::string heading =
      "<row r=\"2\">" + Cell("A2", "任务") + Cell("B2", "责任单位") + "</row>";
  const auto rows = [&](const std::string& title, const std::string& task) {
    return "<row r=\"1\">" + Cell("A1", title) + "</row>" + heading + "<row r=\"3\">" +
           Cell("A3", task) + "</row>";
  };
  EXPECT_EQ(ShowXlsx({.rows = rows("附件1", "甲"), .more_rows = rows("附件2", "乙")}),
            "附件1\n|任务|责任单位\n|甲\n附件2\n|任务|责任单位\n|乙\n");
  EXPECT_EQ(ShowXlsx({.rows = rows("附件1", "甲"),
                      .more_rows = "<row r=\"1\">" + Cell("A1", "填表说明") + "</row>"}),
            "附件1\n|任务|责任单位\n|甲\n");
}

TEST(XlsxReader, TakesLinesBelowTheTableForText) {
  EXPECT_EQ(ShowXlsx({.rows = "<row r=\"1\">" + Cell("A1", "任务") + Cell("B1", "责任单位") +
                              "</row><row r=\"2\">" + Cell("A2", "公布") + Cell("B2", "县司法局") +
                              "</row><row r=\"5\">" + Cell("A5", "抄送：县委。") + "</row>"}),
            "|任务|责任单位\n|公布|县司法局\n抄送：县委。\n");
}

TEST(XlsxReader, ShowsDatesAndSharesAsExcelDoes) {
  EXPECT_EQ(
      ShowXlsx({.rows = "<row r=\"1\">" + Cell("A1", "任务") + Cell("B1", "时限") +
                        "</row><row r=\"2\"><c r=\"A2\" s=\"2\"><v>0.6</v></c>"
                        "<c r=\"B2\" s=\"1\"><v>45473</v></c></row><row r=\"3\">"
                        "<c r=\"A3\" s=\"0\"><v>3.0</v></c><c r=\"B3\" s=\"3\"><v>45291.5</v></c>"
                        "</row>",
                .styles =
                    "<numFmts><numFmt numFmtId=\"176\" formatCode=\"[$-804]yyyy&quot;年&quot;m"
                    "&quot;月&quot;\"/></numFmts><cellXfs><xf numFmtId=\"0\"/>"
                    "<xf numFmtId=\"14\"/><xf numFmtId=\"9\"/><xf numFmtId=\"176\"/></cellXfs>"}),
      "|任务|时限\n|60%|2024年6月30日\n|3|2023年12月31日\n");
}

TEST(XlsxReader, RefusesTextFarToTheRightAndStringsBeyondACell) {
  const auto wide =
      ReadDocument(MakeXlsx({.rows = "<row r=\"1\">" + Cell("XFD1", "任务") + "</row>"}));
  ASSERT_FALSE(wide);
  EXPECT_EQ(wide.error().reason, "DOCUMENT_TOO_LARGE");
  const auto longer =
      ReadDocument(MakeXlsx({.strings = "<si><t>" + std::string(40'000, 'a') + "</t></si>"}));
  ASSERT_FALSE(longer);
  EXPECT_EQ(longer.error().reason, "DOCUMENT_TOO_LARGE");
}

TEST(XlsxReader, SurvivesReferencesThatLeadNowhere) {
  EXPECT_EQ(
      ShowXlsx({.rows = "<row r=\"x\"><c r=\"??\" t=\"s\"><v>-9</v></c><c t=\"s\"><v>7</v></c>"
                        "<c r=\"C1\" s=\"99\"><v>nan</v></c></row><row r=\"0\"/>",
                .merges = "<mergeCell ref=\"B2:A1\"/><mergeCell ref=\"A0:B99999999999\"/>"
                          "<mergeCell/>"}),
      "nan\n");
}

}  // namespace
}  // namespace gongkai::plans::importer
