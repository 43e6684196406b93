#include "services/plans/domain/unit_names.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

const DivisionNames kCounty{"青禾县", "云州市"};
const DivisionNames kCountyCity{"临泉市", "云州市"};

TEST(BareName, LeavesOutOfWhichDivisionAUnitIs) {
  for (auto name :
       {"发展和改革局", "县发展和改革局", "青禾县发展和改革局", "青禾县 发展和改革局"}) {
    EXPECT_EQ(BareName(name, kCounty), "发展和改革局") << name;
  }
  EXPECT_EQ(BareName("市财政局", kCountyCity), "财政局");
}

TEST(BareName, KeepsWhoseBranchABranchIs) {
  for (auto name : {"市生态环境局青禾分局", "市生态环境局青禾县分局", "云州市生态环境局青禾分局",
                    "市生态环境局县分局", "市生态环境局分局"}) {
    EXPECT_EQ(BareName(name, kCounty), "市生态环境局分局") << name;
  }
  EXPECT_EQ(BareName("云州市生态环境局临泉分局", kCountyCity), "市生态环境局分局");
}

TEST(BareName, OfAnotherLevelIsAnotherUnit) {
  EXPECT_EQ(BareName("市财政局", kCounty), "市财政局");
  EXPECT_EQ(BareName("区财政局", kCounty), "区财政局");
}

TEST(BareName, IsNeverShorterThanTwoCharacters) {
  EXPECT_EQ(BareName("青禾县残联", kCounty), "残联");
  EXPECT_EQ(BareName("县委", kCounty), "县委");
  EXPECT_EQ(BareName("分局", kCounty), "分局");
  EXPECT_EQ(BareName("", kCounty), "");
}

TEST(Similarity, IsHighForAShortForm) {
  EXPECT_GE(Similarity("发改局", "发展和改革局"), 0.9);
  EXPECT_GE(Similarity("农业农村和水利局", "农水局"), 0.9);
  EXPECT_LT(Similarity("财政局", "审计局"), 0.5);
  EXPECT_DOUBLE_EQ(Similarity("财政局", "财政局"), 1.0);
  EXPECT_DOUBLE_EQ(Similarity("", "财政局"), 0.0);
}

}  // namespace
}  // namespace gongkai::plans
