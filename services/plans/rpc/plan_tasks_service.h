// gongkai.plans.v1.PlanTasks.
#pragma once

#include <functional>

#include "gongkai/plans/v1/plan_tasks.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/rpc/plan_editor.h"
#include "services/plans/store/directory_store.h"
#include "services/plans/store/plan_content_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class PlanTasksService {
 public:
  PlanTasksService(PlanContentStore& content, DirectoryStore& directory)
      : content_(content), directory_(directory) {}

  Result<v1::Task> CreateTask(const rpc::Caller&, const v1::CreateTaskRequest&);
  Result<v1::Task> UpdateTask(const rpc::Caller&, const v1::UpdateTaskRequest&);
  Result<v1::Task> DeleteTask(const rpc::Caller&, const v1::DeleteTaskRequest&);
  Result<v1::Task> MoveTask(const rpc::Caller&, const v1::MoveTaskRequest&);

 private:
  // Changes the editor and names the task to answer with.
  using Edit = std::function<Result<int>(PlanEditor&)>;

  Result<v1::Task> Change(const WriteContext& context, const PlanKey& plan, const Edit& edit);

  PlanContentStore& content_;
  DirectoryStore& directory_;
};

}  // namespace gongkai::plans
