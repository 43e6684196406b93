// Declined, reassigned and cancelled work over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using testing::PlansWorld;
using testing::Unit;

class Decisions : public ::testing::Test {
 protected:
  template <typename Request>
  static Request For(const std::string& name, const std::string& reason) {
    Request request;
    request.set_name(name);
    request.set_reason(reason);
    return request;
  }

  Result<v1::Assignment> Decline(const std::string& reason) {
    return world_.Call(*world_.decisions, &v1::Decisions::Stub::DeclineAssignment,
                       For<v1::DeclineAssignmentRequest>(assignment_, reason));
  }

  Result<v1::Assignment> Uphold(const std::string& reason) {
    return world_.Call(*world_.decisions, &v1::Decisions::Stub::UpholdAssignment,
                       For<v1::UpholdAssignmentRequest>(assignment_, reason));
  }

  Result<v1::Assignment> Reassign(const std::string& from, int unit,
                                  const std::string& request_id = "", bool validate_only = false) {
    auto request = For<v1::ReassignAssignmentRequest>(from, "职责已划转");
    request.set_unit("divisions/370124/units/" + std::to_string(unit));
    request.set_request_id(request_id);
    request.set_validate_only(validate_only);
    return world_.Call(*world_.decisions, &v1::Decisions::Stub::ReassignAssignment, request);
  }

  Result<v1::Assignment> Cancel(const std::string& etag = "") {
    auto request = For<v1::CancelAssignmentRequest>(assignment_, "任务已并入其他工作");
    request.set_etag(etag);
    return world_.Call(*world_.decisions, &v1::Decisions::Stub::CancelAssignment, request);
  }

  std::vector<std::string> History(const std::string& parent) {
    v1::ListTransitionsRequest request;
    request.set_parent(parent);
    const auto list =
        world_.Call(*world_.decisions, &v1::Decisions::Stub::ListTransitions, request);
    std::vector<std::string> lines;
    for (const auto& step : list->transitions()) {
      lines.push_back(
          step.resource().substr(plan_.size() + std::string("/tasks/1/assignments/").size()) + " " +
          step.action() + " " + step.from_state() + ">" + step.to_state() + " " + step.actor() +
          " " + step.comment());
    }
    return lines;
  }

  PlansWorld world_;
  const std::string plan_ = world_.IssuedPlan({Unit("县财政局")});
  const std::string assignments_ = plan_ + "/tasks/1/assignments/";
  const std::string assignment_ = assignments_ + "2-responsible";
  const std::string occurrence_ = assignment_ + "/occurrences/1";
};

TEST_F(Decisions, AUnitDeclinesWithAReasonAndTheOfficeUpholds) {
  EXPECT_EQ(Decline("").error().violations[0].field, "reason");
  const auto declined = Decline("不属于本单位职责");
  ASSERT_TRUE(declined) << declined.error().message;
  EXPECT_EQ(declined->state(), v1::Assignment::DECLINED);
  EXPECT_EQ(declined->state_comment(), "不属于本单位职责");
  EXPECT_EQ(Decline("再次").error().metadata.at("allowed"), "uphold, cancel, reassign");
  EXPECT_EQ(Uphold("三定方案已明确")->state(), v1::Assignment::ASSIGNED);
  world_.Claim(assignment_);
  EXPECT_EQ(Uphold("再次").error().reason, "STATE_NOT_ALLOWED");
  EXPECT_THAT(History(assignment_),
              ElementsAre("2-responsible decline ASSIGNED>DECLINED tester 不属于本单位职责",
                          "2-responsible uphold DECLINED>ASSIGNED tester 三定方案已明确",
                          "2-responsible claim ASSIGNED>CLAIMED tester "));
}

TEST_F(Decisions, WorkThatIsReassignedGoesOnWithTheOtherUnit) {
  ASSERT_TRUE(Decline("不属于本单位职责"));
  const auto received = Reassign(assignment_, 3);
  ASSERT_TRUE(received) << received.error().message;
  EXPECT_EQ(received->name(), assignments_ + "3-responsible");
  EXPECT_EQ(received->state(), v1::Assignment::ASSIGNED);
  EXPECT_EQ(received->reassigned_from(), "divisions/370124/units/2");
  EXPECT_EQ(world_.GetAssignment(assignment_).state(), v1::Assignment::CANCELLED);
  EXPECT_EQ(world_.GetOccurrence(occurrence_).state(), v1::Occurrence::CANCELLED);
  const auto moved = world_.OccurrencesOf(received->name());
  ASSERT_EQ(moved.size(), 1u);
  EXPECT_EQ(moved[0].due_date(), "2026-06-30");
  EXPECT_EQ(moved[0].state(), v1::Occurrence::OPEN);
  const auto fed = world_.FedWork();
  EXPECT_THAT(fed, Contains(assignment_ + " CANCELLED"));
  EXPECT_THAT(fed, Contains(occurrence_ + " 2026-06-30 CANCELLED"));
  EXPECT_THAT(fed, Contains(received->name() + "/occurrences/1 2026-06-30 OPEN"));
}

