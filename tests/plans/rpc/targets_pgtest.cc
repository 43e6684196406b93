// Targets counted from recorded acts, over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plans/support/policy_world.h"

namespace gongkai::plans {
namespace {

using testing::PolicyWorld;
using testing::Unit;
using Binding = v1::TargetBinding;
using Lines = std::vector<std::string>;

// The head of each unit interprets twice a year; the county evaluates three policies; 60 % of what
// is interpreted is in other forms than text; something that nobody records.
v1::ParsedPlan PlanWithTargets() {
  auto plan = testing::OneTask(
      {Unit("县财政局"), Unit("东山镇"), Unit("县府办", v1::ParsedUnit::SUPPORTING)});
  auto* task = plan.mutable_tasks(0);
  task->set_requirement(
      "主要负责人带头，每年解读不少于2次；全县原则上开展政策评价3次；多元化解读率不低于60%；"
      "每季度更新栏目1次。");
  const auto add = [&](const char* text, const char* metric, double value, const char* unit,
                       v1::Target::Period period, v1::Target::Scope scope) {
    auto* target = task->add_targets();
    target->set_text(text);
    target->set_metric(metric);
    target->set_comparator(v1::Target::AT_LEAST);
    target->set_value(value);
    target->set_unit(unit);
    target->set_period(period);
    target->set_scope(scope);
    return target;
  };
  add("每年解读不少于2次", "解读", 2, "次", v1::Target::YEAR, v1::Target::EACH_UNIT);
  add("全县原则上开展政策评价3次", "政策评价", 3, "次", v1::Target::PERIOD_UNSPECIFIED,
      v1::Target::DIVISION)
      ->set_soft(true);
  add("多元化解读率不低于60%", "多元化解读率", 60, "%", v1::Target::YEAR, v1::Target::EACH_UNIT);
  add("每季度更新栏目1次", "栏目更新", 1, "次", v1::Target::QUARTER, v1::Target::EACH_UNIT);
  return plan;
}

class Targets : public ::testing::Test {
 protected:
  v1::TaskTarget Get(int number) {
    v1::GetTaskTargetRequest request;
    request.set_name(Name(number));
    const auto target = world_.Call(*world_.targets, &v1::Targets::Stub::GetTaskTarget, request);
    EXPECT_TRUE(target) << target.error().message;
    return *target;
  }

  std::string Name(int number) const { return task_ + "/targets/" + std::to_string(number); }

  v1::BindTargetRequest BindRequest(int number, Binding::Source source) {
    v1::BindTargetRequest request;
    request.set_name(Name(number));
    request.mutable_binding()->set_source(source);
    return request;
  }

  Result<v1::TaskTarget> Bind(const v1::BindTargetRequest& request) {
    return world_.Call(*world_.targets, &v1::Targets::Stub::BindTarget, request);
  }

  v1::ListTargetAttainmentsRequest Of(int number) {
    v1::ListTargetAttainmentsRequest request;
    request.set_parent(plan_);
    if (number) request.set_target(Name(number));
    return request;
  }

  Result<v1::ListTargetAttainmentsResponse> Attainments(
      const v1::ListTargetAttainmentsRequest& request) {
    return world_.Call(*world_.targets, &v1::Targets::Stub::ListTargetAttainments, request);
  }

  // "units/2 2026: 1 attained", with what it is out of for a rate and `?` for neither.
  Lines Shown(const v1::ListTargetAttainmentsRequest& request) {
    Lines lines;
    const auto list = Attainments(request);
    EXPECT_TRUE(list) << list.error().message;
    for (const auto& one : list->target_attainments()) {
      std::string line =
          one.unit().empty() ? "county" : one.unit().substr(one.unit().find("units"));
      line += " " + one.period() + ": " + std::to_string(one.counted());
      if (one.out_of()) line += "/" + std::to_string(one.out_of());
      line += one.has_attained() ? one.attained() ? " attained" : " missed" : " ?";
      lines.push_back(line);
    }
    return lines;
  }

  std::string Interpret(const std::string& document, v1::Interpretation::Form form,
                        v1::Interpretation::Interpreter interpreter) {
    auto act = testing::ActDraft(document, "https://www.example.gov.cn/" + std::to_string(++acts_));
    act.set_form(form);
    act.set_interpreter(interpreter);
    return world_.Add(act)->name();
  }

  std::string Evaluate(const std::string& date) {
    v1::CreateActivityRequest request;
    request.set_parent(testing::kCounty);
    auto& activity = *request.mutable_activity();
    activity.set_kind(v1::Activity::POLICY_EVALUATION);
    activity.add_units(testing::kFinance);
    activity.set_date(date);
    activity.set_title("评价补贴办法");
    return world_.Call(*world_.activities, &v1::Activities::Stub::CreateActivity, request)->name();
  }

