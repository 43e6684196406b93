#include "services/plans/importer/unit_aliases.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

std::string AliasesOf(const std::vector<std::string>& names) {
  ParsedTask task;
  for (const std::string& name : names) task.units.push_back({.text = name});
  std::string found;
  for (const UnitAlias& alias : FindAliases({task})) found += alias.alias + "=" + alias.name + " ";
  return found;
}

TEST(UnitAliases, AreShortNamesBesideFullOnes) {
  EXPECT_EQ(AliasesOf({"县发改局", "县财政局", "县发展和改革局"}), "县发改局=县发展和改革局 ");
  EXPECT_EQ(AliasesOf({"县住房和城乡建设局", "县住建局"}), "县住建局=县住房和城乡建设局 ");
  EXPECT_EQ(AliasesOf({"县行政审批局", "县行政审批服务局"}), "县行政审批局=县行政审批服务局 ");
}

TEST(UnitAliases, AreNotOtherUnits) {
  EXPECT_EQ(AliasesOf({"县财政局", "县司法局", "县医疗保障局"}), "");
  EXPECT_EQ(AliasesOf({"县发改局", "市发展和改革局"}), "") << "of another level";
  EXPECT_EQ(AliasesOf({"县教育局", "县教育服务中心"}), "") << "another kind of unit";
  EXPECT_EQ(AliasesOf({"县农业局"}), "");
}

TEST(UnitAliases, AreLeftOutWhereTwoNamesWouldDo) {
  EXPECT_EQ(AliasesOf({"县农水局", "县农业水利局", "县农村水务局"}), "");
}

}  // namespace
}  // namespace gongkai::plans::importer
