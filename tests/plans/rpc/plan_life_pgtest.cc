// From draft to closed over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::OneTask;
using testing::PlansWorld;
using testing::Unit;

class PlanLife : public ::testing::Test {
 protected:
  std::string Draft() {
    v1::CreatePlanRequest request;
    request.set_parent("divisions/370124");
    *request.mutable_parsed_plan() = OneTask({Unit("县财政局")});
    return world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, request)->name();
  }

  template <typename Request, typename Response>
  Result<Response> Do(grpc::Status (v1::PlanLife::Stub::*method)(grpc::ClientContext*,
                                                                 const Request&, Response*),
                      const std::string& name, const std::string& request_id = "") {
    Request request;
    request.set_name(name);
    request.set_request_id(request_id);
    return world_.Call(*world_.plan_life, method, request);
  }

  Result<v1::Plan> Consult(const std::string& plan) {
    return Do(&v1::PlanLife::Stub::OpenConsultation, plan);
  }

  Result<v1::Plan> Update(v1::Plan plan, std::initializer_list<const char*> mask,
                          bool validate_only = false) {
    v1::UpdatePlanRequest request;
    *request.mutable_plan() = std::move(plan);
    for (const auto* path : mask) request.mutable_update_mask()->add_paths(path);
    request.set_comment("领导小组会议确定");
    request.set_validate_only(validate_only);
    return world_.Call(*world_.plan_life, &v1::PlanLife::Stub::UpdatePlan, request);
  }

  v1::Plan Get(const std::string& name) {
    v1::GetPlanRequest request;
    request.set_name(name);
    return *world_.Call(*world_.plans, &v1::Plans::Stub::GetPlan, request);
  }

  v1::PlanRevision Revision(const std::string& plan, int revision) {
    v1::GetPlanRevisionRequest request;
    request.set_name(plan + "/revisions/" + std::to_string(revision));
    return *world_.Call(*world_.plan_life, &v1::PlanLife::Stub::GetPlanRevision, request);
  }

  std::vector<std::string> Actions(const std::string& plan) {
    v1::ListPlanRevisionsRequest request;
    request.set_parent(plan);
    const auto page =
        world_.Call(*world_.plan_life, &v1::PlanLife::Stub::ListPlanRevisions, request);
    std::vector<std::string> actions;
    for (const auto& revision : page->plan_revisions()) actions.push_back(revision.action());
    return actions;
  }

  int Listed(bool show_deleted) {
    v1::ListPlansRequest request;
    request.set_parent("divisions/370124");
    request.set_show_deleted(show_deleted);
    return world_.Call(*world_.plans, &v1::Plans::Stub::ListPlans, request)->plans_size();
  }

  PlansWorld world_;
};

TEST_F(PlanLife, GoesToConsultationAndBackAndKeepsWhoDidItAndWhy) {
  const auto plan = Draft();
  v1::OpenConsultationRequest request;
  request.set_name(plan);
  request.set_comment("征求各单位意见");
  const auto open = world_.Call(*world_.plan_life, &v1::PlanLife::Stub::OpenConsultation, request);
  ASSERT_TRUE(open) << open.error().message;
  EXPECT_EQ(open->state(), v1::Plan::CONSULTATION);
  EXPECT_EQ(Do(&v1::PlanLife::Stub::ReopenDraft, plan)->state(), v1::Plan::DRAFT);
  EXPECT_EQ(Actions(plan), (std::vector<std::string>{"reopenDraft", "openConsultation", "create"}));
  const auto revision = Revision(plan, 2);
  EXPECT_EQ(revision.actor(), "tester");
  EXPECT_EQ(revision.comment(), "征求各单位意见");
  EXPECT_EQ(revision.state(), v1::Plan::CONSULTATION);
  EXPECT_TRUE(revision.has_create_time());
}

