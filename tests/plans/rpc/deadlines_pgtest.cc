// Moved due dates over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::Contains;
using testing::PlansWorld;
using testing::Unit;

class Deadlines : public ::testing::Test {
 protected:
  Result<v1::DueDateChange> Ask(const std::string& due, const std::string& request_id = "") {
    v1::RequestExtensionRequest request;
    request.set_name(occurrence_);
    request.set_due_date(due);
    request.set_reason("上级文件尚未下发");
    request.set_request_id(request_id);
    return world_.Call(*world_.deadlines, &v1::Deadlines::Stub::RequestExtension, request);
  }

  Result<v1::DueDateChange> Approve(const std::string& name, bool validate_only = false) {
    v1::ApproveExtensionRequest request;
    request.set_name(name);
    request.set_comment("同意");
    request.set_validate_only(validate_only);
    return world_.Call(*world_.deadlines, &v1::Deadlines::Stub::ApproveExtension, request);
  }

  Result<v1::DueDateChange> Reject(const std::string& name) {
    v1::RejectExtensionRequest request;
    request.set_name(name);
    request.set_comment("理由不充分");
    return world_.Call(*world_.deadlines, &v1::Deadlines::Stub::RejectExtension, request);
  }

  Result<v1::DueDateChange> Reset(const std::string& due, const std::string& etag = "") {
    v1::ResetDueDateRequest request;
    request.set_name(occurrence_);
    request.set_due_date(due);
    request.set_reason("方案印发晚于原期限");
    request.set_etag(etag);
    return world_.Call(*world_.deadlines, &v1::Deadlines::Stub::ResetDueDate, request);
  }

  v1::ListDueDateChangesResponse List() {
    v1::ListDueDateChangesRequest request;
    request.set_parent(occurrence_);
    return *world_.Call(*world_.deadlines, &v1::Deadlines::Stub::ListDueDateChanges, request);
  }

  v1::Occurrence Get() { return world_.GetOccurrence(occurrence_); }

  PlansWorld world_;
  const std::string assignment_ =
      world_.IssuedPlan({Unit("县财政局")}) + "/tasks/1/assignments/2-responsible";
  const std::string occurrence_ = assignment_ + "/occurrences/1";
};

TEST_F(Deadlines, MoveWhenTheOfficeApprovesAndKeepTheOldOne) {
  const auto asked = Ask("2026-09-30");
  ASSERT_TRUE(asked) << asked.error().message;
  EXPECT_EQ(asked->state(), v1::DueDateChange::REQUESTED);
  EXPECT_EQ(Get().due_date(), "2026-06-30");
  const auto approved = Approve(asked->name());
  ASSERT_TRUE(approved) << approved.error().message;
  EXPECT_EQ(approved->state(), v1::DueDateChange::APPROVED);
  EXPECT_EQ(approved->decider(), "tester");
  EXPECT_EQ(Get().due_date(), "2026-09-30");
  EXPECT_EQ(Get().original_due_date(), "2026-06-30");
  EXPECT_THAT(world_.FedWork(), Contains(occurrence_ + " 2026-09-30 OPEN"));
  const auto list = List();
  ASSERT_EQ(list.due_date_changes_size(), 1);
  EXPECT_EQ(list.due_date_changes(0).from_due_date(), "2026-06-30");
  EXPECT_EQ(list.due_date_changes(0).decision_comment(), "同意");
}

TEST_F(Deadlines, StandInTheHistoryWithTheOldAndTheNewDay) {
  ASSERT_TRUE(Approve(Ask("2026-09-30")->name()));
  ASSERT_TRUE(Approve(Ask("2026-12-31")->name()));
  EXPECT_EQ(Get().original_due_date(), "2026-06-30");
  v1::ListTransitionsRequest request;
  request.set_parent(occurrence_);
  const auto history =
      world_.Call(*world_.decisions, &v1::Decisions::Stub::ListTransitions, request);
  ASSERT_EQ(history->transitions_size(), 2);
  EXPECT_EQ(history->transitions(1).action(), "moveDueDate");
  EXPECT_EQ(history->transitions(1).from_due_date(), "2026-09-30");
  EXPECT_EQ(history->transitions(1).to_due_date(), "2026-12-31");
  EXPECT_EQ(history->transitions(1).comment(), "同意");
}

