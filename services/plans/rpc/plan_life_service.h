// gongkai.plans.v1.PlanLife.
#pragma once

#include "gongkai/plans/v1/plan_life.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/directory_store.h"
#include "services/plans/store/plan_content_store.h"
#include "services/plans/store/plan_life_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class PlanLifeService {
 public:
  struct Stores {
    PlanLifeStore& life;
    PlanContentStore& content;
    PlanStore& plans;
    DirectoryStore& directory;
  };

  explicit PlanLifeService(const Stores& stores) : stores_(stores) {}

  Result<v1::Plan> OpenConsultation(const rpc::Caller&, const v1::OpenConsultationRequest&);
  Result<v1::Plan> ReopenDraft(const rpc::Caller&, const v1::ReopenDraftRequest&);
  Result<v1::ClosePlanResponse> ClosePlan(const rpc::Caller&, const v1::ClosePlanRequest&);
  Result<v1::Plan> UpdatePlan(const rpc::Caller&, const v1::UpdatePlanRequest&);
  Result<v1::Plan> DeletePlan(const rpc::Caller&, const v1::DeletePlanRequest&);
  Result<v1::Plan> UndeletePlan(const rpc::Caller&, const v1::UndeletePlanRequest&);
  Result<v1::Plan> CopyPlan(const rpc::Caller&, const v1::CopyPlanRequest&);
  Result<v1::PlanRevision> GetPlanRevision(const rpc::Caller&, const v1::GetPlanRevisionRequest&);
  Result<v1::ListPlanRevisionsResponse> ListPlanRevisions(const rpc::Caller&,
                                                          const v1::ListPlanRevisionsRequest&);

 private:
  const Stores stores_;
};

}  // namespace gongkai::plans
