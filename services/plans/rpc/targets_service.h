// gongkai.plans.v1.Targets.
#pragma once

#include <functional>
#include <vector>

#include "gongkai/plans/v1/targets.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/rpc/target_attainments.h"
#include "services/plans/store/plan_store.h"
#include "services/plans/store/target_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class TargetsService {
 public:
  struct Stores {
    PlanStore& plans;
    TargetStore& targets;
  };

  TargetsService(const Stores& stores, std::function<CivilDate()> today)
      : stores_(stores), today_(std::move(today)) {}

  Result<v1::TaskTarget> GetTaskTarget(const rpc::Caller&, const v1::GetTaskTargetRequest&);
  Result<v1::ListTaskTargetsResponse> ListTaskTargets(const rpc::Caller&,
                                                      const v1::ListTaskTargetsRequest&);
  Result<v1::TaskTarget> BindTarget(const rpc::Caller&, const v1::BindTargetRequest&);
  Result<v1::TaskTarget> ResetTargetBinding(const rpc::Caller&,
                                            const v1::ResetTargetBindingRequest&);
  Result<v1::ListTargetAttainmentsResponse> ListTargetAttainments(
      const rpc::Caller&, const v1::ListTargetAttainmentsRequest&);
  Result<v1::ListCountedActsResponse> ListCountedActs(const rpc::Caller&,
                                                      const v1::ListCountedActsRequest&);

 private:
  // Of a plan that is in force, or was.
  Result<std::vector<PlanTarget>> TargetsOf(const PlanKey& plan, std::optional<int> task);

  const Stores stores_;
  const std::function<CivilDate()> today_;
};

}  // namespace gongkai::plans
