// Plans and the directory over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::Group;
using testing::OneTask;
using testing::PlansWorld;
using testing::Unit;

class Plans : public ::testing::Test {
 protected:
  Result<v1::Plan> Create(v1::ParsedPlan parsed, const std::string& request_id = "") {
    v1::CreatePlanRequest request;
    request.set_parent("divisions/370124");
    request.set_request_id(request_id);
    *request.mutable_parsed_plan() = std::move(parsed);
    return world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, request);
  }

  Result<v1::Plan> Issue(const std::string& name, const std::string& etag = "") {
    v1::IssuePlanRequest request;
    request.set_name(name);
    request.set_issue_date("2026-01-15");
    request.set_etag(etag);
    return world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, request);
  }

  v1::ListAssignmentsResponse Assignments(const std::string& plan) {
    v1::ListAssignmentsRequest request;
    request.set_parent(plan + "/tasks/-");
    return *world_.Call(*world_.assignments, &v1::Assignments::Stub::ListAssignments, request);
  }

  int PlanCount() {
    v1::ListPlansRequest request;
    request.set_parent("divisions/370124");
    return world_.Call(*world_.plans, &v1::Plans::Stub::ListPlans, request)->plans_size();
  }

  PlansWorld world_;
};

TEST_F(Plans, AreNumberedWithinTheirYear) {
  EXPECT_EQ(Create(OneTask({Unit("县财政局")}))->name(), "divisions/370124/plans/202601");
  const auto second = Create(OneTask({Unit("县财政局")}));
  EXPECT_EQ(second->name(), "divisions/370124/plans/202602");
  EXPECT_EQ(second->state(), v1::Plan::DRAFT);
  EXPECT_EQ(second->task_count(), 1);
}

TEST_F(Plans, ExpandTheirGroupsWhenIssued) {
  const auto plan = Create(OneTask({Unit("县府办", v1::ParsedUnit::LEAD), Group("各镇（街道）")}));
  const auto issued = Issue(plan->name());
  ASSERT_TRUE(issued) << issued.error().message;
  EXPECT_EQ(issued->state(), v1::Plan::ISSUED);
  EXPECT_EQ(issued->issue_date(), "2026-01-15");
  const auto assignments = Assignments(plan->name());
  ASSERT_EQ(assignments.assignments_size(), 3);
  EXPECT_EQ(assignments.assignments(0).name(), plan->name() + "/tasks/1/assignments/1-lead");
  EXPECT_EQ(assignments.assignments(1).source_text(), "各镇（街道）");
  EXPECT_EQ(assignments.assignments(1).state(), v1::Assignment::ASSIGNED);
}

TEST_F(Plans, ArePutInForceOnlyOnce) {
  const auto plan = Create(OneTask({Unit("县财政局")}));
  ASSERT_TRUE(Issue(plan->name()));
  const auto again = Issue(plan->name());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(again.error().metadata.at("state"), "ISSUED");
  EXPECT_EQ(Assignments(plan->name()).assignments_size(), 1);
}

TEST_F(Plans, AreNotIssuedByWhoReadAnOlderState) {
  const auto plan = Create(OneTask({Unit("县财政局")}));
  EXPECT_EQ(Issue(plan->name(), "7").error().reason, "ETAG_MISMATCH");
  EXPECT_TRUE(Issue(plan->name(), plan->etag()));
}

TEST_F(Plans, AreCreatedOnceForOneRequestId) {
  const auto first = Create(OneTask({Unit("县财政局")}), "id-1");
  const auto second = Create(OneTask({Unit("县财政局")}), "id-1");
  EXPECT_EQ(first->name(), second->name());
  EXPECT_EQ(PlanCount(), 1);
}

TEST_F(Plans, AreNotCreatedByValidateOnly) {
  v1::CreatePlanRequest request;
  request.set_parent("divisions/370124");
  request.set_validate_only(true);
  *request.mutable_parsed_plan() = OneTask({Unit("县财政局")});
  const auto plan = world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, request);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->task_count(), 1);
  EXPECT_EQ(PlanCount(), 0);
}

TEST_F(Plans, AddTheirUnknownUnitsToTheDirectoryAsProvisional) {
  const auto plan = Create(OneTask({Unit("县水务局"), Unit("县财政局")}));
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->issues_size(), 1);
  EXPECT_EQ(plan->issues(0).code(), "UNIT_UNKNOWN");
  v1::GetUnitRequest request;
  request.set_name("divisions/370124/units/5");
  const auto unit = world_.Call(*world_.directory, &v1::Directory::Stub::GetUnit, request);
  EXPECT_EQ(unit->display_name(), "县水务局");
  EXPECT_EQ(unit->state(), v1::Unit::PROVISIONAL);
}

TEST_F(Plans, NameEveryFieldAtFault) {
  auto parsed = OneTask({});
  parsed.clear_title();
  parsed.set_year(0);
  parsed.mutable_tasks(0)->clear_requirement();
  const auto plan = Create(std::move(parsed));
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().code, ErrorCode::kInvalidArgument);
  std::vector<std::string> fields;
  for (const auto& violation : plan.error().violations) fields.push_back(violation.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"parsed_plan.title", "parsed_plan.year",
                                              "parsed_plan.tasks[0].requirement"}));
}

TEST_F(Plans, BelongToADivisionThatExists) {
  v1::CreatePlanRequest request;
  request.set_parent("divisions/999999");
  *request.mutable_parsed_plan() = OneTask({Unit("县财政局")});
  const auto plan = world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, request);
  EXPECT_EQ(plan.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(plan.error().metadata.at("resource"), "divisions/999999");
}

