#include "services/plans/rpc/policies_service.h"

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"
#include "services/plans/rpc/policy_facts.h"

namespace gongkai::plans {

Result<v1::PolicyDocument> PoliciesService::CreatePolicyDocument(
    const rpc::Caller& caller, const v1::CreatePolicyDocumentRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto facts = FactsOf(request.policy_document(), *division);
  if (!facts) return Fail(facts.error());
  return ToMessage<v1::PolicyDocument>(store_.CreatePolicyDocument(*context, *division, *facts));
}

Result<v1::PolicyDocument> PoliciesService::GetPolicyDocument(
    const rpc::Caller&, const v1::GetPolicyDocumentRequest& request) {
  const auto key = ParsePolicyDocumentName(request.name());
  if (!key) return Fail(MalformedName("name", kPolicyDocumentForm));
  return ToMessage<v1::PolicyDocument>(store_.GetPolicyDocument(*key));
}

Result<v1::ListPolicyDocumentsResponse> PoliciesService::ListPolicyDocuments(
    const rpc::Caller&, const v1::ListPolicyDocumentsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListPolicyDocuments(*division, request.show_deleted(), *query),
                &v1::ListPolicyDocumentsResponse::mutable_policy_documents);
}

Result<v1::Interpretation> PoliciesService::CreateInterpretation(
    const rpc::Caller& caller, const v1::CreateInterpretationRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto facts = FactsOf(request.interpretation(), *division);
  if (!facts) return Fail(facts.error());
  return ToMessage<v1::Interpretation>(store_.CreateInterpretation(*context, *division, *facts));
}

Result<v1::Interpretation> PoliciesService::GetInterpretation(
    const rpc::Caller&, const v1::GetInterpretationRequest& request) {
  const auto key = ParseInterpretationName(request.name());
  if (!key) return Fail(MalformedName("name", kInterpretationForm));
  return ToMessage<v1::Interpretation>(store_.GetInterpretation(*key));
}

Result<v1::ListInterpretationsResponse> PoliciesService::ListInterpretations(
    const rpc::Caller&, const v1::ListInterpretationsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListInterpretations(*division, request.show_deleted(), *query),
                &v1::ListInterpretationsResponse::mutable_interpretations);
}

}  // namespace gongkai::plans