TEST_F(Deadlines, StayWhenTheOfficeRejects) {
  const auto asked = Ask("2026-09-30");
  EXPECT_EQ(Ask("2026-10-31").error().reason, "EXTENSION_PENDING");
  EXPECT_EQ(Reject(asked->name())->state(), v1::DueDateChange::REJECTED);
  EXPECT_EQ(Get().due_date(), "2026-06-30");
  EXPECT_EQ(Approve(asked->name()).error().reason, "STATE_NOT_ALLOWED");
  EXPECT_TRUE(Ask("2026-10-31"));
}

TEST_F(Deadlines, AreExtendedOnlyToALaterDay) {
  EXPECT_EQ(Ask("2026-06-30").error().violations[0].field, "due_date");
  EXPECT_EQ(Ask("2026-02-30").error().violations[0].field, "due_date");
}

TEST_F(Deadlines, AreNotExtendedForWhatIsSubmittedButStillApproved) {
  const auto asked = Ask("2026-09-30");
  world_.Claim(assignment_);
  ASSERT_TRUE(world_.Submit(occurrence_));
  EXPECT_EQ(Ask("2026-10-31").error().reason, "STATE_NOT_ALLOWED");
  EXPECT_TRUE(Approve(asked->name()));
}

TEST_F(Deadlines, AreNotMovedForWhatIsVerified) {
  const auto asked = Ask("2026-09-30");
  world_.Claim(assignment_);
  ASSERT_TRUE(world_.Submit(occurrence_));
  ASSERT_TRUE(world_.Verify(occurrence_));
  EXPECT_EQ(Approve(asked->name()).error().metadata.at("state"), "VERIFIED");
  EXPECT_EQ(Reset("2026-09-30").error().metadata.at("state"), "VERIFIED");
  EXPECT_EQ(List().due_date_changes(0).state(), v1::DueDateChange::REQUESTED);
}

TEST_F(Deadlines, AreSetAnewByASupervisorButNotBeforeTheIssueDate) {
  EXPECT_EQ(Reset("2026-01-14").error().violations[0].field, "due_date");
  EXPECT_EQ(Reset("2026-03-31", "9").error().reason, "ETAG_MISMATCH");
  const auto reset = Reset("2026-03-31", Get().etag());
  ASSERT_TRUE(reset) << reset.error().message;
  EXPECT_EQ(reset->origin(), v1::DueDateChange::RESET);
  EXPECT_EQ(Get().due_date(), "2026-03-31");
}

// The rules of the year hold whenever the plan was issued: what is due before stays until a
// supervisor resets it.
TEST_F(Deadlines, OfAMonthlyTaskAreTwelveHoweverLateThePlanWasIssued) {
  auto plan = testing::OneTask({Unit("县财政局")});
  auto* due = plan.mutable_tasks(0)->mutable_due();
  due->set_kind(v1::DueRule::RECURRING);
  due->set_cadence(v1::DueRule::MONTHLY);
  due->clear_date();
  v1::CreatePlanRequest create;
  create.set_parent("divisions/370124");
  *create.mutable_parsed_plan() = plan;
  v1::IssuePlanRequest issue;
  issue.set_name(world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, create)->name());
  issue.set_issue_date("2026-04-10");
  ASSERT_TRUE(world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, issue));
  const auto months = world_.OccurrencesOf(issue.name() + "/tasks/1/assignments/2-responsible");
  ASSERT_EQ(months.size(), 12u);
  EXPECT_EQ(months[0].due_date(), "2026-01-31");
  EXPECT_EQ(months[3].due_date(), "2026-04-30");
}

TEST_F(Deadlines, AreOnlyTriedWhereThatIsAskedAndMovedOnceForOneRequestId) {
  const auto first = Ask("2026-09-30", "ask-1");
  const auto again = Ask("2026-09-30", "ask-1");
  ASSERT_TRUE(again);
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(Approve(first->name(), true)->state(), v1::DueDateChange::APPROVED);
  EXPECT_EQ(Get().due_date(), "2026-06-30");
  EXPECT_EQ(List().due_date_changes(0).state(), v1::DueDateChange::REQUESTED);
}

}  // namespace
}  // namespace gongkai::plans
