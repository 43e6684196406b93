#include "tests/plans/support/policy_world.h"

#include <google/protobuf/util/field_mask_util.h>

namespace gongkai::plans::testing {

using google::protobuf::util::FieldMaskUtil;

v1::PolicyDocument PolicyDraft(const std::string& document_number) {
  v1::PolicyDocument document;
  document.set_title("关于公布补贴办法的通知");
  document.set_document_number(document_number);
  document.set_unit(kFinance);
  document.set_issuing_level(v1::PolicyDocument::UNIT);
  document.set_publish_date("2026-03-02");
  document.set_disclosure(v1::PolicyDocument::PROACTIVE);
  return document;
}

v1::Interpretation ActDraft(const std::string& document, const std::string& url) {
  v1::Interpretation act;
  act.set_title("解读补贴办法");
  act.set_unit(kFinance);
  act.set_form(v1::Interpretation::TEXT);
  act.set_interpreter(v1::Interpretation::STAFF);
  act.add_policy_documents(document);
  act.set_publish_date("2026-03-03");
  act.set_url(url);
  return act;
}

Result<v1::PolicyDocument> PolicyWorld::Add(const v1::PolicyDocument& document,
                                            const std::string& request_id, bool validate_only) {
  v1::CreatePolicyDocumentRequest request;
  request.set_parent(kCounty);
  *request.mutable_policy_document() = document;
  request.set_request_id(request_id);
  request.set_validate_only(validate_only);
  return Call(*policies, &v1::Policies::Stub::CreatePolicyDocument, request);
}

Result<v1::PolicyDocument> PolicyWorld::Get(const std::string& document) {
  v1::GetPolicyDocumentRequest request;
  request.set_name(document);
  return Call(*policies, &v1::Policies::Stub::GetPolicyDocument, request);
}

Result<v1::PolicyDocument> PolicyWorld::Update(const v1::PolicyDocument& document,
                                               const std::string& paths) {
  v1::UpdatePolicyDocumentRequest request;
  *request.mutable_policy_document() = document;
  FieldMaskUtil::FromString(paths, request.mutable_update_mask());
  return Call(*policy_life, &v1::PolicyLife::Stub::UpdatePolicyDocument, request);
}

Result<v1::PolicyDocument> PolicyWorld::Delete(const std::string& document,
                                               const std::string& etag) {
  v1::DeletePolicyDocumentRequest request;
  request.set_name(document);
  request.set_etag(etag);
  return Call(*policy_life, &v1::PolicyLife::Stub::DeletePolicyDocument, request);
}

Result<v1::PolicyDocument> PolicyWorld::Undelete(const std::string& document) {
  v1::UndeletePolicyDocumentRequest request;
  request.set_name(document);
  return Call(*policy_life, &v1::PolicyLife::Stub::UndeletePolicyDocument, request);
}

Result<v1::PolicyDocument> PolicyWorld::Record(const std::string& document,
                                               v1::PolicyStage::Kind kind, const std::string& date,
                                               bool with_plan, bool with_material) {
  v1::RecordPolicyStageRequest request;
  request.set_name(document);
  request.mutable_stage()->set_kind(kind);
  request.mutable_stage()->set_date(date);
  request.mutable_stage()->set_with_plan(with_plan);
  request.mutable_stage()->set_with_material(with_material);
  return Call(*policy_life, &v1::PolicyLife::Stub::RecordPolicyStage, request);
}

Result<v1::Interpretation> PolicyWorld::Add(const v1::Interpretation& act,
                                            const std::string& request_id, bool validate_only) {
  v1::CreateInterpretationRequest request;
  request.set_parent(kCounty);
  *request.mutable_interpretation() = act;
  request.set_request_id(request_id);
  request.set_validate_only(validate_only);
  return Call(*policies, &v1::Policies::Stub::CreateInterpretation, request);
}

Result<v1::Interpretation> PolicyWorld::Update(const v1::Interpretation& act,
                                               const std::string& paths) {
  v1::UpdateInterpretationRequest request;
  *request.mutable_interpretation() = act;
  FieldMaskUtil::FromString(paths, request.mutable_update_mask());
  return Call(*policy_life, &v1::PolicyLife::Stub::UpdateInterpretation, request);
}

Result<v1::Interpretation> PolicyWorld::DeleteAct(const std::string& act, const std::string& etag) {
  v1::DeleteInterpretationRequest request;
  request.set_name(act);
  request.set_etag(etag);
  return Call(*policy_life, &v1::PolicyLife::Stub::DeleteInterpretation, request);
}

Result<v1::Interpretation> PolicyWorld::UndeleteAct(const std::string& act) {
  v1::UndeleteInterpretationRequest request;
  request.set_name(act);
  return Call(*policy_life, &v1::PolicyLife::Stub::UndeleteInterpretation, request);
}

}  // namespace gongkai::plans::testing
