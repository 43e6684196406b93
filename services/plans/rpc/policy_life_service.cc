#include "services/plans/rpc/policy_life_service.h"

#include "services/plans/rpc/field_update.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"
#include "services/plans/rpc/policy_facts.h"

namespace gongkai::plans {
namespace {

using Fields = std::vector<std::string>;

const std::vector<std::string_view> kDocumentFields = {"title",
                                                       "document_number",
                                                       "unit",
                                                       "issuing_level",
                                                       "publish_date",
                                                       "disclosure",
                                                       "disclosure_reason",
                                                       "must_interpret",
                                                       "issuer",
                                                       "normative",
                                                       "concerns_public",
                                                       "must_interpret_reason",
                                                       "interpretation_plan",
                                                       "interpretation_material"};

const std::vector<std::string_view> kInterpretationFields = {
    "title",        "unit", "form",        "interpreter",     "policy_documents",
    "publish_date", "url",  "repost_urls", "pre_publication", "interpreter_post"};

// A document that follows the rule goes on following it, unless the request says otherwise.
Result<PolicyDocumentFacts> Updated(const Document& stored, const v1::PolicyDocument& given,
                                    const Fields& fields, DivisionCode division) {
  auto document = ToMessage<v1::PolicyDocument>(stored);
  if (!document) return Fail(document.error());
  if (document->must_interpret() == document->must_interpret_by_rule()) {
    document->clear_must_interpret();
  }
  TakeFields(given, fields, *document);
  return FactsOf(*document, division);
}

Result<InterpretationFacts> Updated(const Document& stored, const v1::Interpretation& given,
                                    const Fields& fields, DivisionCode division) {
  auto interpretation = ToMessage<v1::Interpretation>(stored);
  if (!interpretation) return Fail(interpretation.error());
  TakeFields(given, fields, *interpretation);
  return FactsOf(*interpretation, division);
}

bool IsStage(v1::PolicyStage::Kind kind) {
  return kind != v1::PolicyStage::KIND_UNSPECIFIED && v1::PolicyStage::Kind_IsValid(kind);
}

Result<PolicyStageFacts> StageOf(const v1::PolicyStage& stage) {
  RequestChecks checks;
  checks.Require(IsStage(stage.kind()), "stage.kind",
                 "must be DRAFTED, SUBMITTED, APPROVED or PUBLISHED");
  const auto date = stage.kind() == v1::PolicyStage::PUBLISHED
                        ? checks.OptionalDate(stage.date(), "stage.date")
                        : checks.Date(stage.date(), "stage.date");
  checks.Length(stage.comment(), "stage.comment", 0, 1000);
  if (!checks.ok()) return Fail(checks.error());
  return PolicyStageFacts{.kind = v1::PolicyStage::Kind_Name(stage.kind()),
                          .date = date,
                          .with_plan = stage.with_plan(),
                          .with_material = stage.with_material(),
                          .comment = stage.comment()};
}

}  // namespace

Result<v1::PolicyDocument> PolicyLifeService::UpdatePolicyDocument(
    const rpc::Caller& caller, const v1::UpdatePolicyDocumentRequest& request) {
  const auto& given = request.policy_document();
  const auto key = ParsePolicyDocumentName(given.name());
  if (!key) return Fail(MalformedName("policy_document.name", kPolicyDocumentForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(given.etag());
  if (!expected) return Fail(expected.error());
  const auto fields = FieldsToUpdate(given, request.update_mask(), kDocumentFields);
  if (!fields) return Fail(fields.error());
  return ToMessage<v1::PolicyDocument>(store_.UpdatePolicyDocument(
      *context, *key, *expected,
      [&](const Document& stored) { return Updated(stored, given, *fields, key->division); }));
}

Result<v1::PolicyDocument> PolicyLifeService::DeletePolicyDocument(
    const rpc::Caller& caller, const v1::DeletePolicyDocumentRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParsePolicyDocumentName, kPolicyDocumentForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::PolicyDocument>(
      store_.DeletePolicyDocument(start->context, start->key, start->expected));
}

Result<v1::PolicyDocument> PolicyLifeService::UndeletePolicyDocument(
    const rpc::Caller& caller, const v1::UndeletePolicyDocumentRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParsePolicyDocumentName, kPolicyDocumentForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::PolicyDocument>(
      store_.UndeletePolicyDocument(start->context, start->key, start->expected));
}

Result<v1::PolicyDocument> PolicyLifeService::RecordPolicyStage(
    const rpc::Caller& caller, const v1::RecordPolicyStageRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParsePolicyDocumentName, kPolicyDocumentForm);
  if (!start) return Fail(start.error());
  const auto stage = StageOf(request.stage());
  if (!stage) return Fail(stage.error());
  return ToMessage<v1::PolicyDocument>(
      store_.RecordStage(start->context, start->key, start->expected, *stage));
}

Result<v1::PolicyDocument> PolicyLifeService::RemovePolicyStage(
    const rpc::Caller& caller, const v1::RemovePolicyStageRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParsePolicyDocumentName, kPolicyDocumentForm);
  if (!start) return Fail(start.error());
  if (!IsStage(request.kind())) {
    return Fail(InvalidArgument("kind", "must be DRAFTED, SUBMITTED, APPROVED or PUBLISHED"));
  }
  return ToMessage<v1::PolicyDocument>(store_.RemoveStage(
      start->context, start->key, start->expected, v1::PolicyStage::Kind_Name(request.kind())));
}

Result<v1::Interpretation> PolicyLifeService::UpdateInterpretation(
    const rpc::Caller& caller, const v1::UpdateInterpretationRequest& request) {
  const auto& given = request.interpretation();
  const auto key = ParseInterpretationName(given.name());
  if (!key) return Fail(MalformedName("interpretation.name", kInterpretationForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(given.etag());
  if (!expected) return Fail(expected.error());
  const auto fields = FieldsToUpdate(given, request.update_mask(), kInterpretationFields);
  if (!fields) return Fail(fields.error());
  return ToMessage<v1::Interpretation>(store_.UpdateInterpretation(
      *context, *key, *expected,
      [&](const Document& stored) { return Updated(stored, given, *fields, key->division); }));
}

Result<v1::Interpretation> PolicyLifeService::DeleteInterpretation(
    const rpc::Caller& caller, const v1::DeleteInterpretationRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseInterpretationName, kInterpretationForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Interpretation>(
      store_.DeleteInterpretation(start->context, start->key, start->expected));
}

Result<v1::Interpretation> PolicyLifeService::UndeleteInterpretation(
    const rpc::Caller& caller, const v1::UndeleteInterpretationRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseInterpretationName, kInterpretationForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Interpretation>(
      store_.UndeleteInterpretation(start->context, start->key, start->expected));
}

}  // namespace gongkai::plans
