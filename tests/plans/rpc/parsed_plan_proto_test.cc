#include "services/plans/rpc/parsed_plan_proto.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

ParsedPlan FullPlan() {
  ParsedTask task{
      .ordinal = "1",
      .section_path = {"公开", "古树"},
      .title = "古树名录",
      .requirement = "公布名录。",
      .units = {{"县林业局", UnitRole::kLead, UnitKind::kUnit,
                 Origin{SourceSpan{5, 9}, Confidence::kHigh}},
                {"各镇（街道）", UnitRole::kSupporting, UnitKind::kGroup},
                {"有关部门", UnitRole::kResponsible, UnitKind::kOpenEnded}},
      .due = {.text = "年底前",
              .kind = DueKind::kFixed,
              .date = ParseDate("2024-12-31"),
              .origin = Origin{SourceSpan{10, 13}, Confidence::kMedium}},
      .further_due = {{.text = "按月", .kind = DueKind::kRecurring, .cadence = Cadence::kMonthly},
                      {.kind = DueKind::kRelative, .working_days = 5},
                      {.kind = DueKind::kRelative, .calendar_days = 7},
                      {.kind = DueKind::kOngoing},
                      UnstatedDue(2024, "及时")},
      .targets = {{.text = "每年不少于2次",
                   .metric = "讲解",
                   .comparator = Comparator::kAtLeast,
                   .value = 2,
                   .unit = "次",
                   .period = TargetPeriod::kYear,
                   .scope = TargetScope::kDivision,
                   .soft = true,
                   .origin = Origin{SourceSpan{0, 5}, Confidence::kHigh}}},
      .source = SourceSpan{0, 12},
      .ordinal_origin = Origin{std::nullopt, Confidence::kMedium},
      .title_origin = Origin{SourceSpan{1, 4}, Confidence::kMedium},
      .requirement_origin = Origin{SourceSpan{1, 6}, Confidence::kHigh}};
  return {.title = "2024年青禾县政务公开工作要点",
          .document_number = "青禾政办发〔2024〕12号",
          .division = "青禾县",
          .year = 2024,
          .issue_date = ParseDate("2024-04-18"),
          .tasks = {task},
          .issues = {{IssueSeverity::kWarning, "NO_UNIT", "请补充", SourceSpan{3, 4}},
                     {IssueSeverity::kNote, "ISSUE_DATE_MISSING", "请填写", std::nullopt}},
          .title_origin = Origin{SourceSpan{0, 9}, Confidence::kHigh},
          .document_number_origin = Origin{SourceSpan{9, 20}, Confidence::kHigh},
          .division_origin = Origin{SourceSpan{5, 8}, Confidence::kLow},
          .year_origin = Origin{SourceSpan{0, 5}, Confidence::kMedium},
          .issue_date_origin = Origin{SourceSpan{20, 30}, Confidence::kHigh}};
}

TEST(ParsedPlanProto, KeepsEverythingThereAndBack) {
  const ParsedPlan plan = FullPlan();
  const auto read = FromProto(ToProto(plan), "parsed_plan");
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(*read == plan);
}

TEST(ParsedPlanProto, TakesATaskWithoutADueRuleAsUnstated) {
  v1::ParsedPlan proto;
  proto.add_tasks()->set_requirement("公布名录。");
  const auto read = FromProto(proto, "parsed_plan");
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->tasks[0].due == UnstatedDue(0, ""));
}

struct FaultCase {
  void (*damage)(v1::ParsedPlan&);
  const char* field;
};

TEST(ParsedPlanProto, NamesTheFieldAtFault) {
  const FaultCase cases[] = {
      {[](v1::ParsedPlan& p) { p.set_issue_date("2024-02-30"); }, "parsed_plan.issue_date"},
      {[](v1::ParsedPlan& p) { p.mutable_tasks(0)->mutable_units(1)->clear_role(); },
       "parsed_plan.tasks[0].units[1].role"},
      {[](v1::ParsedPlan& p) {
         p.mutable_tasks(0)->mutable_units(0)->set_kind(static_cast<v1::ParsedUnit::Kind>(99));
       },
       "parsed_plan.tasks[0].units[0].kind"},
      {[](v1::ParsedPlan& p) { p.mutable_tasks(0)->mutable_units(0)->clear_text(); },
       "parsed_plan.tasks[0].units[0].text"},
      {[](v1::ParsedPlan& p) { p.mutable_tasks(0)->mutable_due()->clear_date(); },
       "parsed_plan.tasks[0].due.date"},
      {[](v1::ParsedPlan& p) { p.mutable_tasks(0)->mutable_further_due(0)->clear_cadence(); },
       "parsed_plan.tasks[0].further_due[0].cadence"},
      {[](v1::ParsedPlan& p) { p.mutable_tasks(0)->mutable_further_due(1)->set_working_days(0); },
       "parsed_plan.tasks[0].further_due[1].working_days"},
      {[](v1::ParsedPlan& p) { p.mutable_tasks(0)->mutable_further_due(1)->set_calendar_days(7); },
       "parsed_plan.tasks[0].further_due[1].calendar_days"},
      {[](v1::ParsedPlan& p) { p.mutable_tasks(0)->mutable_targets(0)->clear_scope(); },
       "parsed_plan.tasks[0].targets[0].scope"},
      {[](v1::ParsedPlan& p) { p.mutable_tasks(0)->mutable_source()->set_end(-1); },
       "parsed_plan.tasks[0].source"},
      {[](v1::ParsedPlan& p) { p.mutable_title_origin()->clear_confidence(); },
       "parsed_plan.title_origin.confidence"},
      {[](v1::ParsedPlan& p) { p.mutable_issues(0)->clear_severity(); },
       "parsed_plan.issues[0].severity"},
  };
  for (const FaultCase& c : cases) {
    v1::ParsedPlan proto = ToProto(FullPlan());
    c.damage(proto);
    const auto read = FromProto(proto, "parsed_plan");
    ASSERT_FALSE(read) << c.field;
    EXPECT_EQ(read.error().code, ErrorCode::kInvalidArgument);
    ASSERT_EQ(read.error().violations.size(), 1u) << c.field;
    EXPECT_EQ(read.error().violations[0].field, c.field);
  }
}

}  // namespace
}  // namespace gongkai::plans
