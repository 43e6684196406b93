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
      {U"文件解读形式不少于5种（含），其他文件不少于2种。",
       "文件解读形式 >= 5种 EACH_UNIT; 文件解读形式 >= 2种 EACH_UNIT"},
      {U"县新闻办全年召开发布会不少于20场，各镇每季度至少召开1场。",
       "发布会 >= 20场 YEAR EACH_UNIT; 发布会 >= 1场 QUARTER EACH_UNIT"},
      {U"答复率100%，办结率达到98%以上，满意率力争达到95%。",
       "答复率 >= 100% EACH_UNIT; 办结率 >= 98% EACH_UNIT; 满意率 >= 95% EACH_UNIT soft"},
      {U"接通率保持在95%以上，公开率提高到90%。",
       "接通率 >= 95% EACH_UNIT; 公开率 >= 90% EACH_UNIT"},
      {U"公众列席不少于6人次/年。", "公众列席 >= 6人次 YEAR EACH_UNIT"},
      {U"按时答复率、合规率均达100%。", "按时答复率 >= 100% EACH_UNIT; 合规率 >= 100% EACH_UNIT"},
      {U"每季度至少发布2篇解读稿。", "解读稿 >= 2篇 QUARTER EACH_UNIT"},
      {U"开展1次政务公开自查、2次抽查。", "政务公开自查 >= 1次 EACH_UNIT; 抽查 >= 2次 EACH_UNIT"},
      {U"各单位每周更新信息不少于2条。", "更新信息 >= 2条 EACH_UNIT"},
      {U"60%以上的政策文件配有图解。", "政策文件配有图解 >= 60% EACH_UNIT"},
      {U"确保四分之三以上的政策文件有人讲。", "政策文件有人讲 >= 75% EACH_UNIT"},
      {U"到会率不低于五分之四。", "到会率 >= 80% EACH_UNIT"},
      {U"每学期开展1次进校园活动。", "进校园活动 >= 1次 HALF_YEAR EACH_UNIT"},
      {U"新建便民查阅点30家。", "便民查阅点 >= 30家 EACH_UNIT"},
      {U"邀请代表列席县政府会议，全年不少于6次。", "邀请代表列席县政府会议 >= 6次 YEAR DIVISION"},
      {U"图表、短片等多样解读比例不低于70%。", "多样解读比例 >= 70% EACH_UNIT"},
      {U"省级部门决算公开率达到100%，市县不低于95%。",
       "决算公开率 >= 100% EACH_UNIT; 决算公开率 >= 95% EACH_UNIT"},
      {U"各市、各部门培训不少于2次。", "培训 >= 2次 EACH_UNIT"},
      {U"实现标准目录全覆盖。", "标准目录覆盖率 >= 100% EACH_UNIT"},
      {U"重点政策100%解读，图解比例达到六成以上。",
       "重点政策解读 >= 100% EACH_UNIT; 图解比例 >= 60% EACH_UNIT"},
      {U"解读数不低于应解读文件的60%。", "解读数 >= 60% EACH_UNIT"},
      {U"全年组织培训两次以上（含两次），举办开放日不少于3次。",
       "培训 >= 2次 YEAR EACH_UNIT; 开放日 >= 3次 YEAR EACH_UNIT"},
      {U"每年至少开展1次培训、1次第三方评估、2次调度。",
       "培训 >= 1次 YEAR EACH_UNIT; 第三方评估 >= 1次 YEAR EACH_UNIT; 调度 >= 2次 YEAR EACH_UNIT"},
      {U"县级每年不少于4次，乡镇（街道）每年不少于2次向公众开放。",
       "向公众开放 >= 4次 YEAR DIVISION; 向公众开放 >= 2次 YEAR EACH_UNIT"},
      {U"开展政策评价5次以上，各部门、镇街2次以上。",
       "政策评价 >= 5次 EACH_UNIT; 政策评价 >= 2次 EACH_UNIT"},
      {U"开展业务培训1次，吹风会每年举办2场。",
       "业务培训 >= 1次 EACH_UNIT; 吹风会 >= 2场 YEAR EACH_UNIT"},
      {U"栏目至少每季度更新一次，每月抽查不少于30%的网站。",
       "栏目更新 >= 1次 QUARTER EACH_UNIT; 抽查网站 >= 30% MONTH EACH_UNIT"},
      {U"领导全年至少有1次参加发布会，分管负责人不少于2次。",
       "参加发布会 >= 1次 YEAR EACH_UNIT; 参加发布会 >= 2次 YEAR EACH_UNIT"},
      {U"负责同志每年应出席一次发布会，发言人至少每季度出席一次。",
       "发布会 >= 1次 YEAR EACH_UNIT; 发布会 >= 1次 QUARTER EACH_UNIT"},
      {U"每年至少组织一次。", "组织 >= 1次 YEAR EACH_UNIT"},
      {U"内容每周至少更新1次。", "内容更新 >= 1次 EACH_UNIT"},
      {U"每季度召开1至2次例会。", "例会 >= 1次 QUARTER EACH_UNIT"},
      {U"办事跑动次数控制在1次以内。", "办事跑动 <= 1次 EACH_UNIT"},
      {U"每年新增10个示范点，打造3个专区。",
       "示范点 >= 10个 YEAR EACH_UNIT; 专区 >= 3个 EACH_UNIT"},
  };
  for (const TargetCase& c : cases) {
    EXPECT_EQ(Show(FindTargets(c.text)), c.expected) << EncodeUtf8(c.text);
  }
}

TEST(Targets, AreNotEveryNumber) {
  for (const TextView text : {U"公布100万元（含）以上的项目。",
                              U"许可时间再减少一半。",
                              U"完成后1个工作日内公开。",
                              U"落实“三同步”机制。",
                              U"条例实施10周年。",
                              U"力争“最多跑一次”。",
                              U"办好12345热线。",
                              U"公开50%退费政策。",
                              U"答复时间不得超过20个工作日。",
                              U"经费不低于10万元。",
                              U"进入全省前5名。",
                              U"推进“1+N”建设，用好“两微一端”。",
                              U"公布2022年生产总值数据。",
                              U"传达5次会议精神。",
                              U"已建成5个专区，累计培训20次。",
                              U"检查达到10人以上的单位。",
                              U"涉及3类事项、20个部门。",
                              U"比上年提高5个百分点。",
                              U"三分之二以上的村。",
                              U"推进目录全覆盖。",
                              U"2024年实现全覆盖。",
                              U"增长6%左右。",
                              U"公示时间不少于30日。",
                              U"目录每半年更新一次。",
                              U"一次性告知。",
                              U"第1次会议。",
                              U"全面支持互联网协议第六版。",
                              U""}) {
    EXPECT_EQ(Show(FindTargets(text)), "") << EncodeUtf8(text);
  }
}

TEST(Targets, KeepTheirClauseAsWritten) {
  EXPECT_EQ(FindTargets(U"带头讲解，每年解读新规不少于2次。")[0].text, "每年解读新规不少于2次");
}

}  // namespace
}  // namespace gongkai::plans::importer
