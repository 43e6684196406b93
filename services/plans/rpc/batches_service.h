// gongkai.plans.v1.Batches.
#pragma once

#include "gongkai/plans/v1/batches.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/work_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. `store` must outlive the service.
class BatchesService {
 public:
  explicit BatchesService(WorkStore& store) : store_(store) {}

  Result<v1::BatchClaimAssignmentsResponse> BatchClaimAssignments(
      const rpc::Caller&, const v1::BatchClaimAssignmentsRequest&);
  Result<v1::BatchVerifyOccurrencesResponse> BatchVerifyOccurrences(
      const rpc::Caller&, const v1::BatchVerifyOccurrencesRequest&);

 private:
  WorkStore& store_;
};

}  // namespace gongkai::plans
