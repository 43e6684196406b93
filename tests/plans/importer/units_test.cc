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

TEST(Units, TakeTheirRolesFromEveryFormOfAVerb) {
  EXPECT_EQ(Parse({U"县水利局牵头负责，县林业局协助"}), "*县水利局 +县林业局");
  EXPECT_EQ(Parse({U"县水利局主办，县林业局协办"}), "*县水利局 +县林业局");
  EXPECT_EQ(Parse({U"县水利局、县林业局分别牵头，县档案馆参与"}), "*县水利局 *县林业局 +县档案馆");
  EXPECT_EQ(Parse({U"县水利局牵头，会同县林业局、县档案馆落实"}), "*县水利局 县林业局 县档案馆");
  EXPECT_EQ(Parse({U"县府办负责统筹，各镇、街道具体落实"}), "*县府办 @各镇、街道");
  EXPECT_EQ(Parse({U"县水利局、县林业局共同负责"}), "县水利局 县林业局");
  EXPECT_EQ(Parse({U"县水利局、县林业局等按照各自职责分工落实"}), "县水利局 县林业局 ?等");
  EXPECT_EQ(Parse({U"各社会组织积极配合"}), "+@各社会组织") << "组织 is part of the name";
  EXPECT_EQ(Parse({U"县水利局（牵头）、县林业局（配合）、县档案馆"}),
            "*县水利局 +县林业局 县档案馆");
  EXPECT_EQ(Parse({U"发展改革委、财政部按职责分工负责"}), "发展改革委 财政部");
}

TEST(Units, AreReadWithoutTheDutyBehindTheVerb) {
  EXPECT_EQ(Parse({U"县财政局负责预算、决算公开，县林业局负责名录公开，其他单位配合"}),
            "县财政局 县林业局 +?其他单位");
  EXPECT_EQ(Parse({U"县府办牵头做好督促"}), "*县府办");
}

TEST(Units, TakeTheirRolesFromLabels) {
  EXPECT_EQ(Parse({U"牵头责任单位：县水利局；配合责任单位：县林业局"}), "*县水利局 +县林业局");
  EXPECT_EQ(Parse({U"主办单位：县水利局；协办单位：县林业局"}), "*县水利局 +县林业局");
  EXPECT_EQ(Parse({U"牵头单位:县水利局责任单位:县林业局、各镇"}), "*县水利局 县林业局 @各镇")
      << "the space between them is lost";
  EXPECT_EQ(Parse({U"牵头：县水利局配合：县林业局"}), "*县水利局 +县林业局");
  EXPECT_EQ(Parse({U"责任部门：县水利局；责任人：张三；联系电话：12345"}), "县水利局");
}

TEST(Units, AreNotCutInsideTheirNames) {
  EXPECT_EQ(Parse({U"县市场监督管理局、县纪委监督检查室"}), "县市场监督管理局 县纪委监督检查室");
  EXPECT_EQ(Parse({U"县市场监督管理局配合"}), "+县市场监督管理局");
}

TEST(Units, AreOrganizedAndAnsweredForByOthers) {
  EXPECT_EQ(Parse({U"由县府办组织，各部门参与"}), "县府办 +@各部门");
  EXPECT_EQ(Parse({U"由县卫健局负总责，各医院实施"}), "*县卫健局 @各医院");
  EXPECT_EQ(Parse({U"省级政府统筹，县级政府负责落实"}), "*@省级政府 @县级政府");
}

TEST(Units, HaveOthersDutiesOrSuccessorsInBrackets) {
  EXPECT_EQ(Parse({U"各镇街（县民政局指导）、县水务局（负责水质）"}), "@各镇街 +县民政局 县水务局");
  EXPECT_EQ(Parse({U"县扶贫办（现县乡村振兴局）、县工商局（原县工商行政管理局）"}),
            "县乡村振兴局 县工商局");
  EXPECT_EQ(Parse({U"各园区（以下统称园区）、县大数据局（县政务服务局）"}),
            "@各园区 县大数据局（县政务服务局）");
}

TEST(Units, ArePartedWhereTheSpaceBetweenThemIsLost) {
  EXPECT_EQ(Parse({U"区政府办公室区文化和旅游局各街道办事处"}),
            "区政府办公室 区文化和旅游局 @各街道办事处");
  EXPECT_EQ(Parse({U"县金融服务中心人行青禾支行"}), "县金融服务中心 人行青禾支行");
  EXPECT_EQ(Parse({U"国务院各部门"}), "@国务院各部门");
}

TEST(Units, LeadWhereTheyAreTheFirstAndTheTextSaysSo) {
  EXPECT_EQ(Parse({U"责任单位（排第一位的为牵头单位）：县水利局、县林业局"}), "*县水利局 县林业局");
  EXPECT_EQ(Parse({U"县水利局、县林业局（列首位的为牵头单位，下同）"}), "*县水利局 县林业局");
  EXPECT_EQ(Parse({U"县水利局、县林业局按职责分工负责"}, UnitColumn::kFirstLeads),
            "*县水利局 县林业局");
  EXPECT_EQ(Parse({U"县水利局、县林业局分别负责"}, UnitColumn::kFirstLeads), "县水利局 县林业局");
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
  EXPECT_EQ(Parse({U"县市场和质量监督管理局、县人力资源和社会保障局"}),
            "县市场和质量监督管理局 县人力资源和社会保障局")
      << "市场 and 资源 are no units";
  EXPECT_EQ(Parse({U"市公共资源交易与政府采购中心、县科学技术和工业信息化局"}),
            "市公共资源交易与政府采购中心 县科学技术和工业信息化局");
  EXPECT_EQ(Parse({U"县行政学院和县委党校、县人社局及医保局"}),
            "县行政学院 县委党校 县人社局 医保局");
}

