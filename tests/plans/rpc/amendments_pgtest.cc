// Amendments of a plan in force over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::PlansWorld;

const char kHead[] = "青禾县2026年政务公开工作要点\n\n一、主要任务\n\n";
const char kBudget[] = "按规定公开财政预算、决算和“三公”经费，6月底前完成。（县财政局）\n\n";
const char kBudgetLater[] = "按规定公开财政预算、决算和“三公”经费，9月底前完成。（县财政局）\n\n";
const char kHotline[] = "做好政务服务热线管理，10月底前公布办理情况。（县政府办公室）\n\n";
const char kSchools[] = "公开义务教育学校招生范围和程序，11月底前完成。（县财政局）\n\n";

std::string Paper(std::initializer_list<const char*> items) {
  std::string text = kHead;
  int number = 0;
  for (const auto* item : items) text += std::to_string(++number) + "." + item;
  return text;
}

class Amendments : public ::testing::Test {
 protected:
  std::string Issued() {
    v1::ImportPlanRequest request;
    request.set_parent("divisions/370124");
    request.mutable_document()->set_data(Paper({kBudget, kHotline}));
    const auto plan = world_.Call(*world_.plans, &v1::Plans::Stub::ImportPlan, request);
    if (!plan) throw std::runtime_error(plan.error().message);
    v1::IssuePlanRequest issue;
    issue.set_name(plan->name());
    issue.set_issue_date("2026-01-15");
    const auto issued = world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, issue);
    if (!issued) throw std::runtime_error(issued.error().message);
    return plan->name();
  }

  Result<v1::Amendment> Propose(const std::string& document,
                                std::initializer_list<const char*> accept = {}) {
    v1::CreateAmendmentRequest request;
    request.set_parent(plan_);
    request.mutable_document()->set_data(document);
    request.set_reason("县政府常务会议调整");
    for (const auto* id : accept) request.add_accept(id);
    return world_.Call(*world_.amendments, &v1::Amendments::Stub::CreateAmendment, request);
  }

  Result<v1::Amendment> Approve(const std::string& name) {
    v1::ApproveAmendmentRequest request;
    request.set_name(name);
    request.set_approver("分管副县长");
    request.set_document_number("青政办发〔2026〕8号");
    request.set_approval_date("2026-05-20");
    return world_.Call(*world_.amendments, &v1::Amendments::Stub::ApproveAmendment, request);
  }

  Result<v1::Amendment> Apply(const std::string& name, const std::string& request_id = "",
                              bool validate_only = false) {
    v1::ApplyAmendmentRequest request;
    request.set_name(name);
    request.set_request_id(request_id);
    request.set_validate_only(validate_only);
    return world_.Call(*world_.amendments, &v1::Amendments::Stub::ApplyAmendment, request);
  }

  // Proposes, approves and applies.
  v1::Amendment Amend(const std::string& document) {
    const auto proposed = Propose(document);
    if (!proposed) throw std::runtime_error(proposed.error().message);
    if (const auto approved = Approve(proposed->name()); !approved) {
      throw std::runtime_error(approved.error().message);
    }
    const auto applied = Apply(proposed->name());
    if (!applied) throw std::runtime_error(applied.error().message);
    return *applied;
  }

  void ClaimBudget() {
    v1::ClaimAssignmentRequest request;
    request.set_name(Budget());
    ASSERT_TRUE(world_.Call(*world_.assignments, &v1::Assignments::Stub::ClaimAssignment, request));
  }

  void SubmitBudget() {
    v1::SubmitOccurrenceRequest request;
    request.set_name(Budget() + "/occurrences/1");
    ASSERT_TRUE(
        world_.Call(*world_.assignments, &v1::Assignments::Stub::SubmitOccurrence, request));
  }

  std::string Budget() const { return plan_ + "/tasks/1/assignments/2-responsible"; }

  v1::Assignment Assignment(const std::string& name) {
    v1::GetAssignmentRequest request;
    request.set_name(name);
    const auto found =
        world_.Call(*world_.assignments, &v1::Assignments::Stub::GetAssignment, request);
    return found ? *found : v1::Assignment();
  }

  v1::Occurrence Occurrence(const std::string& assignment) {
    v1::GetOccurrenceRequest request;
    request.set_name(assignment + "/occurrences/1");
    const auto found =
        world_.Call(*world_.assignments, &v1::Assignments::Stub::GetOccurrence, request);
    return found ? *found : v1::Occurrence();
  }

  v1::Task Task(int number) {
    v1::GetTaskRequest request;
    request.set_name(plan_ + "/tasks/" + std::to_string(number));
    return *world_.Call(*world_.plans, &v1::Plans::Stub::GetTask, request);
  }

  PlansWorld world_;
  const std::string plan_ = Issued();
};

