// gongkai.plans.v1.Deadlines.
#pragma once

#include "gongkai/plans/v1/deadlines.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/deadline_store.h"
#include "services/plans/store/work_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class DeadlinesService {
 public:
  DeadlinesService(WorkStore& work, DeadlineStore& deadlines)
      : work_(work), deadlines_(deadlines) {}

  Result<v1::DueDateChange> RequestExtension(const rpc::Caller&,
                                             const v1::RequestExtensionRequest&);
  Result<v1::DueDateChange> ApproveExtension(const rpc::Caller&,
                                             const v1::ApproveExtensionRequest&);
  Result<v1::DueDateChange> RejectExtension(const rpc::Caller&, const v1::RejectExtensionRequest&);
  Result<v1::DueDateChange> ResetDueDate(const rpc::Caller&, const v1::ResetDueDateRequest&);
  Result<v1::ListDueDateChangesResponse> ListDueDateChanges(const rpc::Caller&,
                                                            const v1::ListDueDateChangesRequest&);

 private:
  WorkStore& work_;
  DeadlineStore& deadlines_;
};

}  // namespace gongkai::plans
