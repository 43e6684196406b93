// gongkai.plans.v1.Plans.
#pragma once

#include <functional>

#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/common/time/civil_date.h"
#include "services/plans/importer/document_converter.h"
#include "services/plans/store/directory_store.h"
#include "services/plans/store/plan_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores and the converter must outlive the
// service; `today` is the day in Asia/Shanghai. Without a converter, documents that need one are
// refused.
class PlansService {
 public:
  PlansService(PlanStore& plans, DirectoryStore& directory, std::function<CivilDate()> today,
               importer::DocumentConverter* converter)
      : plans_(plans), directory_(directory), today_(std::move(today)), converter_(converter) {}

  Result<v1::ParsedPlan> ParsePlan(const rpc::Caller&, const v1::ParsePlanRequest&);
  Result<v1::Plan> ImportPlan(const rpc::Caller&, const v1::ImportPlanRequest&);
  Result<v1::Plan> CreatePlan(const rpc::Caller&, const v1::CreatePlanRequest&);
  Result<v1::Plan> GetPlan(const rpc::Caller&, const v1::GetPlanRequest&);
  Result<v1::ListPlansResponse> ListPlans(const rpc::Caller&, const v1::ListPlansRequest&);
  Result<google::api::HttpBody> GetSourceDocument(const rpc::Caller&,
                                                  const v1::GetSourceDocumentRequest&);
  Result<v1::SourceText> GetSourceText(const rpc::Caller&, const v1::GetSourceTextRequest&);
  Result<v1::Plan> IssuePlan(const rpc::Caller&, const v1::IssuePlanRequest&);
  Result<v1::Task> GetTask(const rpc::Caller&, const v1::GetTaskRequest&);
  Result<v1::ListTasksResponse> ListTasks(const rpc::Caller&, const v1::ListTasksRequest&);

 private:
  Result<v1::Plan> Create(const WriteContext& context, DivisionCode division,
                          const ParsedPlan& parsed, std::optional<SourceDocument> source);
  // What its tasks become when the plan is issued.
  Result<std::vector<ExpandedTask>> Expand(const PlanKey& plan, const Directory& directory,
                                           int year);

  PlanStore& plans_;
  DirectoryStore& directory_;
  const std::function<CivilDate()> today_;
  importer::DocumentConverter* const converter_;
};

}  // namespace gongkai::plans
