// A closed plan's work stays as it is: over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <pqxx/pqxx>
#include <thread>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::OneTask;
using testing::PlansWorld;
using testing::Unit;
using Assignments = v1::Assignments::Stub;
using Decisions = v1::Decisions::Stub;
using Deadlines = v1::Deadlines::Stub;

class ClosedPlan : public ::testing::Test {
 protected:
  Result<v1::ClosePlanResponse> Close() {
    v1::ClosePlanRequest request;
    request.set_name(plan_);
    request.set_allow_open(true);
    return world_.Call(*world_.plan_life, &v1::PlanLife::Stub::ClosePlan, request);
  }

  template <typename Stub, typename Request, typename Response>
  void ExpectRefused(Stub& stub,
                     grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                     const Request& request) {
    const auto refused = world_.Call(stub, method, request);
    const auto name = Request::descriptor()->name();
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().code, ErrorCode::kFailedPrecondition) << name;
    EXPECT_EQ(refused.error().reason, "PLAN_NOT_ISSUED") << name;
    EXPECT_EQ(refused.error().metadata.at("state"), "CLOSED") << name;
    EXPECT_EQ(refused.error().metadata.at("resource"), plan_) << name;
    EXPECT_NE(refused.error().message_zh.find("已办结"), std::string::npos) << name;
  }

  template <typename Request>
  Request Of(const std::string& name) {
    Request request;
    request.set_name(name);
    return request;
  }

  std::string Query(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    return pqxx::work(connection).exec1(sql)[0].c_str();
  }

  PlansWorld world_;
  const std::string plan_ = world_.IssuedPlan({Unit("县财政局"), Unit("县府办")});
  const std::string unclaimed_ = plan_ + "/tasks/1/assignments/1-responsible";
  const std::string claimed_ = plan_ + "/tasks/1/assignments/2-responsible";
  const std::string occurrence_ = claimed_ + "/occurrences/1";
};

TEST_F(ClosedPlan, RefusesEveryChangeOfItsWork) {
  world_.Claim(claimed_);
  auto extension = Of<v1::RequestExtensionRequest>(occurrence_);
  extension.set_due_date("2026-09-30");
  extension.set_reason("数据未到");
  const auto requested = world_.Call(*world_.deadlines, &Deadlines::RequestExtension, extension);
  ASSERT_TRUE(requested);
  ASSERT_TRUE(Close());
  const auto before = Query("select count(*) from audit_entry");

  ExpectRefused(*world_.assignments, &Assignments::ClaimAssignment,
                Of<v1::ClaimAssignmentRequest>(unclaimed_));
  auto measures = Of<v1::FileMeasuresRequest>(claimed_);
  measures.set_measures("每月核对");
  measures.set_section("办公室");
  measures.set_person("经办人");
  measures.set_contact("13800001234");
  ExpectRefused(*world_.assignments, &Assignments::FileMeasures, measures);
  v1::CreateProgressReportRequest report;
  report.set_parent(occurrence_);
  report.mutable_progress_report()->set_text("已完成");
  ExpectRefused(*world_.assignments, &Assignments::CreateProgressReport, report);
  ExpectRefused(*world_.assignments, &Assignments::SubmitOccurrence,
                Of<v1::SubmitOccurrenceRequest>(occurrence_));
  ExpectRefused(*world_.assignments, &Assignments::VerifyOccurrence,
                Of<v1::VerifyOccurrenceRequest>(occurrence_));
  auto returned = Of<v1::ReturnOccurrenceRequest>(occurrence_);
  returned.set_comment("请补充");
  ExpectRefused(*world_.assignments, &Assignments::ReturnOccurrence, returned);

  auto decline = Of<v1::DeclineAssignmentRequest>(unclaimed_);
  decline.set_reason("非本单位职责");
  ExpectRefused(*world_.decisions, &Decisions::DeclineAssignment, decline);
  auto reassign = Of<v1::ReassignAssignmentRequest>(unclaimed_);
  reassign.set_unit("divisions/370124/units/3");
  reassign.set_reason("职责调整");
  ExpectRefused(*world_.decisions, &Decisions::ReassignAssignment, reassign);
  auto cancel = Of<v1::CancelAssignmentRequest>(claimed_);
  cancel.set_reason("任务取消");
  ExpectRefused(*world_.decisions, &Decisions::CancelAssignment, cancel);
  auto cancel_one = Of<v1::CancelOccurrenceRequest>(occurrence_);
  cancel_one.set_reason("本期取消");
  ExpectRefused(*world_.decisions, &Decisions::CancelOccurrence, cancel_one);

  ExpectRefused(*world_.deadlines, &Deadlines::RequestExtension, extension);
  ExpectRefused(*world_.deadlines, &Deadlines::ApproveExtension,
                Of<v1::ApproveExtensionRequest>(requested->name()));
  auto reset = Of<v1::ResetDueDateRequest>(occurrence_);
  reset.set_due_date("2026-10-31");
  reset.set_reason("原期限有误");
  ExpectRefused(*world_.deadlines, &Deadlines::ResetDueDate, reset);

  EXPECT_EQ(Query("select count(*) from audit_entry"), before);
}

