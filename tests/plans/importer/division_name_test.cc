#include "services/plans/importer/division_name.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

TEST(DivisionName, StandsInTheTitle) {
  EXPECT_EQ(EncodeUtf8(DivisionInTitle(U"2024年青禾县政务公开工作要点")), "青禾县");
  EXPECT_EQ(EncodeUtf8(DivisionInTitle(U"青禾县2024年政务公开工作要点")), "青禾县");
  EXPECT_EQ(EncodeUtf8(DivisionInTitle(U"北岭市溪云区2024年政务公开工作方案")), "溪云区");
  EXPECT_EQ(EncodeUtf8(DivisionInTitle(U"2024年青城区政务公开实施方案")), "青城区");
  EXPECT_EQ(EncodeUtf8(DivisionInTitle(U"2024年市桥区政务公开实施方案")), "市桥区");
  EXPECT_EQ(EncodeUtf8(DivisionInTitle(U"2024年全县政务公开工作要点")), "");
  EXPECT_EQ(EncodeUtf8(DivisionInTitle(U"2024年政务公开任务分解表")), "");
}

TEST(DivisionName, IsElseTheOneWhoseAuthoritiesAreNamedMost) {
  EXPECT_EQ(
      EncodeUtf8(DivisionNamedMost({U"市公共资源交易中心溪云县分中心",
                                    U"市生态环境局溪云县分局、青禾县政府", U"经济开发区政府"})),
      "溪云县");
  EXPECT_EQ(EncodeUtf8(DivisionNamedMost({U"全县政务公开", U"各县政府"})), "");
}

}  // namespace
}  // namespace gongkai::plans::importer
