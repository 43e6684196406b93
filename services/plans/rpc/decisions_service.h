// gongkai.plans.v1.Decisions.
#pragma once

#include "gongkai/plans/v1/decisions.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/decision_store.h"
#include "services/plans/store/work_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The stores must outlive the service.
class DecisionsService {
 public:
  DecisionsService(WorkStore& work, DecisionStore& decisions)
      : work_(work), decisions_(decisions) {}

  Result<v1::Assignment> DeclineAssignment(const rpc::Caller&, const v1::DeclineAssignmentRequest&);
  Result<v1::Assignment> UpholdAssignment(const rpc::Caller&, const v1::UpholdAssignmentRequest&);
  Result<v1::Assignment> ReassignAssignment(const rpc::Caller&,
                                            const v1::ReassignAssignmentRequest&);
  Result<v1::Assignment> CancelAssignment(const rpc::Caller&, const v1::CancelAssignmentRequest&);
  Result<v1::Occurrence> CancelOccurrence(const rpc::Caller&, const v1::CancelOccurrenceRequest&);
  Result<v1::ListTransitionsResponse> ListTransitions(const rpc::Caller&,
                                                      const v1::ListTransitionsRequest&);

 private:
  template <typename Request>
  Result<v1::Assignment> Change(const rpc::Caller& caller, const Request& request,
                                AssignmentAction action);

  WorkStore& work_;
  DecisionStore& decisions_;
};

}  // namespace gongkai::plans
