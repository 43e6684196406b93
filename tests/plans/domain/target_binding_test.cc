#include "services/plans/domain/target_binding.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

using enum CountedSource;

struct WordCase {
  const char* metric;
  const char* unit;
  TargetBinding expected;
};

std::optional<TargetBinding> Bind(const char* metric, const char* unit) {
  return BindingByWords({.text = metric, .metric = metric, .unit = unit}, metric);
}

TEST(TargetBinding, FollowsFromClearWords) {
  const WordCase cases[] = {
      {"解读", "次", {.source = kInterpretations}},
      {"政策解读", "篇", {.source = kInterpretations}},
      {"视频解读", "条", {.source = kInterpretations, .forms = {"VIDEO"}}},
      {"发布会", "场", {.source = kInterpretations, .forms = {"PRESS_CONFERENCE"}}},
      {"政策例行吹风会", "场", {.source = kInterpretations, .forms = {"PRESS_CONFERENCE"}}},
      {"政策评价", "次", {.source = kActivities, .activity_kind = "POLICY_EVALUATION"}},
      {"政府开放日", "次", {.source = kActivities, .activity_kind = "OPEN_DAY"}},
      {"向公众开放", "次", {.source = kActivities, .activity_kind = "OPEN_DAY"}},
      {"邀请代表列席县政府常务会议",
       "次",
       {.source = kActivities, .activity_kind = "PUBLIC_ATTENDANCE"}},
      {"政务公开业务培训", "次", {.source = kActivities, .activity_kind = "TRAINING"}},
      {"政务公开领导小组会议",
       "次",
       {.source = kActivities, .activity_kind = "LEADING_GROUP_MEETING"}},
      {"听取政务公开工作汇报", "次", {.source = kActivities, .activity_kind = "HEAD_BRIEFING"}},
      {"解读形式", "种", {.source = kFormsPerDocument}},
      {"多形式解读", "种", {.source = kFormsPerDocument}},
      {"多元化解读率", "%", {.source = kFormRate}},
      {"解读率", "%", {.source = kInterpretationRate}},
      {"政策文件解读率", "%", {.source = kInterpretationRate}},
  };
  for (const auto& c : cases) EXPECT_EQ(Bind(c.metric, c.unit), c.expected) << c.metric;
}

TEST(TargetBinding, IsLeftToAPersonWhereTheWordsSayMoreOrLess) {
  const std::pair<const char*, const char*> cases[] = {
      {"茶叶政策评价", "次"}, {"满意率", "%"},    {"重点政策解读", "%"}, {"培训和汇报", "次"},
      {"专区", "个"},         {"解读", "种"},     {"解读率", "次"},      {"图文解读率", "%"},
      {"专职人员", "名"},     {"栏目更新", "次"}, {"渔民评议", "次"},    {"", "次"},
  };
  for (const auto& [metric, unit] : cases) EXPECT_FALSE(Bind(metric, unit)) << metric << unit;
}

TEST(TargetBinding, TakesTheHeadFromTheSentenceOfTheClause) {
  const Target target{.text = "每年解读政策不少于2次", .metric = "解读政策", .unit = "次"};
  const TargetBinding head{.source = kInterpretations, .interpreter = "PRINCIPAL_HEAD"};
  const TargetBinding anybody{.source = kInterpretations};
  EXPECT_EQ(BindingByWords(target, "做好公开。主要负责人带头宣讲，每年解读政策不少于2次。"), head);
  EXPECT_EQ(BindingByWords(target, "主要负责人要重视公开。每年解读政策不少于2次。"), anybody);
  EXPECT_EQ(BindingByWords(target, "每年解读政策不少于2次；主要负责人要重视。"), anybody);
}

}  // namespace
}  // namespace gongkai::plans
