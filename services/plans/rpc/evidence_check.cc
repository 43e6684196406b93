#include "services/plans/rpc/evidence_check.h"

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
    case v1::Evidence::FORM_NOT_SET:
      checks.Require(false, field, "must have a url or a document_number");
  }
}

}  // namespace gongkai::plans
