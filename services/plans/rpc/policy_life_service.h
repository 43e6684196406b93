// gongkai.plans.v1.PolicyLife.
#pragma once

#include "gongkai/plans/v1/policy_life.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/policy_life_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. `store` must outlive the service.
class PolicyLifeService {
 public:
  explicit PolicyLifeService(PolicyLifeStore& store) : store_(store) {}

  Result<v1::PolicyDocument> UpdatePolicyDocument(const rpc::Caller&,
                                                  const v1::UpdatePolicyDocumentRequest&);
  Result<v1::PolicyDocument> DeletePolicyDocument(const rpc::Caller&,
                                                  const v1::DeletePolicyDocumentRequest&);
  Result<v1::PolicyDocument> UndeletePolicyDocument(const rpc::Caller&,
                                                    const v1::UndeletePolicyDocumentRequest&);
  Result<v1::PolicyDocument> RecordPolicyStage(const rpc::Caller&,
                                               const v1::RecordPolicyStageRequest&);
  Result<v1::PolicyDocument> RemovePolicyStage(const rpc::Caller&,
                                               const v1::RemovePolicyStageRequest&);
  Result<v1::Interpretation> UpdateInterpretation(const rpc::Caller&,
                                                  const v1::UpdateInterpretationRequest&);
  Result<v1::Interpretation> DeleteInterpretation(const rpc::Caller&,
                                                  const v1::DeleteInterpretationRequest&);
  Result<v1::Interpretation> UndeleteInterpretation(const rpc::Caller&,
                                                    const v1::UndeleteInterpretationRequest&);

 private:
  PolicyLifeStore& store_;
};

}  // namespace gongkai::plans
