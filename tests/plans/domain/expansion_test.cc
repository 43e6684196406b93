#include "services/plans/domain/expansion.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

Directory County() {
  return Directory({{1, BodyKind::kDepartment, {"县政府办公室", "县府办"}},
                    {2, BodyKind::kDepartment, {"县财政局"}},
                    {3, BodyKind::kPartyOrgan, {"县委编办"}},
                    {4, BodyKind::kTown, {"东山镇"}},
                    {5, BodyKind::kStreet, {"西湖街道"}},
                    {6, BodyKind::kDevelopmentZone, {"经济开发区"}},
                    {7, BodyKind::kVerticalAgency, {"市生态环境局分局"}}},
                   {{"行政执法部门", {}, {2, 7}}});
}

ParsedUnit Unit(const char* text, UnitRole role = UnitRole::kResponsible) {
  return {text, role, UnitKind::kUnit};
}
ParsedUnit Group(const char* text, UnitRole role = UnitRole::kResponsible) {
  return {text, role, UnitKind::kGroup};
}

std::vector<int> Numbers(std::vector<ParsedUnit> units) {
  ParsedTask task;
  task.units = std::move(units);
  std::vector<int> numbers;
  for (const auto& unit : ExpandUnits(task, County())) numbers.push_back(unit.unit);
  return numbers;
}

using Units = std::vector<int>;

TEST(Expansion, FindsAUnitByItsNameAndByItsAliases) {
  EXPECT_EQ(Numbers({Unit("县政府办公室")}), Units{1});
  EXPECT_EQ(Numbers({Unit("县府办")}), Units{1});
  EXPECT_EQ(Numbers({Unit("县 府 办")}), Units{1});
}

TEST(Expansion, TownsAndStreetsAreMeantByTheirPhrase) {
  EXPECT_EQ(Numbers({Group("各镇（街道）")}), (Units{4, 5}));
  EXPECT_EQ(Numbers({Group("各镇(街道)")}), (Units{4, 5}));
  EXPECT_EQ(Numbers({Group("各镇")}), Units{4});
}

TEST(Expansion, AllDepartmentsIncludeThePartysUnlessTheGovernmentsAreMeant) {
  EXPECT_EQ(Numbers({Group("县直各部门")}), (Units{1, 2, 3}));
  EXPECT_EQ(Numbers({Group("县政府各部门")}), (Units{1, 2}));
}

TEST(Expansion, AnOpenEndMeansNobodyUntilTheOfficeDefinesIt) {
  EXPECT_EQ(Numbers({{"相关部门", UnitRole::kResponsible, UnitKind::kOpenEnded}}), Units{});
  EXPECT_EQ(Numbers({{"行政执法部门", UnitRole::kResponsible, UnitKind::kOpenEnded}}),
            (Units{2, 7}));
}

TEST(Expansion, AUnitOwesATaskOnceInItsWeightiestRole) {
  ParsedTask task;
  task.units = {Group("县直各部门"), Unit("县财政局", UnitRole::kLead),
                Unit("县府办", UnitRole::kSupporting)};
  const auto units = ExpandUnits(task, County());
  ASSERT_EQ(units.size(), 3u);
  EXPECT_EQ(units[0], (ExpandedUnit{1, UnitRole::kResponsible, "县直各部门"}));
  EXPECT_EQ(units[1], (ExpandedUnit{2, UnitRole::kLead, "县财政局"}));
  EXPECT_EQ(units[2], (ExpandedUnit{3, UnitRole::kResponsible, "县直各部门"}));
}

TEST(Expansion, ListsTheNamesThatTheDirectoryDoesNotHaveOnce) {
  ParsedTask task;
  task.units = {Unit("县水务局"), Unit("县财政局"), Unit("县水务局"), Group("各镇")};
  EXPECT_EQ(UnknownUnits({task, task}, County()), std::vector<std::string>{"县水务局"});
}

TEST(Expansion, CountsTheUnitsThatAnImportWouldAdd) {
  const Directory empty({}, {});
  const ParsedUnit departments = Group("县直各部门");
  EXPECT_TRUE(empty.Expand(departments).empty());
  EXPECT_EQ(empty.With({"县水务局", "东山镇"}).Expand(departments), Units{1});
}

TEST(GuessKind, FollowsTheName) {
  const std::pair<const char*, BodyKind> cases[] = {
      {"县发展和改革局", BodyKind::kDepartment},
      {"县委宣传部", BodyKind::kPartyOrgan},
      {"市生态环境局东山分局", BodyKind::kVerticalAgency},
      {"县税务局", BodyKind::kVerticalAgency},
      {"县大数据中心", BodyKind::kPublicInstitution},
      {"县供电公司", BodyKind::kEnterprise},
      {"东山镇", BodyKind::kTown},
      {"西湖街道办事处", BodyKind::kStreet},
      {"经济开发区管委会", BodyKind::kDevelopmentZone},
  };
  for (const auto& [name, kind] : cases) EXPECT_EQ(GuessKind(name), kind) << name;
}

TEST(UnknownUnits, AreListedOnceHoweverTheirDivisionIsWritten) {
  const Directory directory({{1, BodyKind::kDepartment, {"县财政局"}}}, {}, {"青禾县", "云州市"});
  std::vector<ParsedTask> tasks(2);
  tasks[0].units = {Unit("县水务局"), Unit("青禾县财政局")};
  tasks[1].units = {Unit("青禾县水务局"), Unit("水务局"), Unit("市水务局")};
  EXPECT_EQ(UnknownUnits(tasks, directory), (std::vector<std::string>{"县水务局", "市水务局"}));
}

}  // namespace
}  // namespace gongkai::plans
