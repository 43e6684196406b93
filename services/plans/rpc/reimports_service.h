// gongkai.plans.v1.Reimports.
#pragma once

#include "gongkai/plans/v1/reimports.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/directory_store.h"
#include "services/plans/store/plan_content_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class ReimportsService {
 public:
  ReimportsService(PlanContentStore& content, DirectoryStore& directory)
      : content_(content), directory_(directory) {}

  Result<v1::DiffPlanResponse> DiffPlan(const rpc::Caller&, const v1::DiffPlanRequest&);
  Result<v1::ReimportPlanResponse> ReimportPlan(const rpc::Caller&, const v1::ReimportPlanRequest&);
  Result<v1::Plan> AttachSource(const rpc::Caller&, const v1::AttachSourceRequest&);

 private:
  PlanContentStore& content_;
  DirectoryStore& directory_;
};

}  // namespace gongkai::plans
