#include "services/plans/importer/targets.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

std::string Show(const Target& target) {
  const char* const comparators[] = {">=", "<=", "="};
  const char* const periods[] = {"MONTH", "QUARTER", "HALF_YEAR", "YEAR"};
  std::string shown = target.metric + " " + comparators[static_cast<int>(target.comparator)] + " " +
                      std::to_string(static_cast<int>(target.value)) + target.unit;
  if (target.period) shown += std::string(" ") + periods[static_cast<int>(*target.period)];
  shown += target.scope == TargetScope::kDivision ? " DIVISION" : " EACH_UNIT";
  return shown + (target.soft ? " soft" : "");
}

std::string Show(const std::vector<Target>& targets) {
  std::string shown;
  for (const Target& target : targets) shown += (shown.empty() ? "" : "; ") + Show(target);
  return shown;
}

struct TargetCase {
  TextView text;
  const char* expected;
};

TEST(Targets, AreDemandsInNumbers) {
  const TargetCase cases[] = {
      {U"带头讲解，每年解读新规不少于2次。", "解读新规 >= 2次 YEAR EACH_UNIT"},
      {U"各部门2024年图文解读率不低于60%。", "图文解读率 >= 60% YEAR EACH_UNIT"},
      {U"答复率达到95%以上。", "答复率 >= 95% EACH_UNIT"},
      {U"公开率100%。", "公开率 >= 100% EACH_UNIT"},
      {U"办结率不低于百分之九十。", "办结率 >= 90% EACH_UNIT"},
      {U"每年至少召开1次会议研究难题。", "会议 >= 1次 YEAR EACH_UNIT"},
      {U"每季度召开两次碰头会议。", "碰头会议 >= 2次 QUARTER EACH_UNIT"},
      {U"配备至少1名专职人员。", "专职人员 >= 1名 EACH_UNIT"},
      {U"各镇街至少建成1个有特色的试点村（社区）。", "试点村（社区） >= 1个 EACH_UNIT"},
      {U"年内邀请代表列席县政府常务会议不少于5次。",
       "邀请代表列席县政府常务会议 >= 5次 YEAR DIVISION"},
      {U"县级原则上每年至少开展3次政策评价，各部门不少于1次。",
       "政策评价 >= 3次 YEAR DIVISION soft; 政策评价 >= 1次 YEAR EACH_UNIT"},
      {U"以县政府名义印发的文件，采用多形式解读原则上不少于5种，以各部门名义印发的不少于2种。",
       "多形式解读 >= 5种 DIVISION soft; 多形式解读 >= 2种 EACH_UNIT"},
      {U"吹风会每季度不少于1场，全年不少于4场。",
       "吹风会 >= 1场 QUARTER EACH_UNIT; 吹风会 >= 4场 YEAR EACH_UNIT"},
      {U"主要负责人每半年至少解读1次。", "解读 >= 1次 HALF_YEAR EACH_UNIT"},
      {U"配备2名以上专职人员。", "专职人员 >= 2名 EACH_UNIT"},
      {U"力争满意率不低于90%。", "满意率 >= 90% EACH_UNIT soft"},
      {U"通报篇幅不超过3篇。", "通报篇幅 <= 3篇 EACH_UNIT"},
  };
  for (const TargetCase& c : cases) {
    EXPECT_EQ(Show(FindTargets(c.text)), c.expected) << EncodeUtf8(c.text);
  }
}

TEST(Targets, AreNotEveryNumber) {
  for (const TextView text :
       {U"公布100万元（含）以上的项目。", U"许可时间再减少一半。", U"完成后1个工作日内公开。",
        U"落实“三同步”机制。", U"条例实施10周年。", U"力争“最多跑一次”。", U"办好12345热线。",
        U"公示时间不少于30日。", U"目录每半年更新一次。", U"一次性告知。", U"第1次会议。",
        U"全面支持互联网协议第六版。", U""}) {
    EXPECT_EQ(Show(FindTargets(text)), "") << EncodeUtf8(text);
  }
}

TEST(Targets, KeepTheirClauseAsWritten) {
  EXPECT_EQ(FindTargets(U"带头讲解，每年解读新规不少于2次。")[0].text, "每年解读新规不少于2次");
}

}  // namespace
}  // namespace gongkai::plans::importer
