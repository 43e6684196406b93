// gongkai.plans.v1.UpstreamLinks.
#pragma once

#include "gongkai/plans/v1/upstream_links.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/plan_store.h"
#include "services/plans/store/upstream_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class UpstreamLinksService {
 public:
  UpstreamLinksService(PlanStore& plans, UpstreamStore& links) : plans_(plans), links_(links) {}

  Result<v1::ReviewUpstreamPlanResponse> ReviewUpstreamPlan(const rpc::Caller&,
                                                            const v1::ReviewUpstreamPlanRequest&);
  Result<v1::UpstreamLink> CreateUpstreamLink(const rpc::Caller&,
                                              const v1::CreateUpstreamLinkRequest&);
  Result<v1::UpstreamLink> GetUpstreamLink(const rpc::Caller&, const v1::GetUpstreamLinkRequest&);
  Result<v1::ListUpstreamLinksResponse> ListUpstreamLinks(const rpc::Caller&,
                                                          const v1::ListUpstreamLinksRequest&);
  Result<v1::UpstreamLink> WithdrawUpstreamLink(const rpc::Caller&,
                                                const v1::WithdrawUpstreamLinkRequest&);
  Result<v1::ListCounterpartsResponse> ListCounterparts(const rpc::Caller&,
                                                        const v1::ListCounterpartsRequest&);

 private:
  PlanStore& plans_;
  UpstreamStore& links_;
};

}  // namespace gongkai::plans