TEST(Units, ArePartedWhereOnlyTheSpaceBetweenThemIsLost) {
  EXPECT_EQ(Parse({U"县府办县司法局县财政局"}), "县府办 县司法局 县财政局");
  EXPECT_EQ(Parse({U"县公安局/县水利局"}), "县公安局 县水利局");
  EXPECT_EQ(Parse({U"县委县政府督查室、县住建局市政处"}), "县委县政府督查室 县住建局市政处");
  EXPECT_EQ(Parse({U"市生态环境局县分局"}), "市生态环境局县分局");
}

TEST(Units, OfOneGroupPhraseStayTogether) {
  EXPECT_EQ(Parse({U"各省、自治区、直辖市人民政府、审计署"}),
            "@各省、自治区、直辖市人民政府 审计署");
  EXPECT_EQ(Parse({U"各县（市）、区人民政府，市政府各委、办、局"}),
            "@各县（市）、区人民政府 @市政府各委、办、局");
  EXPECT_EQ(Parse({U"各镇、街道、开发区及县直有关部门"}), "@各镇、街道、开发区 ?县直有关部门");
  EXPECT_EQ(Parse({U"市直各部门、单位"}), "@市直各部门、单位");
  EXPECT_EQ(Parse({U"各乡镇人民政府、街道办事处"}), "@各乡镇人民政府 @街道办事处");
  EXPECT_EQ(Parse({U"各县、市政府各部门"}), "@各县 @市政府各部门");
}

TEST(Units, AreNotWhatOnlyStandsInTheirPlace) {
  for (const TextView text : {U"长期", U"已完成", U"略", U"/", U"—", U"2023年12月底前",
                              U"具体见附件", U"按职责分工", U"张三", U"下同"}) {
    EXPECT_EQ(Parse({Text(text)}), "") << EncodeUtf8(text);
  }
  EXPECT_EQ(Parse({U"各单位主要负责人"}), "@各单位");
  EXPECT_EQ(Parse({U"县水利局，以下统称各部门，县林业局，2023年底前"}), "县水利局 县林业局");
}

TEST(Units, KeepBracketsWhole) {
  EXPECT_EQ(Parse({U"县水利局，以下统称各县（区）政府"}), "县水利局");
  EXPECT_EQ(Parse({U"各市（含东陵市，下同）人民政府、省水利厅"}),
            "@各市（含东陵市，下同）人民政府 省水利厅");
  EXPECT_EQ(Parse({U"各镇（街道、场）、各乡镇（街道）政府（办事处）"}),
            "@各镇（街道、场） @各乡镇（街道）政府（办事处）");
  EXPECT_EQ(Parse({U"县委宣传部（县政府新闻办）、县大数据局(县政务中心、县热线办)牵头"}),
            "*县委宣传部（县政府新闻办） *县大数据局(县政务中心、县热线办)");
  EXPECT_EQ(Parse({U"县水利局（县河长办、县林业局"}), "县水利局（县河长办 县林业局");
}

TEST(Units, AreOpenEndedWhereNobodyCanSayWhoIsMeant) {
  EXPECT_EQ(Parse({U"市直有关部门、单位，各县政府"}), "?市直有关部门、单位 @各县政府");
  EXPECT_EQ(Parse({U"县林业局、县水利局等有关部门"}), "县林业局 县水利局 ?有关部门");
  EXPECT_EQ(Parse({U"县林业局等部门"}), "县林业局 ?等部门");
  EXPECT_EQ(Parse({U"县林业局等"}), "县林业局 ?等");
  EXPECT_EQ(Parse({U"相关镇（街道）、县政府有关部门"}), "?相关镇（街道） ?县政府有关部门");
  EXPECT_EQ(Parse({U"县林业局等领导小组成员单位"}), "县林业局 ?等领导小组成员单位");
  EXPECT_EQ(Parse({U"县高等院校、县粮食行业协会"}), "县高等院校 县粮食行业协会");
}

TEST(Units, StandOnLinesOfTheirOwn) {
  EXPECT_EQ(Parse({U"县林业局", U"县人行", U"县水利局"}), "县林业局 县人行 县水利局");
  EXPECT_EQ(Parse({U"市公共资源交易中心", U"溪云县分中心", U"县水利局"}),
            "市公共资源交易中心溪云县分中心 县水利局");
  EXPECT_EQ(Parse({U"县发展和改", U"革局、县水利局"}), "县发展和改革局 县水利局");
  EXPECT_EQ(Parse({U"县财政局牵头，", U"县直各部门负责"}), "*县财政局 @县直各部门");
  EXPECT_EQ(Parse({U"各县（市、区）", U"人民政府、县水利局"}), "@各县（市、区）人民政府 县水利局");
}

TEST(Units, CountOnceHoweverOftenTheyAreNamed) {
  EXPECT_EQ(Parse({U"县府办、各镇（场）政府、各镇（场）政府负责"}), "县府办 @各镇（场）政府");
}

TEST(Units, OfAnEmptyCellAreNone) { EXPECT_EQ(Parse({}), ""); }

}  // namespace
}  // namespace gongkai::plans::importer
