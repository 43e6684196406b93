#include "services/plans/domain/plan_copy.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

CivilDate Day(const char* iso) { return *ParseDate(iso); }

ParsedPlan LastYear() {
  ParsedPlan plan{.title = "2024年政务公开工作要点",
                  .document_number = "青政办发〔2024〕1号",
                  .year = 2024,
                  .issue_date = Day("2024-03-01")};
  plan.tasks.push_back(
      {.ordinal = "1",
       .requirement = "更新目录。",
       .units = {{"县财政局", UnitRole::kLead, UnitKind::kUnit}},
       .due = {.text = "2024年6月底前", .kind = DueKind::kFixed, .date = Day("2024-06-30")},
       .source = SourceSpan{3, 9}});
  return plan;
}

TEST(PlanCopy, MovesDueRulesAndTheYearInTheirTexts) {
  const auto copy = CopyForYear(LastYear(), 2025);
  EXPECT_EQ(copy.year, 2025);
  EXPECT_EQ(copy.title, "2025年政务公开工作要点");
  EXPECT_EQ(copy.tasks[0].due.text, "2025年6月底前");
  EXPECT_EQ(copy.tasks[0].due.date, Day("2025-06-30"));
  EXPECT_EQ(copy.tasks[0].units, LastYear().tasks[0].units);
}

TEST(PlanCopy, LeavesWhatBelongsToTheOldDocument) {
  const auto copy = CopyForYear(LastYear(), 2025);
  EXPECT_EQ(copy.document_number, "");
  EXPECT_FALSE(copy.issue_date);
  EXPECT_FALSE(copy.tasks[0].source);
  EXPECT_TRUE(copy.issues.empty());
}

TEST(PlanCopy, ListsRequirementsThatNameTheOldYearAndKeepsThemAsWritten) {
  auto plan = LastYear();
  plan.tasks[0].requirement = "公布2024年预算。";
  const auto copy = CopyForYear(plan, 2025);
  EXPECT_EQ(copy.tasks[0].requirement, "公布2024年预算。");
  ASSERT_EQ(copy.issues.size(), 1u);
  EXPECT_EQ(copy.issues[0].code, "REQUIREMENT_NAMES_YEAR");
  EXPECT_NE(copy.issues[0].message.find("第1项"), std::string::npos);
}

TEST(PlanCopy, MakesTheLeapDayTheTwentyEighth) {
  EXPECT_EQ(MoveYears(Day("2024-02-29"), 1), Day("2025-02-28"));
  EXPECT_EQ(MoveYears(Day("2024-02-29"), 4), Day("2028-02-29"));
}

}  // namespace
}  // namespace gongkai::plans
