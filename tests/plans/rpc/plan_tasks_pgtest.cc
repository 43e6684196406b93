// Correcting the tasks of a draft over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <thread>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::OneTask;
using testing::PlansWorld;
using testing::Unit;

class PlanTasks : public ::testing::Test {
 protected:
  std::string Draft() {
    v1::CreatePlanRequest request;
    request.set_parent("divisions/370124");
    *request.mutable_parsed_plan() = OneTask({Unit("县财政局")});
    return world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, request)->name();
  }

  Result<v1::Task> Create(const std::string& requirement, const std::string& after = "",
                          const std::string& request_id = "") {
    v1::CreateTaskRequest request;
    request.set_parent(plan_);
    request.mutable_content()->set_requirement(requirement);
    *request.mutable_content()->add_units() = Unit("县府办");
    request.set_after(after);
    request.set_request_id(request_id);
    return world_.Call(*world_.plan_tasks, &v1::PlanTasks::Stub::CreateTask, request);
  }

  Result<v1::Task> Update(const v1::Task& task, std::initializer_list<const char*> mask) {
    v1::UpdateTaskRequest request;
    *request.mutable_task() = task;
    for (const auto* path : mask) request.mutable_update_mask()->add_paths(path);
    return world_.Call(*world_.plan_tasks, &v1::PlanTasks::Stub::UpdateTask, request);
  }

  Result<v1::Task> Delete(int task, const std::string& request_id = "") {
    v1::DeleteTaskRequest request;
    request.set_name(Name(task));
    request.set_request_id(request_id);
    return world_.Call(*world_.plan_tasks, &v1::PlanTasks::Stub::DeleteTask, request);
  }

  Result<v1::Task> Move(int task, const std::string& after) {
    v1::MoveTaskRequest request;
    request.set_name(Name(task));
    request.set_after(after);
    return world_.Call(*world_.plan_tasks, &v1::PlanTasks::Stub::MoveTask, request);
  }

  std::string Name(int task) { return plan_ + "/tasks/" + std::to_string(task); }

  v1::Task Get(int task) {
    v1::GetTaskRequest request;
    request.set_name(Name(task));
    return *world_.Call(*world_.plans, &v1::Plans::Stub::GetTask, request);
  }

  v1::Plan Plan() {
    v1::GetPlanRequest request;
    request.set_name(plan_);
    return *world_.Call(*world_.plans, &v1::Plans::Stub::GetPlan, request);
  }

  // The numbers of the tasks in the order of the plan, read in pages of two.
  std::vector<std::string> Order() {
    v1::ListTasksRequest request;
    request.set_parent(plan_);
    request.set_page_size(2);
    std::vector<std::string> numbers;
    do {
      const auto page = world_.Call(*world_.plans, &v1::Plans::Stub::ListTasks, request);
      for (const auto& task : page->tasks()) {
        numbers.push_back(task.name().substr(task.name().rfind('/') + 1));
      }
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return numbers;
  }

  std::vector<std::string> IssueCodes() {
    std::vector<std::string> codes;
    const auto plan = Plan();
    for (const auto& issue : plan.issues()) codes.push_back(issue.code());
    return codes;
  }

  PlansWorld world_;
  const std::string plan_ = Draft();
};

using Numbers = std::vector<std::string>;

TEST_F(PlanTasks, ArePutWhereTheOfficeWantsThem) {
  const auto second = Create("公布办理结果。");
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(second->name(), Name(2));
  EXPECT_EQ(second->content().ordinal(), "2");
  ASSERT_TRUE(Create("公开会议。", Name(1)));
  EXPECT_EQ(Order(), (Numbers{"1", "3", "2"}));
  EXPECT_EQ(Plan().task_count(), 3);
}

TEST_F(PlanTasks, AreMovedWithoutTouchingTheOthers) {
  ASSERT_TRUE(Create("公布办理结果。"));
  ASSERT_TRUE(Create("公开会议。"));
  const auto moved = Move(3, "");
  ASSERT_TRUE(moved) << moved.error().message;
  EXPECT_EQ(Order(), (Numbers{"3", "1", "2"}));
  EXPECT_EQ(Get(1).revision(), 1);
  ASSERT_TRUE(Move(3, Name(1)));
  EXPECT_EQ(Order(), (Numbers{"1", "3", "2"}));
  EXPECT_EQ(Move(3, Name(9)).error().code, ErrorCode::kNotFound);
}

TEST_F(PlanTasks, AreCorrectedFieldByField) {
  auto task = Get(1);
  task.mutable_content()->mutable_due()->set_kind(v1::DueRule::RECURRING);
  task.mutable_content()->mutable_due()->set_cadence(v1::DueRule::QUARTERLY);
  task.mutable_content()->mutable_due()->clear_date();
  task.mutable_content()->set_requirement("不在掩码中");
  const auto updated = Update(task, {"content.due"});
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(updated->content().due().cadence(), v1::DueRule::QUARTERLY);
  EXPECT_EQ(updated->content().requirement(), "更新主动公开基本目录。");
  EXPECT_EQ(updated->revision(), 2);
  EXPECT_EQ(Plan().revision(), 2);
}