  PolicyWorld world_;
  const std::string plan_ = world_.IssuedPlan(PlanWithTargets());
  const std::string task_ = plan_ + "/tasks/1";
  int acts_ = 0;
};

TEST_F(Targets, AreBoundByTheirWordsWhereTheseAreClear) {
  v1::ListTaskTargetsRequest request;
  request.set_parent(plan_ + "/tasks/-");
  const auto list = world_.Call(*world_.targets, &v1::Targets::Stub::ListTaskTargets, request);
  ASSERT_TRUE(list) << list.error().message;
  ASSERT_EQ(list->task_targets_size(), 4);
  const auto& head = list->task_targets(0);
  EXPECT_EQ(head.name(), Name(1));
  EXPECT_EQ(head.binder(), v1::TaskTarget::WORDS);
  EXPECT_EQ(head.binding().source(), Binding::INTERPRETATIONS);
  EXPECT_EQ(head.binding().interpreter(), v1::Interpretation::PRINCIPAL_HEAD);
  EXPECT_EQ(list->task_targets(1).binding().activity_kind(), v1::Activity::POLICY_EVALUATION);
  EXPECT_EQ(list->task_targets(2).binding().source(), Binding::FORM_RATE);
  EXPECT_FALSE(list->task_targets(3).has_binding());
  request.set_filter("target.scope = DIVISION");
  EXPECT_EQ(world_.Call(*world_.targets, &v1::Targets::Stub::ListTaskTargets, request)
                ->task_targets_size(),
            1);
}

TEST_F(Targets, OfHeadsAreCountedPerUnitThatOwesTheTask) {
  EXPECT_EQ(Shown(Of(1)), (Lines{"units/2 2026: 0 missed", "units/3 2026: 0 missed"}));
  const auto document = world_.Add(testing::PolicyDraft())->name();
  Interpret(document, v1::Interpretation::TEXT, v1::Interpretation::PRINCIPAL_HEAD);
  Interpret(document, v1::Interpretation::CHART, v1::Interpretation::STAFF);
  EXPECT_EQ(Shown(Of(1))[0], "units/2 2026: 1 missed");
  const auto second =
      Interpret(document, v1::Interpretation::VIDEO, v1::Interpretation::PRINCIPAL_HEAD);
  EXPECT_EQ(Shown(Of(1))[0], "units/2 2026: 2 attained");
  ASSERT_TRUE(world_.DeleteAct(second));
  EXPECT_EQ(Shown(Of(1))[0], "units/2 2026: 1 missed");
}

TEST_F(Targets, OfTheCountyAreCountedOnceAndSaySoWhereTheyAreSoft) {
  for (const char* date : {"2026-02-03", "2026-05-06", "2026-06-01"}) Evaluate(date);
  const auto county = Attainments(Of(2));
  ASSERT_EQ(county->target_attainments_size(), 1);
  const auto& one = county->target_attainments(0);
  EXPECT_EQ(one.unit(), "");
  EXPECT_EQ(one.counted(), 3);
  EXPECT_EQ(one.required(), 3);
  EXPECT_TRUE(one.attained());
  EXPECT_TRUE(one.soft());
  EXPECT_EQ(one.end_date(), "2026-12-31");
}

TEST_F(Targets, InPercentAreRatiosAndNothingWithoutADocument) {
  EXPECT_EQ(Shown(Of(3))[0], "units/2 2026: 0 ?");
  const auto first = world_.Add(testing::PolicyDraft())->name();
  const auto second = world_.Add(testing::PolicyDraft())->name();
  Interpret(first, v1::Interpretation::CHART, v1::Interpretation::STAFF);
  EXPECT_EQ(Shown(Of(3))[0], "units/2 2026: 1/1 attained");
  Interpret(second, v1::Interpretation::QA, v1::Interpretation::STAFF);
  EXPECT_EQ(Shown(Of(3))[0], "units/2 2026: 1/2 missed");
}

TEST_F(Targets, ThatNobodyBoundAreShownAndNotJudged) {
  const auto quarters = Attainments(Of(4));
  ASSERT_GE(quarters->target_attainments_size(), 2);
  EXPECT_EQ(quarters->target_attainments(0).source(), Binding::SOURCE_UNSPECIFIED);
  EXPECT_FALSE(quarters->target_attainments(0).has_attained());
}

TEST_F(Targets, CountWhatTheOfficeSays) {
  const auto bound = Bind(BindRequest(4, Binding::OCCURRENCES));
  ASSERT_TRUE(bound) << bound.error().message;
  EXPECT_EQ(bound->binder(), v1::TaskTarget::OFFICE);
  EXPECT_EQ(bound->actor(), "tester");
  const auto assignment = task_ + "/assignments/2-responsible";
  world_.Claim(assignment);
  ASSERT_TRUE(world_.Submit(assignment + "/occurrences/1"));
  auto quarter_two = Of(4);
  quarter_two.set_unit(testing::kFinance);
  EXPECT_EQ(Shown(quarter_two)[1], "units/2 2026-Q2: 0 missed");
  ASSERT_TRUE(world_.Verify(assignment + "/occurrences/1"));
  EXPECT_EQ(Shown(quarter_two)[0], "units/2 2026-Q1: 0 missed");
  EXPECT_EQ(Shown(quarter_two)[1], "units/2 2026-Q2: 1 attained");
}

TEST_F(Targets, AreLeftAloneByTheOfficeOnlyForAReasonAndUntilItTakesThatBack) {
  auto request = BindRequest(2, Binding::NOT_COUNTED);
  EXPECT_EQ(Bind(request).error().violations[0].field, "reason");
  request.set_reason("由上级统一评价");
  const auto bound = Bind(request);
  ASSERT_TRUE(bound) << bound.error().message;
  EXPECT_EQ(Shown(Of(2)), Lines{"county 2026: 0 ?"});
  v1::ResetTargetBindingRequest reset;
  reset.set_name(Name(2));
  reset.set_etag(bound->etag());
  const auto again = world_.Call(*world_.targets, &v1::Targets::Stub::ResetTargetBinding, reset);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->binder(), v1::TaskTarget::WORDS);
  EXPECT_EQ(
      world_.Call(*world_.targets, &v1::Targets::Stub::ResetTargetBinding, reset).error().reason,
      "ETAG_MISMATCH");
}

TEST_F(Targets, AreNotBoundToWhatDoesNotGoTogether) {
  EXPECT_EQ(Bind(BindRequest(3, Binding::INTERPRETATIONS)).error().violations[0].field,
            "binding.source");
  EXPECT_EQ(Bind(BindRequest(4, Binding::FORM_RATE)).error().violations[0].field, "binding.source");
  EXPECT_EQ(Bind(BindRequest(4, Binding::ACTIVITIES)).error().violations[0].field,
            "binding.activity_kind");
  auto forms = BindRequest(4, Binding::OCCURRENCES);
  forms.mutable_binding()->add_forms(v1::Interpretation::CHART);
  EXPECT_EQ(Bind(forms).error().violations[0].field, "binding.forms");
  auto missing = BindRequest(9, Binding::OCCURRENCES);
  EXPECT_EQ(Bind(missing).error().code, ErrorCode::kNotFound);
}

TEST_F(Targets, AreBoundOnceForOneRequestIdAndNotAtAllWhenOnlyTried) {
  auto request = BindRequest(4, Binding::OCCURRENCES);
  request.set_validate_only(true);
  EXPECT_EQ(Bind(request)->binder(), v1::TaskTarget::OFFICE);
  EXPECT_FALSE(Get(4).has_binding());
  request.set_validate_only(false);
  request.set_request_id("bind-1");
  request.set_etag(Get(4).etag());
  const auto first = Bind(request);
  ASSERT_TRUE(first) << first.error().message;
  const auto again = Bind(request);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->etag(), first->etag());
}

