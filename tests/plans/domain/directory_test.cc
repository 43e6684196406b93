#include "services/plans/domain/directory.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

Directory County() {
  return Directory({{1, BodyKind::kDepartment, {"县发展和改革局", "县物价局"}},
                    {2, BodyKind::kDepartment, {"县水务局"}},
                    {3, BodyKind::kTown, {"东山镇"}},
                    {4, BodyKind::kVerticalAgency, {"市生态环境局青禾分局"}},
                    {5, BodyKind::kDepartment, {"县融媒体中心"}},
                    {6, BodyKind::kPublicInstitution, {"青禾县融媒体中心"}}},
                   {}, {"青禾县", "云州市"});
}

std::optional<std::pair<int, NameMatch>> Found(std::string_view name) {
  const auto found = County().Resolve(name);
  if (!found) return std::nullopt;
  return std::pair(found->unit, found->how);
}

TEST(DirectoryResolve, FindsByOfficialNameAliasAndLevelPrefix) {
  EXPECT_EQ(Found("县发展和改革局"), std::pair(1, NameMatch::kName));
  EXPECT_EQ(Found("县 物价局"), std::pair(1, NameMatch::kAlias));
  EXPECT_EQ(Found("发展和改革局"), std::pair(1, NameMatch::kPrefix));
  EXPECT_EQ(Found("青禾县发展和改革局"), std::pair(1, NameMatch::kPrefix));
  EXPECT_EQ(Found("青禾县东山镇"), std::pair(3, NameMatch::kPrefix));
  EXPECT_EQ(Found("云州市生态环境局青禾县分局"), std::pair(4, NameMatch::kPrefix));
}

TEST(DirectoryResolve, NeverGuesses) {
  EXPECT_EQ(Found("县发改局"), std::nullopt);        // a short form that is no alias
  EXPECT_EQ(Found("市发展和改革局"), std::nullopt);  // of another level
  EXPECT_EQ(Found("融媒体中心"), std::nullopt);      // could be either of two
  EXPECT_EQ(Found(""), std::nullopt);
}

TEST(DirectoryResolve, LeadsFromAFormerUnitToTheOneThatTookOver) {
  const Directory directory(
      {{1, BodyKind::kDepartment, {"县水务局"}}, {2, BodyKind::kDepartment, {"县审批局"}}}, {},
      {"青禾县", "云州市"},
      {{3, {"县水利局", "县水保站"}, 1}, {4, {"县行政服务中心", "县审批局"}, 1}});
  const auto found = [&](std::string_view name) {
    const auto unit = directory.Resolve(name);
    return unit ? std::optional(std::pair(unit->unit, unit->how)) : std::nullopt;
  };
  EXPECT_EQ(found("县水利局"), std::pair(1, NameMatch::kSuccessor));
  EXPECT_EQ(found("青禾县水保站"), std::pair(1, NameMatch::kSuccessor));
  // A name that a unit bears now is never a former unit's.
  EXPECT_EQ(found("县审批局"), std::pair(2, NameMatch::kName));
  EXPECT_EQ(found("青禾县审批局"), std::pair(2, NameMatch::kPrefix));
  // The plan's own new units do not make it forget.
  EXPECT_EQ(directory.With({"县数据局"}).Find("县水利局"), 1);
}

TEST(DirectoryExpand, PutsTheUnitThatTookOverIntoAListOfUnits) {
  const Directory directory({{1, BodyKind::kDepartment, {"县水务局"}}},
                            {{"涉水单位", {}, {1, 2, 3}}}, {}, {{2, {"县水利局"}, 1}});
  EXPECT_EQ(directory.Expand({.text = "涉水单位", .kind = UnitKind::kGroup}), std::vector{1});
}

TEST(DirectoryResolve, DoesNotChooseBetweenTheSuccessorsOfTwoUnitsWithOneBareName) {
  const Directory directory(
      {{1, BodyKind::kDepartment, {"县水务局"}}, {2, BodyKind::kDepartment, {"县林业局"}}}, {},
      {"青禾县", "云州市"}, {{3, {"县园林站"}, 1}, {4, {"青禾县园林站"}, 2}});
  EXPECT_EQ(directory.Find("县园林站"), 1);
  EXPECT_EQ(directory.Find("园林站"), std::nullopt);
}

TEST(DirectoryNearest, SuggestsTheMostAlikeFirst) {
  const auto nearest = County().Nearest("县发改局");
  ASSERT_EQ(nearest.size(), 1u);
  EXPECT_EQ(nearest[0].name, "县发展和改革局");
  EXPECT_GE(nearest[0].similarity, 0.9);
  EXPECT_EQ(County().Nearest("县水利局").at(0).name, "县水务局");
  EXPECT_EQ(County().Nearest("融媒体中心").size(), 2u);
  EXPECT_TRUE(County().Nearest("某某公司").empty());
}

}  // namespace
}  // namespace gongkai::plans
