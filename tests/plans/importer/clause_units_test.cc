#include "services/plans/importer/clause_units.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

std::string Show(TextView clause) {
  const SplitClause split = SplitUnits(clause);
  return EncodeUtf8(split.requirement) + "|" + EncodeUtf8(split.units.Joined()) + "|" +
         EncodeUtf8(split.due);
}

TEST(ClauseUnits, AreTakenOutOfBrackets) {
  EXPECT_EQ(Show(U"完善目录。（责任单位：县司法局；完成时限：6月底前）"),
            "完善目录。|责任单位：县司法局|6月底前");
  EXPECT_EQ(Show(U"完善目录。（责任单位：县司法局，完成时限：6月底前）"),
            "完善目录。|责任单位：县司法局|6月底前");
  EXPECT_EQ(Show(U"完善目录（县司法局牵头，各镇（街道）配合）。"),
            "完善目录。|县司法局牵头，各镇（街道）配合|");
  EXPECT_EQ(Show(U"完善目录。（县司法局、县档案馆）"), "完善目录。|县司法局、县档案馆|");
}

TEST(ClauseUnits, AreTakenFromLinesWithALabel) {
  EXPECT_TRUE(IsUnitLine(U"责任单位：县司法局"));
  EXPECT_FALSE(IsUnitLine(U"责任单位要逐项落实"));
  EXPECT_EQ(Show(U"完成时限：6月底前"), "||6月底前");
}

TEST(ClauseUnits, AreNotEveryBracket) {
  EXPECT_EQ(Show(U"建成试点村（社区）。"), "建成试点村（社区）。||");
  EXPECT_EQ(Show(U"落实文件（外政发〔2024〕3号）。"), "落实文件（外政发〔2024〕3号）。||");
  EXPECT_EQ(Show(U"没有合上的（责任单位：县司法局"), "没有合上的（责任单位：县司法局||");
}

}  // namespace
}  // namespace gongkai::plans::importer
