// gongkai.plans.v1.Reimports.
#pragma once

#include "gongkai/plans/v1/reimports.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/importer/document_converter.h"
#include "services/plans/store/directory_store.h"
#include "services/plans/store/plan_content_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores and the converter must outlive the
// service; without a converter, documents that need one are refused.
class ReimportsService {
 public:
  ReimportsService(PlanContentStore& content, DirectoryStore& directory,
                   importer::DocumentConverter* converter)
      : content_(content), directory_(directory), converter_(converter) {}

  Result<v1::DiffPlanResponse> DiffPlan(const rpc::Caller&, const v1::DiffPlanRequest&);
  Result<v1::ReimportPlanResponse> ReimportPlan(const rpc::Caller&, const v1::ReimportPlanRequest&);
  Result<v1::Plan> AttachSource(const rpc::Caller&, const v1::AttachSourceRequest&);

 private:
  PlanContentStore& content_;
  DirectoryStore& directory_;
  importer::DocumentConverter* const converter_;
};

}  // namespace gongkai::plans
