#include "services/plans/rpc/deadlines_service.h"

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {

Result<v1::DueDateChange> DeadlinesService::RequestExtension(
    const rpc::Caller& caller, const v1::RequestExtensionRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseOccurrenceName, kOccurrenceForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  const auto due = checks.Date(request.due_date(), "due_date");
  checks.Length(request.reason(), "reason", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::DueDateChange>(deadlines_.RequestExtension(
      start->context, start->key, start->expected, *due, request.reason()));
}

Result<v1::DueDateChange> DeadlinesService::ApproveExtension(
    const rpc::Caller& caller, const v1::ApproveExtensionRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseDueDateChangeName, kDueDateChangeForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  checks.Length(request.comment(), "comment", 0, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::DueDateChange>(deadlines_.DecideExtension(
      start->context, start->key, start->expected, ExtensionAction::kApprove, request.comment()));
}

Result<v1::DueDateChange> DeadlinesService::RejectExtension(
    const rpc::Caller& caller, const v1::RejectExtensionRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseDueDateChangeName, kDueDateChangeForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  checks.Length(request.comment(), "comment", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::DueDateChange>(deadlines_.DecideExtension(
      start->context, start->key, start->expected, ExtensionAction::kReject, request.comment()));
}

Result<v1::DueDateChange> DeadlinesService::ResetDueDate(const rpc::Caller& caller,
                                                         const v1::ResetDueDateRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseOccurrenceName, kOccurrenceForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  const auto due = checks.Date(request.due_date(), "due_date");
  checks.Length(request.reason(), "reason", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::DueDateChange>(
      deadlines_.ResetDueDate(start->context, start->key, start->expected, *due, request.reason()));
}

Result<v1::ListDueDateChangesResponse> DeadlinesService::ListDueDateChanges(
    const rpc::Caller&, const v1::ListDueDateChangesRequest& request) {
  const auto key = ParseOccurrenceName(request.parent());
  if (!key) return Fail(MalformedName("parent", kOccurrenceForm));
  if (auto found = work_.GetOccurrence(*key); !found) return Fail(found.error());
  return ToRepeated(deadlines_.ListDueDateChanges(*key),
                    &v1::ListDueDateChangesResponse::mutable_due_date_changes);
}

}  // namespace gongkai::plans
