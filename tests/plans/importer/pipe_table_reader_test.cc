#include "services/plans/importer/pipe_table_reader.h"

#include <gtest/gtest.h>

#include "tests/plans/support/document_text.h"

namespace gongkai::plans::importer {
namespace {

TEST(PipeTableReader, KnowsTablesAndHeadings) {
  EXPECT_TRUE(LooksLikePipeTables(U"前言\n| a | b |\n| c | d |\n"));
  EXPECT_TRUE(LooksLikePipeTables(U"a | b\n---|---\nc | d\n"));
  EXPECT_TRUE(LooksLikePipeTables(U"## 一、任务\n"));
  EXPECT_FALSE(LooksLikePipeTables(U"公开|解读\n#标签\n"));
}

TEST(PipeTableReader, ReadsRowsAndParagraphs) {
  EXPECT_EQ(
      Show(ReadPipeTables(U"# 要点\n\n| 序号 | 任务 |\n|:---|---:|\n| 1 | **公布**<br/>名录\\|表 "
                          U"|\n\n完"
                          U"\n")),
      "要点\n|序号|任务\n|1|公布/名录|表\n完\n");
  EXPECT_EQ(Show(ReadPipeTables(U"序号 | 任务\n---|---\n1 | 公布\n\n甲|乙\n")),
            "|序号|任务\n|1|公布\n甲|乙\n");
}

TEST(PipeTableReader, KeepsEmptyCellsAndPlaces) {
  const Text text = U"| 甲 || 乙 |\n|  | 丙 | |";
  const Document document = ReadPipeTables(text);
  EXPECT_EQ(Show(document), "|甲||乙\n||丙|\n");
  const auto& row = std::get<Row>(document.blocks[1]);
  EXPECT_EQ(EncodeUtf8(text.substr(row.span.start, row.span.end - row.span.start)), "|  | 丙 | |");
}

}  // namespace
}  // namespace gongkai::plans::importer
