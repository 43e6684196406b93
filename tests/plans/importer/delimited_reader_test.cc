#include "services/plans/importer/delimited_reader.h"

#include <gtest/gtest.h>

#include "tests/plans/support/document_text.h"

namespace gongkai::plans::importer {
namespace {

TEST(DelimitedReader, FindsTheDelimiterByTheHeadingOfABreakdown) {
  EXPECT_EQ(FindDelimiter(U"\uFEFF要点\r\n序号,任务,责任单位\r\n"), U',');
  EXPECT_EQ(FindDelimiter(U"序号;任务;责任单位\n"), U';');
  EXPECT_EQ(FindDelimiter(U"序号\t任务\t责任单位\n\t公布\t\n"), U'\t');
  EXPECT_FALSE(FindDelimiter(U"姓名,电话\n张三,1\n"));
  EXPECT_FALSE(FindDelimiter(U"\t序号\n\t任务\n\t责任单位\n\n")) << "a cell dump";
}

TEST(DelimitedReader, ReadsQuotedValues) {
  EXPECT_EQ(
      Show(ReadDelimited(U"要点,,\r\n序号,任务,单位\r\n1,\"公布,\r\n\"\"明白卡\"\"\",\r\n", U',')),
      "要点\n|序号|任务|单位\n|1|公布,/\"明白卡\"|\n");
}

TEST(DelimitedReader, KeepsPlacesAndSurvivesAnOpenQuote) {
  const Text text = U"序号,任务\n2,\"公布\n名录";
  const Document document = ReadDelimited(text, U',');
  EXPECT_EQ(Show(document), "|序号|任务\n|2|公布/名录\n");
  EXPECT_EQ(std::get<Row>(document.blocks[1]).span.start, 6u);
  EXPECT_EQ(std::get<Row>(document.blocks[1]).span.end, text.size());
}

}  // namespace
}  // namespace gongkai::plans::importer
