#include "services/plans/rpc/evidence_check.h"

#include "services/plans/domain/evidence_key.h"

namespace gongkai::plans {

void CheckEvidence(const v1::Evidence& evidence, const std::string& field, RequestChecks& checks) {
  switch (evidence.form_case()) {
    case v1::Evidence::kUrl:
      checks.Require(
          evidence.url().starts_with("http://") || evidence.url().starts_with("https://"),
          field + ".url", "must start with http:// or https://");
      checks.Length(evidence.url(), field + ".url", 8, 2000);
      return;
    case v1::Evidence::kDocumentNumber:
      checks.Length(evidence.document_number(), field + ".document_number", 1, 100);
      return;
    case v1::Evidence::kFile:
      checks.Require(false, field + ".file", "is for reports of progress; give a url here");
      return;
    case v1::Evidence::FORM_NOT_SET:
      checks.Require(false, field, "must have a url or a document_number");
  }
}

EvidenceUse CheckReportEvidence(const v1::Evidence& evidence, const std::string& field,
                                const UnitKey& unit, RequestChecks& checks) {
  if (evidence.has_file()) {
    const auto file = ParseEvidenceFileName(evidence.file());
    checks.Require(
        file && file->unit == unit, field + ".file",
        "must be a file of the unit that reports, " + FormatName(unit) + "/evidenceFiles/{number}");
    return {.form = "FILE", .evidence_file = file ? file->evidence_file : 0};
  }
  CheckEvidence(evidence, field, checks);
  if (evidence.has_url()) return {.form = "URL", .key = CanonicalUrl(evidence.url())};
  return {.form = "DOCUMENT_NUMBER", .key = CanonicalDocumentNumber(evidence.document_number())};
}

}  // namespace gongkai::plans
