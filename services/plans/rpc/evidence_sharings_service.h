// gongkai.plans.v1.EvidenceSharings.
#pragma once

#include "gongkai/plans/v1/evidence_sharing.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/report_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. `reports` must outlive the service.
class EvidenceSharingsService {
 public:
  explicit EvidenceSharingsService(ReportStore& reports) : reports_(reports) {}

  Result<v1::ListSharedEvidenceResponse> ListSharedEvidence(const rpc::Caller&,
                                                            const v1::ListSharedEvidenceRequest&);

 private:
  ReportStore& reports_;
};

}  // namespace gongkai::plans
