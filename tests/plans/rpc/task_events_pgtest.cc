// Events that start RELATIVE tasks, over gRPC, on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::Contains;
using testing::PlansWorld;
using testing::Unit;

v1::ParsedPlan RelativePlan(std::initializer_list<int> working_days) {
  auto plan = testing::OneTask({Unit("县财政局"), Unit("东山镇")});
  auto* task = plan.mutable_tasks(0);
  task->clear_due();
  for (int days : working_days) {
    auto* due = task->has_due() ? task->add_further_due() : task->mutable_due();
    due->set_kind(v1::DueRule::RELATIVE);
    due->set_working_days(days);
    due->set_text("印发后若干个工作日内");
  }
  return plan;
}

class TaskEvents : public ::testing::Test {
 protected:
  static v1::CreateTaskEventRequest On(const std::string& task, const std::string& date) {
    v1::CreateTaskEventRequest request;
    request.set_parent(task);
    request.mutable_task_event()->set_event_date(date);
    request.mutable_task_event()->set_description("文件印发");
    return request;
  }

  Result<v1::TaskEvent> Record(const v1::CreateTaskEventRequest& request) {
    return world_.Call(*world_.task_events, &v1::TaskEvents::Stub::CreateTaskEvent, request);
  }

  Result<v1::TaskEvent> Correct(const std::string& name, const std::string& date) {
    v1::CorrectTaskEventRequest request;
    request.set_name(name);
    request.set_event_date(date);
    request.set_description("文件印发");
    request.set_reason("日期登记有误");
    return world_.Call(*world_.task_events, &v1::TaskEvents::Stub::CorrectTaskEvent, request);
  }

  Result<v1::TaskEvent> Cancel(const std::string& name) {
    v1::CancelTaskEventRequest request;
    request.set_name(name);
    request.set_reason("文件未印发");
    return world_.Call(*world_.task_events, &v1::TaskEvents::Stub::CancelTaskEvent, request);
  }

  PlansWorld world_;
  const std::string task_ = world_.IssuedPlan(RelativePlan({3})) + "/tasks/1";
  const std::string finance_ = task_ + "/assignments/2-responsible";
  const std::string town_ = task_ + "/assignments/3-responsible";
};

TEST_F(TaskEvents, GiveEveryUnitOneOccurrenceDueSomeWorkingDaysLater) {
  EXPECT_TRUE(world_.OccurrencesOf(finance_).empty());
  // Thursday; the Saturday before the Spring Festival is worked.
  const auto event = Record(On(task_, "2026-02-12"));
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->due_date(), "2026-02-24");
  for (const auto& assignment : {finance_, town_}) {
    const auto occurrences = world_.OccurrencesOf(assignment);
    ASSERT_EQ(occurrences.size(), 1u);
    EXPECT_EQ(occurrences[0].due_date(), "2026-02-24");
    EXPECT_EQ(occurrences[0].period(), "2026-02-12");
    EXPECT_EQ(occurrences[0].due_kind(), v1::DueRule::RELATIVE);
    EXPECT_EQ(occurrences[0].task_event(), event->name());
  }
  EXPECT_THAT(world_.FedWork(), Contains(town_ + "/occurrences/1 2026-02-24 OPEN"));
}

TEST_F(TaskEvents, CountDaysOfTheCalendarWhereTheRuleDoes) {
  auto plan = RelativePlan({3});
  plan.mutable_tasks(0)->mutable_due()->set_working_days(0);
  plan.mutable_tasks(0)->mutable_due()->set_calendar_days(7);
  const auto task = world_.IssuedPlan(plan) + "/tasks/1";
  // No calendar is known for that year, and none is needed.
  const auto event = Record(On(task, "2016-12-28"));
  ASSERT_TRUE(event) << event.error().message;
  EXPECT_EQ(event->due_date(), "2017-01-04");
  EXPECT_EQ(event->calendar_days(), 7);
  EXPECT_EQ(Correct(event->name(), "2026-02-12")->due_date(), "2026-02-19");
}

TEST_F(TaskEvents, EachGiveAnOccurrenceOfTheirOwn) {
  ASSERT_TRUE(Record(On(task_, "2026-03-02")));
  ASSERT_TRUE(Record(On(task_, "2026-03-09")));
  const auto occurrences = world_.OccurrencesOf(finance_);
  ASSERT_EQ(occurrences.size(), 2u);
  EXPECT_EQ(occurrences[1].due_date(), "2026-03-12");
}