TEST_F(Plans, GiveTheirDocumentBackToTheByte) {
  v1::ImportPlanRequest request;
  request.set_parent("divisions/370124");
  request.set_year(2026);
  const std::string document =
      "东山县2026年政务公开工作要点\n\n一、主要任务\n\n1.及时更新主动公开目录。\n\n"
      "2.每季度公布一次办理结果。\n";
  request.mutable_document()->set_data(document);
  request.mutable_document()->set_content_type("text/plain");
  const auto plan = world_.Call(*world_.plans, &v1::Plans::Stub::ImportPlan, request);
  ASSERT_TRUE(plan) << plan.error().message;
  v1::GetSourceDocumentRequest source;
  source.set_name(plan->name());
  const auto body = world_.Call(*world_.plans, &v1::Plans::Stub::GetSourceDocument, source);
  EXPECT_EQ(body->data(), document);
  EXPECT_EQ(body->content_type(), "text/plain");
}

TEST_F(Plans, GiveTheTextThatTheirSourcesCountIn) {
  const std::string document =
      "<p>东山县2026年政务公开工作要点</p><table><tr><td>工作任务</td><td>责任单位</td></tr>"
      "<tr><td>公布名录</td><td>县林业局</td></tr></table>";
  const std::string text =
      "东山县2026年政务公开工作要点\n\n\t工作任务\n\t责任单位\n\n"
      "\t公布名录\n\t县林业局\n\n";
  v1::ParsePlanRequest parse;
  parse.mutable_document()->set_data(document);
  auto parsed = world_.Call(*world_.plans, &v1::Plans::Stub::ParsePlan, parse);
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->text(), "");
  parse.set_include_text(true);
  parsed = world_.Call(*world_.plans, &v1::Plans::Stub::ParsePlan, parse);
  EXPECT_EQ(parsed->text(), text);

  v1::ImportPlanRequest request;
  request.set_parent("divisions/370124");
  *request.mutable_document() = parse.document();
  const auto plan = world_.Call(*world_.plans, &v1::Plans::Stub::ImportPlan, request);
  ASSERT_TRUE(plan) << plan.error().message;
  v1::GetSourceTextRequest source;
  source.set_name(plan->name());
  const auto answer = world_.Call(*world_.plans, &v1::Plans::Stub::GetSourceText, source);
  ASSERT_TRUE(answer) << answer.error().message;
  EXPECT_EQ(answer->text(), text);
  v1::GetTaskRequest task;
  task.set_name(plan->name() + "/tasks/1");
  const auto unit = world_.Call(*world_.plans, &v1::Plans::Stub::GetTask, task)->content().units(0);
  EXPECT_EQ(unit.origin().confidence(), v1::Origin::HIGH);
  EXPECT_EQ(unit.origin().source().end() - unit.origin().source().start(), 4);
}

TEST_F(Plans, AreListedPageByPageWhateverIsAddedMeanwhile) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(Create(OneTask({Unit("县财政局")})));
  v1::ListPlansRequest request;
  request.set_parent("divisions/370124");
  request.set_page_size(2);
  const auto first = world_.Call(*world_.plans, &v1::Plans::Stub::ListPlans, request);
  ASSERT_EQ(first->plans_size(), 2);
  EXPECT_EQ(first->plans(0).name(), "divisions/370124/plans/202603");
  ASSERT_TRUE(Create(OneTask({Unit("县财政局")})));
  request.set_page_token(first->next_page_token());
  const auto second = world_.Call(*world_.plans, &v1::Plans::Stub::ListPlans, request);
  ASSERT_EQ(second->plans_size(), 1);
  EXPECT_EQ(second->plans(0).name(), "divisions/370124/plans/202601");
  EXPECT_EQ(second->next_page_token(), "");
  request.set_page_token("not a token");
  EXPECT_EQ(world_.Call(*world_.plans, &v1::Plans::Stub::ListPlans, request).error().code,
            ErrorCode::kInvalidArgument);
}

TEST_F(Plans, LetTheOfficeConfirmAProvisionalUnitUnderItsOfficialName) {
  ASSERT_TRUE(Create(OneTask({Unit("县水利局")})));
  v1::BatchCreateUnitsRequest request;
  request.set_parent("divisions/370124");
  auto* unit = request.add_units();
  unit->set_display_name("县水利和湖泊局");
  unit->add_aliases("县水利局");
  unit->set_kind(v1::Unit::DEPARTMENT);
  const auto confirmed =
      world_.Call(*world_.directory, &v1::Directory::Stub::BatchCreateUnits, request);
  ASSERT_TRUE(confirmed) << confirmed.error().message;
  EXPECT_EQ(confirmed->units(0).name(), "divisions/370124/units/5");
  EXPECT_EQ(confirmed->units(0).state(), v1::Unit::ACTIVE);
}

TEST_F(Plans, RefuseANameThatBelongsToTwoUnits) {
  v1::BatchCreateUnitsRequest request;
  request.set_parent("divisions/370124");
  auto* unit = request.add_units();
  unit->set_display_name("县财政局");
  unit->add_aliases("县府办");
  const auto refused =
      world_.Call(*world_.directory, &v1::Directory::Stub::BatchCreateUnits, request);
  EXPECT_EQ(refused.error().reason, "NAMES_TAKEN");
}

}  // namespace
}  // namespace gongkai::plans
