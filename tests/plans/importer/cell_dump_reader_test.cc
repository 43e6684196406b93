#include "services/plans/importer/cell_dump_reader.h"

#include <gtest/gtest.h>

#include "tests/plans/support/document_text.h"

namespace gongkai::plans::importer {
namespace {

TEST(CellDumpReader, BeginsACellAtEachTabAndEndsTheRowAtAnEmptyLine) {
  EXPECT_EQ(Show(ReadCellDump(U"标题\n\t序号\n\t任务\n\n\t1\n\t古树\n名录\n\t\n\n")),
            "标题\n|序号|任务\n|1|古树/名录|\n");
}

TEST(CellDumpReader, KeepsARowTogetherOverABlankLineInsideACell) {
  EXPECT_EQ(Show(ReadCellDump(U"\t1\n\t县林业局，\n\n县水利局\n\n\t2\n\t县司法局\n")),
            "|1|县林业局，/县水利局\n|2|县司法局\n")
      << "an open list goes on";
  EXPECT_EQ(Show(ReadCellDump(U"\t1\n\t公布名录\n\n公布养护人\n\n\t2\n\t公布病害\n")),
            "|1|公布名录/公布养护人\n|2|公布病害\n")
      << "the table goes on";
  EXPECT_EQ(Show(ReadCellDump(U"\t1\n\t\u00a0\n\u00a0\n公布名录\n\t县林业局\n")),
            "|1|公布名录|县林业局\n")
      << "a line of no-break spaces is no empty line";
}

TEST(CellDumpReader, EndsTheTableWhereTextFollows) {
  EXPECT_EQ(Show(ReadCellDump(U"\t1\n\t公布名录\n\n注：请逐项填写\n\n\t2\n\t公布病害\n")),
            "|1|公布名录\n注：请逐项填写\n|2|公布病害\n");
  EXPECT_EQ(Show(ReadCellDump(U"\t1\n\t公布名录\n\n抄送：县委\n")), "|1|公布名录\n抄送：县委\n");
}

TEST(CellDumpReader, ReadsLinesOfTabSeparatedValuesAsRows) {
  EXPECT_EQ(
      Show(ReadCellDump(U"序号\t任务\t单位\n1\t古树\t县林业局\n县政府办\t2024年1月2日印发\n")),
      "|序号|任务|单位\n|1|古树|县林业局\n县政府办2024年1月2日印发\n");
}

TEST(CellDumpReader, DropsPageNumbers) {
  EXPECT_EQ(Show(ReadCellDump(U"公开\n— 5 —\n\n－12－\n解读\n")), "公开\n解读\n");
}

TEST(CellDumpReader, KeepsOffsetsInCodePoints) {
  const Text text = U"公开\n\t甲\n乙\n\t丙\n\n解读";
  const Document document = ReadCellDump(text);
  const auto& row = std::get<Row>(document.blocks[1]);
  EXPECT_EQ(EncodeUtf8(text.substr(row.span.start, row.span.end - row.span.start)),
            "\t甲\n乙\n\t丙");
  const auto& last = std::get<Paragraph>(document.blocks[2]);
  EXPECT_EQ(EncodeUtf8(text.substr(last.span.start, last.span.end - last.span.start)), "解读");
}

}  // namespace
}  // namespace gongkai::plans::importer