TEST_F(PlanLife, RefusesAStepThatTheStateDoesNotAllowAndSaysWhatItAllows) {
  const auto plan = Draft();
  const auto refused = Do(&v1::PlanLife::Stub::ReopenDraft, plan);
  EXPECT_EQ(refused.error().reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(refused.error().metadata.at("state"), "DRAFT");
  EXPECT_EQ(refused.error().metadata.at("allowed"),
            "openConsultation, issue, update, moveDeadlines, editTasks, reimport, attachSource, "
            "delete");
  EXPECT_EQ(Get(plan).revision(), 1);
}

TEST_F(PlanLife, IsClosedOnlyKnowingWhatIsStillOpen) {
  const auto plan = world_.IssuedPlan({Unit("县财政局"), Unit("县府办")});
  const auto refused = Do(&v1::PlanLife::Stub::ClosePlan, plan);
  EXPECT_EQ(refused.error().reason, "WORK_STILL_OPEN");
  EXPECT_EQ(refused.error().metadata.at("open"), "2");
  EXPECT_EQ(Get(plan).state(), v1::Plan::ISSUED);
  v1::ClosePlanRequest request;
  request.set_name(plan);
  request.set_allow_open(true);
  const auto closed = world_.Call(*world_.plan_life, &v1::PlanLife::Stub::ClosePlan, request);
  ASSERT_TRUE(closed) << closed.error().message;
  EXPECT_EQ(closed->plan().state(), v1::Plan::CLOSED);
  EXPECT_EQ(closed->open_count(), 2);
  ASSERT_EQ(closed->open_occurrences_size(), 2);
  EXPECT_EQ(closed->open_occurrences(0), plan + "/tasks/1/assignments/1-responsible/occurrences/1");
}

TEST_F(PlanLife, ChangesItsFactsBeforeIssueAndKeepsTheOldValues) {
  const auto name = Draft();
  v1::Plan plan;
  plan.set_name(name);
  plan.set_title("2026年政务公开工作方案");
  plan.set_document_number("不在掩码中");
  plan.set_issue_date("2026-02-01");
  const auto updated = Update(plan, {"title", "issue_date"});
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(updated->title(), "2026年政务公开工作方案");
  EXPECT_EQ(updated->document_number(), "");
  EXPECT_EQ(updated->issue_date(), "2026-02-01");
  const auto revision = Revision(name, 2);
  ASSERT_EQ(revision.field_changes_size(), 2);
  EXPECT_EQ(revision.field_changes(1).field(), "title");
  EXPECT_EQ(revision.field_changes(1).before(), "2026年政务公开工作要点");
}

TEST_F(PlanLife, MovesOnlyItsDeadlinesOnceItIsIssued) {
  const auto name = world_.IssuedPlan({Unit("县财政局")});
  v1::Plan plan;
  plan.set_name(name);
  plan.set_title("新标题");
  plan.set_claim_deadline("2026-01-20");
  EXPECT_EQ(Update(plan, {"title"}).error().reason, "STATE_NOT_ALLOWED");
  ASSERT_TRUE(Update(plan, {"claim_deadline"}));
  plan.set_claim_deadline("2026-01-31");
  const auto moved = Update(plan, {"claim_deadline"});
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(moved->claim_deadline(), "2026-01-31");
  const auto revision = Revision(name, moved->revision());
  EXPECT_EQ(revision.action(), "moveDeadlines");
  ASSERT_EQ(revision.field_changes_size(), 1);
  EXPECT_EQ(revision.field_changes(0).before(), "2026-01-20");
  EXPECT_EQ(revision.comment(), "领导小组会议确定");
  plan.set_claim_deadline("2026-01-14");
  EXPECT_EQ(Update(plan, {"claim_deadline"}).error().violations.at(0).field, "plan.claim_deadline");
}

TEST_F(PlanLife, NamesAFieldThatCannotBeChanged) {
  v1::Plan plan;
  plan.set_name(Draft());
  plan.set_title("标题");
  const auto refused = Update(plan, {"title", "state"});
  ASSERT_EQ(refused.error().violations.size(), 1u);
  EXPECT_EQ(refused.error().violations[0].field, "update_mask");
}

TEST_F(PlanLife, IsOnlyTriedByValidateOnly) {
  v1::Plan plan;
  plan.set_name(Draft());
  plan.set_title("另一个标题");
  EXPECT_EQ(Update(plan, {"title"}, true)->title(), "另一个标题");
  EXPECT_EQ(Get(plan.name()).title(), "2026年政务公开工作要点");
  EXPECT_EQ(Actions(plan.name()).size(), 1u);
}

TEST_F(PlanLife, IsNotOverwrittenByWhoReadAnOlderState) {
  v1::Plan plan;
  plan.set_name(Draft());
  plan.set_title("标题");
  plan.set_etag("7");
  EXPECT_EQ(Update(plan, {"title"}).error().reason, "ETAG_MISMATCH");
}

TEST_F(PlanLife, KeepsADeletedDraftOutOfTheListUntilItIsUndeleted) {
  const auto plan = Draft();
  ASSERT_TRUE(Do(&v1::PlanLife::Stub::DeletePlan, plan));
  EXPECT_EQ(Listed(false), 0);
  EXPECT_EQ(Listed(true), 1);
  EXPECT_TRUE(Get(plan).has_delete_time());
  EXPECT_EQ(Consult(plan).error().reason, "PLAN_DELETED");
  v1::IssuePlanRequest issue;
  issue.set_name(plan);
  EXPECT_EQ(world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, issue).error().reason,
            "PLAN_DELETED");
  ASSERT_TRUE(Do(&v1::PlanLife::Stub::UndeletePlan, plan));
  EXPECT_EQ(Listed(false), 1);
  EXPECT_FALSE(Get(plan).has_delete_time());
  EXPECT_EQ(Do(&v1::PlanLife::Stub::UndeletePlan, plan).error().reason, "PLAN_NOT_DELETED");
  EXPECT_EQ(Actions(plan), (std::vector<std::string>{"undelete", "delete", "create"}));
}