TEST_F(ClosedPlan, RefusesBatchesAndNamesTheFirstAtFault) {
  ASSERT_TRUE(Close());
  v1::BatchClaimAssignmentsRequest request;
  request.set_parent("divisions/370124/units/1");
  request.add_names(unclaimed_);
  const auto refused =
      world_.Call(*world_.batches, &v1::Batches::Stub::BatchClaimAssignments, request);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "PLAN_NOT_ISSUED");
  EXPECT_EQ(refused.error().metadata.at("index"), "0");
}

TEST_F(ClosedPlan, StillAnswersARequestThatWasDoneBefore) {
  auto claim = Of<v1::ClaimAssignmentRequest>(unclaimed_);
  claim.set_request_id("claim-1");
  ASSERT_TRUE(world_.Call(*world_.assignments, &Assignments::ClaimAssignment, claim));
  ASSERT_TRUE(Close());
  EXPECT_EQ(world_.Call(*world_.assignments, &Assignments::ClaimAssignment, claim)->state(),
            v1::Assignment::CLAIMED);
}

TEST_F(ClosedPlan, SaysThatAnAssignmentIsNotThereBeforeItSaysThatItIsClosed) {
  ASSERT_TRUE(Close());
  EXPECT_EQ(world_
                .Call(*world_.assignments, &Assignments::ClaimAssignment,
                      Of<v1::ClaimAssignmentRequest>(plan_ + "/tasks/9/assignments/1-lead"))
                .error()
                .code,
            ErrorCode::kNotFound);
}

// In the order of the feed, which is that of the transactions, nothing comes behind the closing.
TEST_F(ClosedPlan, IsBehindEverySubmissionThatWasInTime) {
  auto parsed = OneTask({Unit("县财政局")});
  for (int i = 2; i <= 60; ++i) {
    *parsed.add_tasks() = parsed.tasks(0);
    parsed.mutable_tasks(i - 1)->set_ordinal(std::to_string(i));
  }
  const auto plan = world_.IssuedPlan(parsed);
  const auto assignment = [&](int task) {
    return plan + "/tasks/" + std::to_string(task) + "/assignments/2-responsible";
  };
  for (int task = 1; task <= 60; ++task) world_.Claim(assignment(task));

  std::atomic<int> submitted = 0;
  std::atomic<int> refused = 0;
  std::vector<std::thread> clerks;
  for (int clerk = 0; clerk < 4; ++clerk) {
    clerks.emplace_back([&, clerk] {
      for (int task = clerk + 1; task <= 60; task += 4) {
        const auto result = world_.Submit(assignment(task) + "/occurrences/1");
        if (result) {
          ++submitted;
        } else if (result.error().reason == "PLAN_NOT_ISSUED") {
          ++refused;
        }
      }
    });
  }
  while (submitted < 10) std::this_thread::yield();
  v1::ClosePlanRequest close;
  close.set_name(plan);
  close.set_allow_open(true);
  const auto closed = world_.Call(*world_.plan_life, &v1::PlanLife::Stub::ClosePlan, close);
  for (auto& clerk : clerks) clerk.join();
  ASSERT_TRUE(closed);

  EXPECT_EQ(submitted + refused, 60);
  // What the closing counted as not verified is all of it, and it saw each submission.
  EXPECT_EQ(closed->open_count(), 60);
  EXPECT_EQ(Query("with closing as (select txid, seq from change where kind = 'plan' "
                  "and resource->>'name' = '" +
                  plan +
                  "' and resource->>'state' = 'CLOSED') "
                  "select count(*) from change c, closing where c.kind = 'occurrence' "
                  "and c.resource->>'name' like '" +
                  plan +
                  "/%' "
                  "and (c.txid, c.seq) > (closing.txid, closing.seq)"),
            "0");
}

// Whoever comes first wins, and the other is told in which state it is.
TEST_F(ClosedPlan, CancellingRacesASubmissionWithoutBothHappening) {
  auto parsed = OneTask({Unit("县财政局")});
  for (int i = 2; i <= 30; ++i) {
    *parsed.add_tasks() = parsed.tasks(0);
    parsed.mutable_tasks(i - 1)->set_ordinal(std::to_string(i));
  }
  const auto plan = world_.IssuedPlan(parsed);
  for (int task = 1; task <= 30; ++task) {
    const auto assignment = plan + "/tasks/" + std::to_string(task) + "/assignments/2-responsible";
    const auto occurrence = assignment + "/occurrences/1";
    world_.Claim(assignment);
    Result<v1::Occurrence> submitted;
    std::thread clerk([&] { submitted = world_.Submit(occurrence); });
    Result<v1::Assignment> cancelled;
    std::thread office([&] {
      auto cancel = Of<v1::CancelAssignmentRequest>(assignment);
      cancel.set_reason("任务取消");
      cancelled = world_.Call(*world_.decisions, &Decisions::CancelAssignment, cancel);
    });
    clerk.join();
    office.join();
    ASSERT_TRUE(cancelled) << cancelled.error().message;
    if (!submitted) {
      EXPECT_EQ(submitted.error().reason, "STATE_NOT_ALLOWED") << submitted.error().message;
    }
    EXPECT_EQ(world_.GetOccurrence(occurrence).state(), v1::Occurrence::CANCELLED);
  }
}

}  // namespace
}  // namespace gongkai::plans
