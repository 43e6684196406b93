#include "services/plans/rpc/policy_facts.h"

#include <algorithm>

#include "services/plans/domain/interpretation_duty.h"
#include "services/plans/domain/web_address.h"
#include "services/plans/rpc/evidence_check.h"
#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

constexpr int kMostDocuments = 100;
constexpr int kMostReposts = 50;

// The number of a unit of that division.
int UnitOf(const std::string& name, DivisionCode division, const std::string& field,
           RequestChecks& checks) {
  const auto unit = ParseUnitName(name);
  checks.Require(unit && unit->division == division, field,
                 "must be a unit of the same division, " + FormatName(division) + "/units/{unit}");
  return unit ? unit->unit : 0;
}

std::optional<Document> AttachmentOf(bool given, const v1::Evidence& evidence,
                                     const std::string& field, RequestChecks& checks) {
  if (!given) return std::nullopt;
  CheckEvidence(evidence, field, checks);
  return ToDocument(evidence);
}

std::vector<int> DocumentsOf(const v1::Interpretation& interpretation, DivisionCode division,
                             RequestChecks& checks) {
  const int count = interpretation.policy_documents_size();
  checks.Require(count >= 1 && count <= kMostDocuments, "interpretation.policy_documents",
                 "must name 1 to 100 documents");
  std::vector<int> documents;
  for (int i = 0; i < count; ++i) {
    const auto& name = interpretation.policy_documents(i);
    const auto key = ParsePolicyDocumentName(name);
    checks.Require(key && key->division == division,
                   "interpretation.policy_documents[" + std::to_string(i) + "]",
                   "must be a document of " + FormatName(division) + ", is " + name);
    if (key) documents.push_back(key->policy_document);
  }
  std::sort(documents.begin(), documents.end());
  documents.erase(std::unique(documents.begin(), documents.end()), documents.end());
  return documents;
}

// Adds the address in the form in which it is compared.
void AddAddress(const std::string& url, const std::string& field, std::vector<std::string>& keys,
                RequestChecks& checks) {
  checks.Length(url, field, 8, 2000);
  auto key = ComparableAddress(url);
  checks.Require(key.has_value(), field, "must be an address of http:// or https://");
  if (!key) return;
  checks.Require(std::find(keys.begin(), keys.end(), *key) == keys.end(), field,
                 "is named twice by this interpretation");
  keys.push_back(std::move(*key));
}

}  // namespace