TEST_F(TaskEvents, MoveTheirDueDatesWhenTheyAreCorrected) {
  const auto event = Record(On(task_, "2026-03-02"));
  world_.Claim(town_);
  ASSERT_TRUE(world_.Submit(town_ + "/occurrences/1"));
  ASSERT_TRUE(world_.Verify(town_ + "/occurrences/1"));
  const auto corrected = Correct(event->name(), "2026-03-04");
  ASSERT_TRUE(corrected) << corrected.error().message;
  EXPECT_EQ(corrected->due_date(), "2026-03-09");
  EXPECT_EQ(world_.GetOccurrence(finance_ + "/occurrences/1").due_date(), "2026-03-09");
  EXPECT_EQ(world_.GetOccurrence(town_ + "/occurrences/1").due_date(), "2026-03-05");
}

TEST_F(TaskEvents, ThatDidNotHappenCancelTheirOccurrences) {
  const auto event = Record(On(task_, "2026-03-02"));
  EXPECT_EQ(Cancel(event->name())->state(), v1::TaskEvent::CANCELLED);
  EXPECT_EQ(world_.GetOccurrence(finance_ + "/occurrences/1").state(), v1::Occurrence::CANCELLED);
  EXPECT_EQ(Cancel(event->name()).error().reason, "EVENT_CANCELLED");
  EXPECT_EQ(Correct(event->name(), "2026-03-04").error().reason, "EVENT_CANCELLED");
}

TEST_F(TaskEvents, AreNotDatedInTheFutureNorInAYearWithoutACalendar) {
  EXPECT_EQ(Record(On(task_, "2099-01-04")).error().violations[0].field, "task_event.event_date");
  EXPECT_EQ(Record(On(task_, "2016-06-01")).error().reason, "CALENDAR_UNKNOWN");
}

TEST_F(TaskEvents, AreRefusedForATaskThatNoEventStarts) {
  const auto fixed = world_.IssuedPlan({Unit("县财政局")}) + "/tasks/1";
  EXPECT_EQ(Record(On(fixed, "2026-03-02")).error().violations[0].field, "parent");
}

TEST_F(TaskEvents, SayWhichRuleTheyStartWhereThereAreSeveral) {
  const auto task = world_.IssuedPlan(RelativePlan({3, 20})) + "/tasks/1";
  auto request = On(task, "2026-03-02");
  EXPECT_EQ(Record(request).error().violations[0].field, "task_event.rule");
  request.mutable_task_event()->set_rule(1);
  EXPECT_EQ(Record(request)->due_date(), "2026-03-30");
}

TEST_F(TaskEvents, AreRecordedOnceForOneRequestIdAndNotAtAllWhenOnlyTried) {
  auto request = On(task_, "2026-03-02");
  request.set_validate_only(true);
  ASSERT_TRUE(Record(request));
  EXPECT_TRUE(world_.OccurrencesOf(finance_).empty());
  request.set_validate_only(false);
  request.set_request_id("event-1");
  ASSERT_TRUE(Record(request));
  ASSERT_TRUE(Record(request));
  EXPECT_EQ(world_.OccurrencesOf(finance_).size(), 1u);
  v1::ListTaskEventsRequest list;
  list.set_parent(task_);
  EXPECT_EQ(world_.Call(*world_.task_events, &v1::TaskEvents::Stub::ListTaskEvents, list)
                ->task_events_size(),
            1);
}

TEST_F(TaskEvents, AreRecordedOnlyWhileThePlanIsInForce) {
  v1::CreatePlanRequest create;
  create.set_parent("divisions/370124");
  *create.mutable_parsed_plan() = RelativePlan({3});
  const auto draft = world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, create);
  EXPECT_EQ(Record(On(draft->name() + "/tasks/1", "2026-03-02")).error().reason, "PLAN_NOT_ISSUED");
}

TEST_F(TaskEvents, GoWithTheWorkThatIsReassigned) {
  ASSERT_TRUE(Record(On(task_, "2026-03-02")));
  v1::ReassignAssignmentRequest request;
  request.set_name(finance_);
  request.set_unit("divisions/370124/units/4");
  request.set_reason("职责已划转");
  const auto received =
      world_.Call(*world_.decisions, &v1::Decisions::Stub::ReassignAssignment, request);
  ASSERT_TRUE(received) << received.error().message;
  ASSERT_TRUE(Record(On(task_, "2026-03-09")));
  EXPECT_EQ(world_.OccurrencesOf(received->name()).size(), 2u);
  EXPECT_EQ(world_.OccurrencesOf(finance_).size(), 1u);
}

}  // namespace
}  // namespace gongkai::plans
