// gongkai.plans.v1.Policies.
#pragma once

#include "gongkai/plans/v1/policies.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/policy_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. `store` must outlive the service.
class PoliciesService {
 public:
  explicit PoliciesService(PolicyStore& store) : store_(store) {}

  Result<v1::PolicyDocument> CreatePolicyDocument(const rpc::Caller&,
                                                  const v1::CreatePolicyDocumentRequest&);
  Result<v1::PolicyDocument> GetPolicyDocument(const rpc::Caller&,
                                               const v1::GetPolicyDocumentRequest&);
  Result<v1::ListPolicyDocumentsResponse> ListPolicyDocuments(
      const rpc::Caller&, const v1::ListPolicyDocumentsRequest&);
  Result<v1::Interpretation> CreateInterpretation(const rpc::Caller&,
                                                  const v1::CreateInterpretationRequest&);
  Result<v1::Interpretation> GetInterpretation(const rpc::Caller&,
                                               const v1::GetInterpretationRequest&);
  Result<v1::ListInterpretationsResponse> ListInterpretations(
      const rpc::Caller&, const v1::ListInterpretationsRequest&);

 private:
  PolicyStore& store_;
};

}  // namespace gongkai::plans