TEST_F(PlanTasks, NameTheFieldAtFault) {
  auto task = Get(1);
  task.mutable_content()->mutable_due()->set_date("2026-02-30");
  EXPECT_EQ(Update(task, {"content.due"}).error().violations.at(0).field, "task.content.due.date");
  EXPECT_EQ(Update(task, {"content.nonsense"}).error().violations.at(0).field, "update_mask");
  EXPECT_EQ(Create("").error().violations.at(0).field, "content.requirement");
  EXPECT_EQ(Plan().revision(), 1);
}

TEST_F(PlanTasks, AreNotOverwrittenByWhoReadAnOlderState) {
  auto task = Get(1);
  task.mutable_content()->set_title("新名称");
  ASSERT_TRUE(Update(task, {"content.title"}));
  EXPECT_EQ(Update(task, {"content.title"}).error().reason, "ETAG_MISMATCH");
}

TEST_F(PlanTasks, HaveThePlansIssuesFoundAnew) {
  auto task = Get(1);
  task.mutable_content()->clear_units();
  ASSERT_TRUE(Update(task, {"content.units"}));
  EXPECT_EQ(IssueCodes(), Numbers{"NO_UNIT"});
  task = Get(1);
  *task.mutable_content()->add_units() = Unit("县水务局");
  ASSERT_TRUE(Update(task, {"content.units"}));
  EXPECT_EQ(IssueCodes(), Numbers{"UNIT_UNKNOWN"});
  v1::GetUnitRequest request;
  request.set_name("divisions/370124/units/5");
  EXPECT_EQ(world_.Call(*world_.directory, &v1::Directory::Stub::GetUnit, request)->state(),
            v1::Unit::PROVISIONAL);
}

TEST_F(PlanTasks, ThatAreDeletedAreNotIssued) {
  ASSERT_TRUE(Create("公布办理结果。"));
  const auto deleted = Delete(1);
  ASSERT_TRUE(deleted) << deleted.error().message;
  EXPECT_EQ(deleted->state(), v1::Task::DELETED);
  EXPECT_EQ(Order(), Numbers{"2"});
  EXPECT_EQ(Delete(1).error().code, ErrorCode::kNotFound);
  v1::IssuePlanRequest issue;
  issue.set_name(plan_);
  issue.set_issue_date("2026-01-15");
  ASSERT_TRUE(world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, issue));
  v1::ListAssignmentsRequest request;
  request.set_parent(plan_ + "/tasks/-");
  const auto page =
      world_.Call(*world_.assignments, &v1::Assignments::Stub::ListAssignments, request);
  ASSERT_EQ(page->assignments_size(), 1);
  EXPECT_EQ(page->assignments(0).name(), Name(2) + "/assignments/1-responsible");
  EXPECT_EQ(Create("再来一项。").error().reason, "STATE_NOT_ALLOWED");
}

TEST_F(PlanTasks, DoNotAllGo) {
  EXPECT_EQ(Delete(1).error().reason, "LAST_TASK");
  EXPECT_EQ(Order(), Numbers{"1"});
}

TEST_F(PlanTasks, AreChangedOnceForOneRequestId) {
  ASSERT_TRUE(Create("公布办理结果。", "", "id-1"));
  EXPECT_EQ(Create("公布办理结果。", "", "id-1")->name(), Name(2));
  EXPECT_EQ(Plan().task_count(), 2);
  ASSERT_TRUE(Delete(2, "id-2"));
  const auto again = Delete(2, "id-2");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->state(), v1::Task::DELETED);
}

TEST_F(PlanTasks, OfManyCallersAtOnceAreAllKept) {
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i) {
    callers.emplace_back([&, i] { EXPECT_TRUE(Create("任务" + std::to_string(i))); });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(Plan().task_count(), 9);
  EXPECT_EQ(Order().size(), 9u);
}

TEST_F(PlanTasks, LeaveWhatTheyWereInTheRevision) {
  auto task = Get(1);
  task.mutable_content()->set_title("新名称");
  ASSERT_TRUE(Update(task, {"content.title"}));
  v1::GetPlanRevisionRequest request;
  request.set_name(plan_ + "/revisions/2");
  const auto revision =
      world_.Call(*world_.plan_life, &v1::PlanLife::Stub::GetPlanRevision, request);
  ASSERT_TRUE(revision) << revision.error().message;
  EXPECT_EQ(revision->action(), "editTasks");
  ASSERT_EQ(revision->diff().changes_size(), 1);
  const auto& change = revision->diff().changes(0);
  EXPECT_EQ(change.kind(), v1::TaskChange::CHANGED);
  EXPECT_EQ(change.changed_fields(0), "title");
  EXPECT_EQ(change.before().title(), "公开目录");
  EXPECT_EQ(change.after().title(), "新名称");
}

}  // namespace
}  // namespace gongkai::plans
