#include "services/plans/rpc/evidence_sharings_service.h"

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {

Result<v1::ListSharedEvidenceResponse> EvidenceSharingsService::ListSharedEvidence(
    const rpc::Caller&, const v1::ListSharedEvidenceRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(reports_.ListSharedEvidence(*plan, *query),
                &v1::ListSharedEvidenceResponse::mutable_shared_evidence);
}

}  // namespace gongkai::plans