TEST_F(Amendments, AreProposedThenApprovedThenApplied) {
  const auto proposed = Propose(Paper({kBudget, kSchools}));
  ASSERT_TRUE(proposed) << proposed.error().message;
  EXPECT_EQ(proposed->name(), plan_ + "/amendments/1");
  EXPECT_EQ(proposed->state(), v1::Amendment::PROPOSED);
  EXPECT_EQ(proposed->proposer(), "tester");
  ASSERT_EQ(proposed->diff().changes_size(), 2);
  EXPECT_EQ(Apply(proposed->name()).error().reason, "STATE_NOT_ALLOWED");
  const auto approved = Approve(proposed->name());
  ASSERT_TRUE(approved) << approved.error().message;
  EXPECT_EQ(approved->approver(), "分管副县长");
  EXPECT_EQ(approved->document_number(), "青政办发〔2026〕8号");
  EXPECT_EQ(approved->approval_date(), "2026-05-20");
  EXPECT_EQ(Task(2).state(), v1::Task::ACTIVE);
  const auto applied = Apply(proposed->name());
  ASSERT_TRUE(applied) << applied.error().message;
  EXPECT_EQ(applied->state(), v1::Amendment::APPLIED);
  EXPECT_EQ(applied->plan_revision(), 3);
}

TEST_F(Amendments, AssignWhatTheyAdd) {
  Amend(Paper({kBudget, kHotline, kSchools}));
  const auto added = plan_ + "/tasks/3/assignments/2-responsible";
  EXPECT_EQ(Assignment(added).state(), v1::Assignment::ASSIGNED);
  EXPECT_EQ(Occurrence(added).due_date(), "2026-11-30");
  EXPECT_EQ(Occurrence(added).state(), v1::Occurrence::OPEN);
}

TEST_F(Amendments, CancelTheOpenWorkOfWhatTheyTakeOut) {
  Amend(Paper({kBudget}));
  EXPECT_EQ(Task(2).state(), v1::Task::CANCELLED);
  EXPECT_EQ(Task(2).state_reason(), "县政府常务会议调整");
  const auto gone = plan_ + "/tasks/2/assignments/1-responsible";
  EXPECT_EQ(Assignment(gone).state(), v1::Assignment::CANCELLED);
  EXPECT_EQ(Occurrence(gone).state(), v1::Occurrence::CANCELLED);
  v1::ListTasksRequest request;
  request.set_parent(plan_);
  EXPECT_EQ(world_.Call(*world_.plans, &v1::Plans::Stub::ListTasks, request)->tasks_size(), 1);
}

TEST_F(Amendments, KeepClaimsAndSubmissionsOfWhatTheyLeaveAlone) {
  ClaimBudget();
  SubmitBudget();
  Amend(Paper({kBudget, kSchools}));
  EXPECT_EQ(Assignment(Budget()).state(), v1::Assignment::CLAIMED);
  EXPECT_EQ(Occurrence(Budget()).state(), v1::Occurrence::SUBMITTED);
}

TEST_F(Amendments, MoveWhatWasNotSubmittedToItsNewDayAndKeepTheOldOne) {
  ClaimBudget();
  const auto amendment = Amend(Paper({kBudgetLater, kHotline}));
  EXPECT_EQ(Occurrence(Budget()).due_date(), "2026-09-30");
  EXPECT_EQ(Occurrence(Budget()).original_due_date(), "2026-06-30");
  EXPECT_EQ(Occurrence(Budget()).state(), v1::Occurrence::OPEN);
  EXPECT_EQ(Assignment(Budget()).state(), v1::Assignment::CLAIMED);
  v1::GetPlanRevisionRequest request;
  request.set_name(plan_ + "/revisions/" + std::to_string(amendment.plan_revision()));
  const auto revision =
      world_.Call(*world_.plan_life, &v1::PlanLife::Stub::GetPlanRevision, request);
  ASSERT_TRUE(revision);
  EXPECT_EQ(revision->action(), "amend");
  ASSERT_EQ(revision->diff().changes_size(), 1);
  EXPECT_EQ(revision->diff().changes(0).before().due().date(), "2026-06-30");
  EXPECT_TRUE(revision->has_source());
}