TEST_F(PlanLife, IsNotDeletedOnceItIsInForce) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  EXPECT_EQ(Do(&v1::PlanLife::Stub::DeletePlan, plan).error().reason, "STATE_NOT_ALLOWED");
}

TEST_F(PlanLife, TakesEachStepOnceForOneRequestId) {
  const auto plan = Draft();
  const auto first = Do(&v1::PlanLife::Stub::OpenConsultation, plan, "id");
  ASSERT_TRUE(Do(&v1::PlanLife::Stub::ReopenDraft, plan));
  const auto again = Do(&v1::PlanLife::Stub::OpenConsultation, plan, "id");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->revision(), first->revision());
  EXPECT_EQ(Get(plan).state(), v1::Plan::DRAFT);
}

TEST_F(PlanLife, OfManyCallersAtOnceOneTakesTheStep) {
  const auto plan = Draft();
  std::atomic<int> done = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&] { done += Consult(plan).has_value(); });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(done, 1);
  EXPECT_EQ(Get(plan).revision(), 2);
}

TEST_F(PlanLife, KeepsTheDeadlinesOfTheDraftWhenItIsIssued) {
  v1::Plan plan;
  plan.set_name(Draft());
  plan.set_claim_deadline("2026-03-01");
  ASSERT_TRUE(Update(plan, {"claim_deadline"}));
  v1::IssuePlanRequest issue;
  issue.set_name(plan.name());
  issue.set_issue_date("2026-02-01");
  const auto issued = world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, issue);
  ASSERT_TRUE(issued) << issued.error().message;
  EXPECT_EQ(issued->claim_deadline(), "2026-03-01");
}

TEST_F(PlanLife, IsCopiedAsTheDraftOfTheNextYear) {
  const auto original = world_.IssuedPlan({Unit("县财政局")});
  const auto copy = Do(&v1::PlanLife::Stub::CopyPlan, original);
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(copy->name(), "divisions/370124/plans/202701");
  EXPECT_EQ(copy->state(), v1::Plan::DRAFT);
  EXPECT_EQ(copy->title(), "2027年政务公开工作要点");
  EXPECT_EQ(copy->issue_date(), "");
  v1::GetTaskRequest request;
  request.set_name(copy->name() + "/tasks/1");
  const auto task = world_.Call(*world_.plans, &v1::Plans::Stub::GetTask, request);
  EXPECT_EQ(task->content().due().date(), "2027-06-30");
  EXPECT_EQ(task->content().units(0).text(), "县财政局");
  EXPECT_EQ(Revision(copy->name(), 1).action(), "copy");
  EXPECT_EQ(Revision(copy->name(), 1).comment(), original);
}

}  // namespace
}  // namespace gongkai::plans