Result<PolicyDocumentFacts> FactsOf(const v1::PolicyDocument& document, DivisionCode division) {
  RequestChecks checks;
  checks.Length(document.title(), "policy_document.title", 1, 300);
  checks.Length(document.document_number(), "policy_document.document_number", 0, 100);
  checks.Length(document.issuer(), "policy_document.issuer", 0, 100);
  const int unit = UnitOf(document.unit(), division, "policy_document.unit", checks);
  const auto published = checks.Date(document.publish_date(), "policy_document.publish_date");
  checks.Require(document.issuing_level() != v1::PolicyDocument::ISSUING_LEVEL_UNSPECIFIED &&
                     v1::PolicyDocument::IssuingLevel_IsValid(document.issuing_level()),
                 "policy_document.issuing_level", "must be GOVERNMENT or UNIT");
  checks.Require(document.disclosure() != v1::PolicyDocument::DISCLOSURE_UNSPECIFIED &&
                     v1::PolicyDocument::Disclosure_IsValid(document.disclosure()),
                 "policy_document.disclosure", "must be PROACTIVE, ON_REQUEST or NON_DISCLOSURE");
  const bool proactive = document.disclosure() == v1::PolicyDocument::PROACTIVE;
  checks.Require(proactive || !document.disclosure_reason().empty(),
                 "policy_document.disclosure_reason",
                 "must say why the document is not disclosed proactively");
  checks.Length(document.disclosure_reason(), "policy_document.disclosure_reason", 0, 1000);

  const bool by_rule = MustInterpretByRule(
      {.proactive = proactive,
       .normative = document.normative(),
       .by_government = document.issuing_level() == v1::PolicyDocument::GOVERNMENT,
       .concerns_public = document.concerns_public()});
  const bool must = document.has_must_interpret() ? document.must_interpret() : by_rule;
  checks.Require(must || !by_rule || !document.must_interpret_reason().empty(),
                 "policy_document.must_interpret_reason",
                 "must say why the document need not be interpreted although the rule says so");
  checks.Length(document.must_interpret_reason(), "policy_document.must_interpret_reason", 0, 1000);
  auto plan = AttachmentOf(document.has_interpretation_plan(), document.interpretation_plan(),
                           "policy_document.interpretation_plan", checks);
  auto material =
      AttachmentOf(document.has_interpretation_material(), document.interpretation_material(),
                   "policy_document.interpretation_material", checks);
  if (!checks.ok()) return Fail(checks.error());
  return PolicyDocumentFacts{
      .title = document.title(),
      .document_number = document.document_number(),
      .unit = unit,
      .issuing_level = v1::PolicyDocument::IssuingLevel_Name(document.issuing_level()),
      .publish_date = *published,
      .disclosure = v1::PolicyDocument::Disclosure_Name(document.disclosure()),
      .disclosure_reason = document.disclosure_reason(),
      .must_interpret = must,
      .issuer = document.issuer(),
      .normative = document.normative(),
      .concerns_public = document.concerns_public(),
      .must_interpret_by_rule = by_rule,
      .must_interpret_reason = document.must_interpret_reason(),
      .interpretation_plan = std::move(plan),
      .interpretation_material = std::move(material)};
}

Result<InterpretationFacts> FactsOf(const v1::Interpretation& interpretation,
                                    DivisionCode division) {
  RequestChecks checks;
  checks.Length(interpretation.title(), "interpretation.title", 1, 300);
  const int unit = UnitOf(interpretation.unit(), division, "interpretation.unit", checks);
  const auto published = checks.Date(interpretation.publish_date(), "interpretation.publish_date");
  checks.Require(interpretation.form() != v1::Interpretation::FORM_UNSPECIFIED &&
                     v1::Interpretation::Form_IsValid(interpretation.form()),
                 "interpretation.form", "must be one of the forms of the contract");
  checks.Require(interpretation.interpreter() != v1::Interpretation::INTERPRETER_UNSPECIFIED &&
                     v1::Interpretation::Interpreter_IsValid(interpretation.interpreter()),
                 "interpretation.interpreter", "must say by whom");
  checks.Length(interpretation.interpreter_post(), "interpretation.interpreter_post", 0, 60);
  auto documents = DocumentsOf(interpretation, division, checks);
  std::vector<std::string> keys;
  AddAddress(interpretation.url(), "interpretation.url", keys, checks);
  checks.Require(interpretation.repost_urls_size() <= kMostReposts, "interpretation.repost_urls",
                 "must have at most 50 addresses");
  for (int i = 0; i < interpretation.repost_urls_size(); ++i) {
    AddAddress(interpretation.repost_urls(i),
               "interpretation.repost_urls[" + std::to_string(i) + "]", keys, checks);
  }
  if (!checks.ok()) return Fail(checks.error());
  return InterpretationFacts{
      .title = interpretation.title(),
      .unit = unit,
      .form = v1::Interpretation::Form_Name(interpretation.form()),
      .interpreter = v1::Interpretation::Interpreter_Name(interpretation.interpreter()),
      .policy_documents = std::move(documents),
      .publish_date = *published,
      .url = interpretation.url(),
      .repost_urls = {interpretation.repost_urls().begin(), interpretation.repost_urls().end()},
      .pre_publication = interpretation.pre_publication(),
      .interpreter_post = interpretation.interpreter_post(),
      .address_keys = std::move(keys)};
}

}  // namespace gongkai::plans