TEST_F(Amendments, DoNotMoveWhatWasSubmitted) {
  ClaimBudget();
  SubmitBudget();
  Amend(Paper({kBudgetLater, kHotline}));
  EXPECT_EQ(Occurrence(Budget()).due_date(), "2026-06-30");
}

TEST_F(Amendments, TakeOnlyWhatWasAccepted) {
  const auto proposed = Propose(Paper({kBudgetLater, kSchools}), {"tasks/1"});
  ASSERT_TRUE(proposed) << proposed.error().message;
  ASSERT_EQ(proposed->diff().changes_size(), 1);
  ASSERT_TRUE(Approve(proposed->name()));
  ASSERT_TRUE(Apply(proposed->name()));
  EXPECT_EQ(Task(2).state(), v1::Task::ACTIVE);
}

TEST_F(Amendments, AreAppliedOnceForOneRequestIdAndOnlyTriedByValidateOnly) {
  const auto proposed = Propose(Paper({kBudget}));
  ASSERT_TRUE(Approve(proposed->name()));
  EXPECT_EQ(Apply(proposed->name(), "", true)->state(), v1::Amendment::APPLIED);
  EXPECT_EQ(Task(2).state(), v1::Task::ACTIVE);
  ASSERT_TRUE(Apply(proposed->name(), "id"));
  const auto again = Apply(proposed->name(), "id");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->plan_revision(), 3);
  EXPECT_EQ(Apply(proposed->name()).error().reason, "STATE_NOT_ALLOWED");
}

TEST_F(Amendments, AreNotAppliedOverAnotherOneThatChangedTheSameTask) {
  const auto first = Propose(Paper({kBudgetLater, kHotline}));
  Amend(Paper({kBudgetLater, kHotline}));
  ASSERT_TRUE(Approve(first->name()));
  EXPECT_EQ(Apply(first->name()).error().reason, "AMENDMENT_OUTDATED");
}

TEST_F(Amendments, NeedSomethingToChangeAndAPlanInForce) {
  EXPECT_EQ(Propose(Paper({kBudget, kHotline})).error().reason, "NOTHING_TO_AMEND");
  v1::ClosePlanRequest close;
  close.set_name(plan_);
  close.set_allow_open(true);
  ASSERT_TRUE(world_.Call(*world_.plan_life, &v1::PlanLife::Stub::ClosePlan, close));
  EXPECT_EQ(Propose(Paper({kBudget})).error().reason, "STATE_NOT_ALLOWED");
}

TEST_F(Amendments, TellTheFeedOfEveryRowThatTheyChange) {
  Amend(Paper({kBudgetLater, kSchools}));
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  v1::WatchRequest request;
  request.set_until_current(true);
  const auto reader = world_.feed->Watch(&context, request);
  std::set<std::string> cancelled;
  std::string due;
  v1::WatchResponse batch;
  while (reader->Read(&batch)) {
    for (const auto& change : batch.changes()) {
      if (change.assignment().state() == v1::Assignment::CANCELLED) {
        cancelled.insert(change.assignment().name());
      }
      if (change.occurrence().state() == v1::Occurrence::CANCELLED) {
        cancelled.insert(change.occurrence().name());
      }
      if (change.occurrence().name() == Budget() + "/occurrences/1") {
        due = change.occurrence().due_date();
      }
    }
  }
  const auto gone = plan_ + "/tasks/2/assignments/1-responsible";
  EXPECT_EQ(cancelled, (std::set<std::string>{gone, gone + "/occurrences/1"}));
  EXPECT_EQ(due, "2026-09-30");
}

}  // namespace
}  // namespace gongkai::plans
