#include "services/plans/rpc/policies_service.h"

#include <algorithm>

#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

constexpr char kDivisionForm[] = "divisions/{division}";
constexpr int kMostDocuments = 100;

// The number of a unit of that division.
int UnitOf(const std::string& name, DivisionCode division, const std::string& field,
           RequestChecks& checks) {
  const auto unit = ParseUnitName(name);
  checks.Require(unit && unit->division == division, field,
                 "must be a unit of the same division, " + FormatName(division) + "/units/{unit}");
  return unit ? unit->unit : 0;
}

}  // namespace

Result<v1::PolicyDocument> PoliciesService::CreatePolicyDocument(
    const rpc::Caller& caller, const v1::CreatePolicyDocumentRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& given = request.policy_document();
  RequestChecks checks;
  checks.Length(given.title(), "policy_document.title", 1, 300);
  checks.Length(given.document_number(), "policy_document.document_number", 0, 100);
  const int unit = UnitOf(given.unit(), *division, "policy_document.unit", checks);
  const auto published = checks.Date(given.publish_date(), "policy_document.publish_date");
  checks.Require(given.issuing_level() != v1::PolicyDocument::ISSUING_LEVEL_UNSPECIFIED &&
                     v1::PolicyDocument::IssuingLevel_IsValid(given.issuing_level()),
                 "policy_document.issuing_level", "must be GOVERNMENT or UNIT");
  checks.Require(given.disclosure() != v1::PolicyDocument::DISCLOSURE_UNSPECIFIED &&
                     v1::PolicyDocument::Disclosure_IsValid(given.disclosure()),
                 "policy_document.disclosure", "must be PROACTIVE, ON_REQUEST or NON_DISCLOSURE");
  checks.Require(
      given.disclosure() == v1::PolicyDocument::PROACTIVE || !given.disclosure_reason().empty(),
      "policy_document.disclosure_reason",
      "must say why the document is not disclosed proactively");
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::PolicyDocument>(store_.CreatePolicyDocument(
      *context, *division,
      {.title = given.title(),
       .document_number = given.document_number(),
       .unit = unit,
       .issuing_level = v1::PolicyDocument::IssuingLevel_Name(given.issuing_level()),
       .publish_date = *published,
       .disclosure = v1::PolicyDocument::Disclosure_Name(given.disclosure()),
       .disclosure_reason = given.disclosure_reason(),
       .must_interpret = given.must_interpret()}));
}

Result<v1::PolicyDocument> PoliciesService::GetPolicyDocument(
    const rpc::Caller&, const v1::GetPolicyDocumentRequest& request) {
  const auto key = ParsePolicyDocumentName(request.name());
  if (!key) return Fail(MalformedName("name", "divisions/{division}/policyDocuments/{number}"));
  return ToMessage<v1::PolicyDocument>(store_.GetPolicyDocument(*key));
}

Result<v1::ListPolicyDocumentsResponse> PoliciesService::ListPolicyDocuments(
    const rpc::Caller&, const v1::ListPolicyDocumentsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListPolicyDocuments(*division, *query),
                &v1::ListPolicyDocumentsResponse::mutable_policy_documents);
}

Result<v1::Interpretation> PoliciesService::CreateInterpretation(
    const rpc::Caller& caller, const v1::CreateInterpretationRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& given = request.interpretation();
  RequestChecks checks;
  checks.Length(given.title(), "interpretation.title", 1, 300);
  const int unit = UnitOf(given.unit(), *division, "interpretation.unit", checks);
  const auto published = checks.Date(given.publish_date(), "interpretation.publish_date");
  checks.Require(given.form() != v1::Interpretation::FORM_UNSPECIFIED &&
                     v1::Interpretation::Form_IsValid(given.form()),
                 "interpretation.form", "must be one of the forms of the contract");
  checks.Require(given.interpreter() != v1::Interpretation::INTERPRETER_UNSPECIFIED &&
                     v1::Interpretation::Interpreter_IsValid(given.interpreter()),
                 "interpretation.interpreter", "must say by whom");
  checks.Require(given.url().starts_with("http://") || given.url().starts_with("https://"),
                 "interpretation.url", "must start with http:// or https://");
  checks.Length(given.url(), "interpretation.url", 8, 2000);
  checks.Require(
      given.policy_documents_size() >= 1 && given.policy_documents_size() <= kMostDocuments,
      "interpretation.policy_documents", "must name 1 to 100 documents");
  std::vector<int> documents;
  for (const auto& name : given.policy_documents()) {
    const auto key = ParsePolicyDocumentName(name);
    checks.Require(key && key->division == *division, "interpretation.policy_documents",
                   "must be documents of " + request.parent() + ", has " + name);
    if (key) documents.push_back(key->policy_document);
  }
  if (!checks.ok()) return Fail(checks.error());
  std::sort(documents.begin(), documents.end());
  documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  return ToMessage<v1::Interpretation>(store_.CreateInterpretation(
      *context, *division,
      {.title = given.title(),
       .unit = unit,
       .form = v1::Interpretation::Form_Name(given.form()),
       .interpreter = v1::Interpretation::Interpreter_Name(given.interpreter()),
       .policy_documents = std::move(documents),
       .publish_date = *published,
       .url = given.url()}));
}

Result<v1::Interpretation> PoliciesService::GetInterpretation(
    const rpc::Caller&, const v1::GetInterpretationRequest& request) {
  const auto key = ParseInterpretationName(request.name());
  if (!key) return Fail(MalformedName("name", "divisions/{division}/interpretations/{number}"));
  return ToMessage<v1::Interpretation>(store_.GetInterpretation(*key));
}

Result<v1::ListInterpretationsResponse> PoliciesService::ListInterpretations(
    const rpc::Caller&, const v1::ListInterpretationsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListInterpretations(*division, *query),
                &v1::ListInterpretationsResponse::mutable_interpretations);
}

}  // namespace gongkai::plans
