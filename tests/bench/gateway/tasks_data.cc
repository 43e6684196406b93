#include "tests/bench/gateway/tasks_data.h"

namespace gongkai::bench {
namespace {

using ::bench::tasks::v1::ListTasksResponse;
using ::bench::tasks::v1::Task;

constexpr int kTasks = 100;

Task MakeTask(int ordinal) {
  Task task;
  task.set_name("divisions/370100/plans/202601/tasks/" + std::to_string(ordinal));
  task.set_ordinal(ordinal);
  task.set_title("重点领域公开：公布本年度重点建设项目清单");
  task.set_requirement(
      "按季度公布重点建设项目的批准、征收、进展情况，做到内容完整、链接有效；"
      "涉及企业的政策同步发布解读材料。");
  task.set_state(static_cast<::bench::tasks::v1::State>(1 + ordinal % 3));
  for (const char* unit : {"县发改局", "县住建局"}) {
    auto& added = *task.add_units();
    added.set_name("divisions/370100/units/" + std::to_string(100 + ordinal));
    added.set_display_name(unit);
    added.set_role("RESPONSIBLE");
  }
  task.mutable_create_time()->set_seconds(1'770'000'000 + ordinal);
  task.mutable_create_time()->set_nanos(123'000'000);
  task.mutable_update_time()->set_seconds(1'771'000'000 + ordinal);
  task.set_etag("v" + std::to_string(ordinal));
  task.set_occurrences(4);
  task.set_share(0.375);
  task.add_tags("重点领域");
  return task;
}

}  // namespace

Task SmallTask() { return MakeTask(8); }

ListTasksResponse ManyTasks() {
  ListTasksResponse response;
  for (int i = 1; i <= kTasks; ++i) *response.add_tasks() = MakeTask(i);
  response.set_next_page_token("CGQ");
  return response;
}

}  // namespace gongkai::bench
