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

TEST(ClauseUnits, StandInBracketsWithDatesAndRemarks) {
  EXPECT_EQ(Show(U"促进增长。（各部门分别负责，年内持续推进）"),
            "促进增长。|各部门分别负责|年内持续推进");
  EXPECT_EQ(
      Show(U"出台政策。（县司法局牵头，县财政局等按职责分工负责，4月底前出台，年内持续推进）"),
      "出台政策。|县司法局牵头，县财政局等按职责分工负责|4月底前出台，年内持续推进");
  EXPECT_EQ(Show(U"推动公开。（责任时限：6月底前，牵头单位：县财政局，责任单位：各镇）"),
            "推动公开。|牵头单位：县财政局；责任单位：各镇|6月底前");
  EXPECT_EQ(Show(U"下放权限。（牵头单位：县司法局；责任单位：各镇，6月底完成）"),
            "下放权限。|牵头单位：县司法局；责任单位：各镇|6月底完成");
  EXPECT_EQ(Show(U"加强公开。〔牵头单位：县司法局；配合单位：县档案馆〕"),
            "加强公开。|牵头单位：县司法局；配合单位：县档案馆|");
}

TEST(ClauseUnits, StandInSeveralBracketsOfOneParagraph) {
  const SplitClause split =
      SplitUnits(U"公布清单（县司法局）；公布目录（县财政局、县税务局）。建好平台。（各镇负责）");
  EXPECT_EQ(EncodeUtf8(split.requirement), "公布清单；公布目录。建好平台。");
  ASSERT_EQ(split.units.lines.size(), 3u);
  EXPECT_EQ(EncodeUtf8(split.units.lines[1]), "县财政局、县税务局");
  EXPECT_EQ(EncodeUtf8(split.units.lines[2]), "各镇负责");
}

TEST(ClauseUnits, StandBehindALabelAtTheEndOfAParagraph) {
  EXPECT_EQ(Show(U"办好热线。责任单位：县司法局；完成时限：6月底前。"),
            "办好热线。|责任单位：县司法局|6月底前");
}

TEST(ClauseUnits, AreTakenFromLinesWithALabel) {
  EXPECT_TRUE(IsUnitLine(U"责任单位：县司法局"));
  EXPECT_FALSE(IsUnitLine(U"责任单位要逐项落实"));
  EXPECT_EQ(Show(U"完成时限：6月底前"), "||6月底前");
}

TEST(ClauseUnits, MayBeAllOfAKind) {
  EXPECT_EQ(Show(U"组织专题学习（各单位）。"), "组织专题学习。|各单位|");
  EXPECT_TRUE(ReadsAsFullNames(U"县财政局"));
  EXPECT_TRUE(ReadsAsFullNames(U"各镇街"));
  EXPECT_FALSE(ReadsAsFullNames(U"深化主动公开"));
  EXPECT_FALSE(ReadsAsFullNames(U"县区"));
}

TEST(ClauseUnits, AreNotEveryBracket) {
  EXPECT_EQ(Show(U"建成试点村（社区）。"), "建成试点村（社区）。||");
  EXPECT_EQ(Show(U"落实文件（外政发〔2024〕3号）。"), "落实文件（外政发〔2024〕3号）。||");
  for (const TextView text :
       {U"做好培训（包括县直部门）。", U"推进试点（如县财政局）。", U"（单位：万元）。",
        U"完善机制（见县政府办公室通知）。", U"规范公开（试行）。", U"逐级审核（逐级负责）。",
        U"咨询解答（联系人：张三，电话：12345）。"}) {
    EXPECT_EQ(Show(text), EncodeUtf8(text) + "||");
  }
  EXPECT_EQ(Show(U"没有合上的（责任单位：县司法局"), "没有合上的（责任单位：县司法局||");
}

}  // namespace
}  // namespace gongkai::plans::importer
