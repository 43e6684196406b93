#include "services/plans/importer/cell_line_reader.h"

#include <gtest/gtest.h>

#include "tests/plans/support/document_text.h"

namespace gongkai::plans::importer {
namespace {

TEST(CellLineReader, KnowsTheNamesOfColumnsOnLinesOfTheirOwn) {
  EXPECT_TRUE(LooksLikeCellLines(U"附件\n序号\n工作任务\n责任单位\n1\n"));
  EXPECT_TRUE(LooksLikeCellLines(U"| 任务 |\n| 责任单位 |\n\n"));
  EXPECT_FALSE(LooksLikeCellLines(U"\t序号\n\t工作任务\n\t责任单位\n")) << "a cell dump";
  EXPECT_FALSE(LooksLikeCellLines(U"| 序号 | 任务 | 责任单位 |\n| 1 | 公布 | 局 |\n"));
  EXPECT_FALSE(LooksLikeCellLines(U"一、工作任务\n二、工作要求\n三、责任单位\n"));
}

TEST(CellLineReader, PartsRowsByTheirNumbers) {
  EXPECT_EQ(Show(ReadCellLines(U"任务分解表\n序号\n任务\n责任单位\n时限\n一、公开\n1\n公布名录\n"
                               U"县林业局\n\n2\n公布病害\n县水利局\n7月底前\n注：请逐项填写。\n")),
            "任务分解表\n|序号|任务|责任单位|时限\n|一、公开\n|1|公布名录|县林业局|\n"
            "|2|公布病害|县水利局|7月底前\n注：请逐项填写。\n");
}

TEST(CellLineReader, PartsUnnumberedRowsByTheLengthOfTheHeading) {
  EXPECT_EQ(Show(ReadCellLines(U"任务\n责任单位\n时限\n公布名录\n县林业局\n6月\n公布病害\n\n"
                               U"7月\n")),
            "|任务|责任单位|时限\n|公布名录|县林业局|6月\n|公布病害||7月\n");
}

TEST(CellLineReader, SeesCellsThatEmptyLinesPart) {
  EXPECT_EQ(Show(ReadCellLines(U"任务\n\n责任单位\n\n时限\n\n公布名录\n\n县林业局\n\n6月\n")),
            "|任务|责任单位|时限\n|公布名录|县林业局|6月\n");
}

TEST(CellLineReader, ReadsMarkedCellsWithAndWithoutEmptyLinesBetweenRows) {
  EXPECT_EQ(Show(ReadCellLines(U"| 任务\n| 责任单位\n\n| 公布\n名录\n|\n\n完\n")),
            "|任务|责任单位\n|公布/名录|\n完\n");
  EXPECT_EQ(Show(ReadCellLines(U"|任务|\n|责任单位|\n|公布|\n|县林业局|\n")),
            "|任务|责任单位\n|公布|县林业局\n");
}

TEST(CellLineReader, PartsRowsByNumbersThatTheHeadingDoesNotName) {
  EXPECT_EQ(
      Show(ReadCellLines(U"任务\n要求\n责任单位\n一、古树\n1\n公布名录\n县林业局\n2\n公布病害\n"
                         U"县林业局\n二、茶园\n3\n公布面积\n县统计局\n")),
      "|任务|要求|责任单位\n|一、古树|1|公布名录|县林业局\n||2|公布病害|县林业局\n"
      "|二、茶园|3|公布面积|县统计局\n");
}

TEST(CellLineReader, JoinsTheLinesOfAMarkedCell) {
  EXPECT_EQ(Show(ReadCellLines(U"| 任务\n| 责任单位\n| 公布名录\n| 县林业局\n县统计局\n| 公布病害\n"
                               U"| 县林业局\n以上为全部任务。\n")),
            "|任务|责任单位\n|公布名录|县林业局/县统计局\n|公布病害|县林业局\n"
            "以上为全部任务。\n");
}

TEST(CellLineReader, KeepsPlaces) {
  const Text text = U"题\n序号\n任务\n责任单位\n1\n公布\n县林业局\n";
  const Document document = ReadCellLines(text);
  const auto& row = std::get<Row>(document.blocks[2]);
  EXPECT_EQ(EncodeUtf8(text.substr(row.span.start, row.span.end - row.span.start)),
            "1\n公布\n县林业局");
}

}  // namespace
}  // namespace gongkai::plans::importer