TEST_F(Targets, ListWhatTheyCountedPageByPage) {
  std::vector<std::string> acts;
  for (const char* date : {"2026-05-06", "2026-02-03", "2026-06-01"})
    acts.push_back(Evaluate(date));
  v1::ListCountedActsRequest request;
  request.set_parent(Name(2));
  request.set_period("2026");
  request.set_page_size(2);
  const auto list = [&] {
    return world_.Call(*world_.targets, &v1::Targets::Stub::ListCountedActs, request);
  };
  const auto first = list();
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_EQ(first->counted_acts_size(), 2);
  EXPECT_EQ(first->counted_acts(0).resource(), acts[1]);
  EXPECT_EQ(first->counted_acts(0).title(), "评价补贴办法");
  EXPECT_EQ(first->counted_acts(1).resource(), acts[0]);
  // What is gone meanwhile moves nothing.
  v1::DeleteActivityRequest remove;
  remove.set_name(acts[0]);
  ASSERT_TRUE(world_.Call(*world_.activities, &v1::Activities::Stub::DeleteActivity, remove));
  request.set_page_token(first->next_page_token());
  const auto second = list();
  ASSERT_EQ(second->counted_acts_size(), 1);
  EXPECT_EQ(second->counted_acts(0).resource(), acts[2]);
  EXPECT_EQ(second->next_page_token(), "");
  request.set_period("2026-Q1");
  EXPECT_EQ(list().error().violations[0].field, "period");
}

TEST_F(Targets, AreListedPageByPageAndOnlyThoseMissedOnRequest) {
  Lines all = Shown(Of(0));
  auto request = Of(0);
  request.set_page_size(2);
  Lines paged;
  do {
    for (const auto& line : Shown(request)) paged.push_back(line);
    request.set_page_token(Attainments(request)->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(paged, all);
  auto missed = Of(0);
  missed.set_missed_only(true);
  EXPECT_EQ(Shown(missed),
            (Lines{"units/2 2026: 0 missed", "units/3 2026: 0 missed", "county 2026: 0 missed"}));
}

TEST_F(Targets, AreCountedOnceThePlanIsIssued) {
  v1::CreatePlanRequest create;
  create.set_parent(testing::kCounty);
  *create.mutable_parsed_plan() = PlanWithTargets();
  v1::ListTargetAttainmentsRequest request;
  request.set_parent(world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, create)->name());
  EXPECT_EQ(Attainments(request).error().reason, "PLAN_NOT_ISSUED");
}

}  // namespace
}  // namespace gongkai::plans
