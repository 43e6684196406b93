#include "services/plans/importer/units.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

// `*` leads, `+` supports; `@` is a group, `?` is open-ended.
std::string Show(const std::vector<ParsedUnit>& units) {
  std::string shown;
  for (const ParsedUnit& unit : units) {
    if (!shown.empty()) shown += " ";
    if (unit.role == UnitRole::kLead) shown += "*";
    if (unit.role == UnitRole::kSupporting) shown += "+";
    if (unit.kind == UnitKind::kGroup) shown += "@";
    if (unit.kind == UnitKind::kOpenEnded) shown += "?";
    shown += unit.text;
  }
  return shown;
}

std::string Parse(std::vector<Text> lines, UnitColumn column = UnitColumn::kResponsible) {
  return Show(ParseUnits({{.cell = {std::move(lines)}, .column = column}}));
}

TEST(Units, TakeTheirRolesFromTheVerbs) {
  EXPECT_EQ(Parse({U"县府办牵头，各镇（场）政府、县直各部门负责"}),
            "*县府办 @各镇（场）政府 @县直各部门");
  EXPECT_EQ(Parse({U"县林业局、县水利局分别负责"}), "县林业局 县水利局");
  EXPECT_EQ(Parse({U"县林业局牵头落实"}), "*县林业局");
  EXPECT_EQ(Parse({U"县林业局负责，县水利局配合落实"}), "县林业局 +县水利局");
  EXPECT_EQ(Parse({U"由县府办负责"}), "县府办");
  EXPECT_EQ(Parse({U"县水利局（牵头）、县林业局"}), "*县水利局 县林业局");
  EXPECT_EQ(Parse({U"牵头单位：县府办；配合单位：县司法局、县档案馆"}),
            "*县府办 +县司法局 +县档案馆");
  EXPECT_EQ(Parse({U"县林业局、县水利局按职责分工负责"}), "县林业局 县水利局");
  EXPECT_EQ(Parse({U"县府办会同县司法局负责"}), "*县府办 县司法局");
  EXPECT_EQ(Parse({U"县府办牵头各部门配合"}), "*县府办 +@各部门");
  EXPECT_EQ(Parse({U"县经协办、县府办"}), "县经协办 县府办") << "协办 is part of the name";
}

TEST(Units, TakeTheRoleOfTheColumnWithoutAVerb) {
  EXPECT_EQ(Parse({U"县府办，各镇（场）政府办公室"}), "县府办 @各镇（场）政府办公室");
  EXPECT_EQ(Parse({U"县府办"}, UnitColumn::kLead), "*县府办");
  EXPECT_EQ(Parse({U"县府办"}, UnitColumn::kSupporting), "+县府办");
  EXPECT_EQ(Parse({U"县府办、县林业局"}, UnitColumn::kFirstLeads), "*县府办 县林业局");
}

TEST(Units, PartAtAConjunctionOnlyBetweenTwoNames) {
  EXPECT_EQ(Parse({U"经济开发区和县文化和旅游局"}), "经济开发区 县文化和旅游局");
  EXPECT_EQ(Parse({U"县住房和城乡建设局、县发展和改革局"}), "县住房和城乡建设局 县发展和改革局");
  EXPECT_EQ(Parse({U"县教育和体育局和县卫生健康局"}), "县教育和体育局 县卫生健康局");
  EXPECT_EQ(Parse({U"县司法局及县政府各部门"}), "县司法局 @县政府各部门");
  EXPECT_EQ(Parse({U"县扶贫办以及各相关行业部门"}), "县扶贫办 ?各相关行业部门");
  EXPECT_EQ(Parse({U"县财政局及使用专项资金的单位"}), "县财政局 ?使用专项资金的单位");
  EXPECT_EQ(Parse({U"各级政府及其所属部门"}), "@各级政府及其所属部门");
}

TEST(Units, KeepBracketsWhole) {
  EXPECT_EQ(Parse({U"各镇（街道、场）、各乡镇（街道）政府（办事处）"}),
            "@各镇（街道、场） @各乡镇（街道）政府（办事处）");
}

TEST(Units, AreOpenEndedWhereNobodyCanSayWhoIsMeant) {
  EXPECT_EQ(Parse({U"县林业局、县水利局等有关部门"}), "县林业局 县水利局 ?有关部门");
  EXPECT_EQ(Parse({U"县林业局等部门"}), "县林业局 ?等部门");
  EXPECT_EQ(Parse({U"县林业局等"}), "县林业局 ?等");
  EXPECT_EQ(Parse({U"相关镇（街道）、县政府有关部门"}), "?相关镇（街道） ?县政府有关部门");
}

TEST(Units, StandOnLinesOfTheirOwn) {
  EXPECT_EQ(Parse({U"县林业局", U"县人行", U"县水利局"}), "县林业局 县人行 县水利局");
  EXPECT_EQ(Parse({U"市公共资源交易中心", U"溪云县分中心", U"县水利局"}),
            "市公共资源交易中心溪云县分中心 县水利局");
  EXPECT_EQ(Parse({U"县发展和改", U"革局、县水利局"}), "县发展和改革局 县水利局");
  EXPECT_EQ(Parse({U"县财政局牵头，", U"县直各部门负责"}), "*县财政局 @县直各部门");
}

TEST(Units, CountOnceHoweverOftenTheyAreNamed) {
  EXPECT_EQ(Parse({U"县府办、各镇（场）政府、各镇（场）政府负责"}), "县府办 @各镇（场）政府");
}

TEST(Units, OfAnEmptyCellAreNone) { EXPECT_EQ(Parse({}), ""); }

}  // namespace
}  // namespace gongkai::plans::importer
