// gongkai.plans.v1.Audit.
#pragma once

#include "gongkai/plans/v1/audit.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/audit/audit_chain.h"
#include "services/plans/store/audit_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. `store` and `chain` must outlive the service.
class AuditService {
 public:
  AuditService(AuditStore& store, AuditChain& chain) : store_(store), chain_(chain) {}

  Result<v1::ListAuditEntriesResponse> ListAuditEntries(const rpc::Caller&,
                                                        const v1::ListAuditEntriesRequest&);
  Result<v1::VerifyAuditChainResponse> VerifyAuditChain(const rpc::Caller&,
                                                        const v1::VerifyAuditChainRequest&);

 private:
  AuditStore& store_;
  AuditChain& chain_;
};

}  // namespace gongkai::plans