TEST_F(Decisions, WhatWasVerifiedStaysWithTheUnitThatDidIt) {
  world_.Claim(assignment_);
  ASSERT_TRUE(world_.Submit(occurrence_));
  ASSERT_TRUE(world_.Verify(occurrence_));
  const auto received = Reassign(assignment_, 3);
  ASSERT_TRUE(received);
  EXPECT_EQ(world_.GetOccurrence(occurrence_).state(), v1::Occurrence::VERIFIED);
  EXPECT_TRUE(world_.OccurrencesOf(received->name()).empty());
}

TEST_F(Decisions, WorkCanComeBackToTheUnitThatHadItFirst) {
  const auto second = Reassign(assignment_, 3);
  ASSERT_TRUE(second);
  const auto back = Reassign(second->name(), 2);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->name(), assignment_);
  EXPECT_EQ(back->state(), v1::Assignment::ASSIGNED);
  EXPECT_EQ(world_.GetOccurrence(occurrence_).state(), v1::Occurrence::OPEN);
  world_.Claim(assignment_);
  EXPECT_TRUE(world_.Submit(occurrence_));
  EXPECT_THAT(History(occurrence_),
              ElementsAre("2-responsible/occurrences/1 cancel OPEN>CANCELLED tester 职责已划转",
                          "2-responsible/occurrences/1 reopen CANCELLED>OPEN tester 职责已划转",
                          "2-responsible/occurrences/1 submit OPEN>SUBMITTED tester "));
}

TEST_F(Decisions, AUnitThatHasTheTaskAlreadyCannotReceiveIt) {
  const auto plan = world_.IssuedPlan({Unit("县财政局"), Unit("县府办")});
  const auto from = plan + "/tasks/1/assignments/2-responsible";
  EXPECT_EQ(Reassign(from, 1).error().reason, "ASSIGNMENT_EXISTS");
  EXPECT_EQ(world_.GetAssignment(from).state(), v1::Assignment::ASSIGNED);
  EXPECT_EQ(Reassign(from, 99).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Reassign(from, 2).error().violations[0].field, "unit");
}

TEST_F(Decisions, AreOnlyCheckedWhereThatIsAsked) {
  const auto tried = Reassign(assignment_, 3, "", true);
  ASSERT_TRUE(tried);
  EXPECT_EQ(tried->name(), assignments_ + "3-responsible");
  EXPECT_EQ(world_.GetAssignment(assignment_).state(), v1::Assignment::ASSIGNED);
}

TEST_F(Decisions, AreMadeOnceForOneRequestId) {
  const auto first = Reassign(assignment_, 3, "r-1");
  const auto again = Reassign(assignment_, 3, "r-1");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->name(), first->name());
  EXPECT_EQ(again->revision(), 1);
}

TEST_F(Decisions, CancellingAnAssignmentCancelsItsOpenOccurrences) {
  EXPECT_EQ(Cancel("7").error().reason, "ETAG_MISMATCH");
  ASSERT_TRUE(Cancel());
  const auto occurrence = world_.GetOccurrence(occurrence_);
  EXPECT_EQ(occurrence.state(), v1::Occurrence::CANCELLED);
  EXPECT_EQ(occurrence.review_comment(), "任务已并入其他工作");
  EXPECT_EQ(Cancel().error().metadata.at("state"), "CANCELLED");
  EXPECT_EQ(world_.Submit(occurrence_).error().reason, "STATE_NOT_ALLOWED");
}

TEST_F(Decisions, OneOccurrenceIsCancelledAlone) {
  const auto request = For<v1::CancelOccurrenceRequest>(occurrence_, "本季度无此业务");
  const auto cancelled =
      world_.Call(*world_.decisions, &v1::Decisions::Stub::CancelOccurrence, request);
  ASSERT_TRUE(cancelled) << cancelled.error().message;
  EXPECT_EQ(cancelled->state(), v1::Occurrence::CANCELLED);
  EXPECT_EQ(world_.GetAssignment(assignment_).state(), v1::Assignment::ASSIGNED);
}

TEST_F(Decisions, OfManyAtOnceToReassignOneWins) {
  std::atomic<int> done = 0;
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&, i] { done += Reassign(assignment_, i % 2 ? 3 : 4).has_value(); });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(done, 1);
}

TEST_F(Decisions, TheHistoryOfWhatDoesNotExistIsNotFound) {
  v1::ListTransitionsRequest request;
  request.set_parent(assignments_ + "9-lead");
  EXPECT_EQ(
      world_.Call(*world_.decisions, &v1::Decisions::Stub::ListTransitions, request).error().code,
      ErrorCode::kNotFound);
}

}  // namespace
}  // namespace gongkai::plans
