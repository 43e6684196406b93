#include "services/plans/domain/plan_diff.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

ParsedTask Task(std::string ordinal, std::string requirement, std::string heading = "重点任务") {
  return {.ordinal = std::move(ordinal),
          .section_path = {std::move(heading)},
          .requirement = std::move(requirement)};
}

const char kBudget[] = "按规定公开财政预算、决算和“三公”经费，细化到支出项级科目。";
const char kBudgetReworded[] = "按规定公开财政预算、决算和绩效目标，细化到支出项级科目。";
const char kPolicy[] = "政策文件公布后三个工作日内发布解读材料，主要负责人带头解读。";
const char kHotline[] = "做好政务服务热线的日常管理，定期公布办理情况。";

std::vector<std::pair<std::size_t, std::size_t>> Pairs(const std::vector<TaskMatch>& matches) {
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (const auto& match : matches) pairs.emplace_back(match.before, match.after);
  return pairs;
}

using P = std::vector<std::pair<std::size_t, std::size_t>>;

TEST(PlanDiff, FindsATaskThatWasRenumberedAgain) {
  const auto matches = MatchTasks({Task("1", kBudget), Task("2", kPolicy)},
                                  {Task("1", kHotline), Task("2", kBudget), Task("3", kPolicy)});
  EXPECT_EQ(Pairs(matches), (P{{0, 1}, {1, 2}}));
  EXPECT_EQ(matches[0].reason, MatchReason::kSameText);
  EXPECT_EQ(matches[0].similarity, 100);
  EXPECT_EQ(matches[0].score, 90);
}

TEST(PlanDiff, FindsATaskThatWasRewordedAgain) {
  const auto matches = MatchTasks({Task("1", kBudget)}, {Task("4", kBudgetReworded, "其他任务")});
  ASSERT_EQ(Pairs(matches), (P{{0, 0}}));
  EXPECT_EQ(matches[0].reason, MatchReason::kSimilarText);
  EXPECT_GE(matches[0].similarity, 50);
  EXPECT_LT(matches[0].similarity, 100);
  EXPECT_EQ(matches[0].score, matches[0].similarity * 8 / 10);
}

TEST(PlanDiff, TakesAMostlyRewrittenTaskForTheSameOnlyInItsPlace) {
  const char before[] = "建立政府网站信息内容审核制度并严格执行，每月检查一次。";
  const char after[] = "政府网站信息内容由专人负责审核，发布前履行三级审签手续，每季度通报。";
  const int similarity = SimilarityOf(before, after);
  ASSERT_GE(similarity, 25);
  ASSERT_LT(similarity, 50);
  const auto matches = MatchTasks({Task("7", before)}, {Task("7", after)});
  ASSERT_EQ(Pairs(matches), (P{{0, 0}}));
  EXPECT_EQ(matches[0].reason, MatchReason::kSamePlace);
  EXPECT_TRUE(MatchTasks({Task("7", before)}, {Task("8", after)}).empty());
  EXPECT_TRUE(MatchTasks({Task("7", before)}, {Task("7", after, "其他任务")}).empty());
}

TEST(PlanDiff, TakesAnotherTaskUnderTheSameNumberForNew) {
  EXPECT_TRUE(MatchTasks({Task("1", kBudget)}, {Task("1", kHotline)}).empty());
}

TEST(PlanDiff, PrefersTheSameTextToTheSameNumber) {
  const auto matches = MatchTasks({Task("1", kBudget)},
                                  {Task("1", kBudgetReworded), Task("2", kBudget, "其他任务")});
  EXPECT_EQ(Pairs(matches), (P{{0, 1}}));
}

TEST(PlanDiff, TellsRowsOfOneTextApartByTheirUnits) {
  auto town = Task("1", kPolicy);
  town.units = {{"东山镇", UnitRole::kResponsible, UnitKind::kUnit}};
  auto bureau = Task("1", kPolicy);
  bureau.units = {{"县财政局", UnitRole::kResponsible, UnitKind::kUnit}};
  EXPECT_EQ(Pairs(MatchTasks({town, bureau}, {bureau, town})), (P{{1, 0}, {0, 1}}));
}

TEST(PlanDiff, DoesNotTakeASharedHeadingForASharedTask) {
  auto before = Task("1", "公开义务教育招生范围和程序。");
  auto after = Task("2", "通报食品抽检不合格产品。");
  before.section_path = after.section_path = {"推进重点民生领域信息公开工作落地见效"};
  before.title = after.title = before.section_path.back();
  EXPECT_TRUE(MatchTasks({before}, {after}).empty());
}

TEST(PlanDiff, IgnoresWidthSpacesAndPunctuationInTexts) {
  EXPECT_EQ(SimilarityOf("公开目录，２次", "公开目录, 2次。"), 100);
  EXPECT_EQ(SimilarityOf("公开目录", "财政预算"), 0);
  EXPECT_LT(SimilarityOf("甲乙甲乙甲", "甲乙甲"), 100);
}

TEST(PlanDiff, NamesTheFieldsThatDiffer) {
  auto before = Task("1", kBudget);
  before.units = {{"县财政局", UnitRole::kLead, UnitKind::kUnit},
                  {"各镇", UnitRole::kResponsible, UnitKind::kGroup}};
  auto after = before;
  std::swap(after.units[0], after.units[1]);
  after.source = SourceSpan{1, 2};
  EXPECT_TRUE(ChangedFields(before, after).empty());
  after.units[0].role = UnitRole::kSupporting;
  after.due.kind = DueKind::kOngoing;
  after.ordinal = "2";
  EXPECT_EQ(ChangedFields(before, after), (std::vector<std::string>{"ordinal", "units", "due"}));
}

TEST(PlanDiff, PairsThousandsOfTasksThatMoved) {
  std::vector<ParsedTask> before;
  for (int i = 0; i < 2000; ++i) {
    before.push_back(Task(std::to_string(i), std::string(kBudget) + std::to_string(i * 7919)));
  }
  const std::vector<ParsedTask> after(before.rbegin(), before.rend());
  const auto matches = MatchTasks(before, after);
  ASSERT_EQ(matches.size(), before.size());
  for (const auto& match : matches) EXPECT_EQ(match.before, before.size() - 1 - match.after);
}

}  // namespace
}  // namespace gongkai::plans
