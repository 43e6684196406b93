#include "services/plans/rpc/decisions_service.h"

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

// What a decision on one resource is about; its reason is checked.
template <typename Request, typename Key>
Result<ChangeStart<Key>> DecisionStartOf(const rpc::Caller& caller, const Request& request,
                                         std::optional<Key> (*parse)(std::string_view),
                                         std::string_view form) {
  auto start = ChangeStartOf(caller, request, parse, form);
  if (!start) return start;
  RequestChecks checks;
  checks.Length(request.reason(), "reason", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return start;
}

}  // namespace

Result<v1::Assignment> DecisionsService::DeclineAssignment(
    const rpc::Caller& caller, const v1::DeclineAssignmentRequest& request) {
  return Change(caller, request, AssignmentAction::kDecline);
}

Result<v1::Assignment> DecisionsService::UpholdAssignment(
    const rpc::Caller& caller, const v1::UpholdAssignmentRequest& request) {
  return Change(caller, request, AssignmentAction::kUphold);
}

Result<v1::Assignment> DecisionsService::ReassignAssignment(
    const rpc::Caller& caller, const v1::ReassignAssignmentRequest& request) {
  const auto start = DecisionStartOf(caller, request, &ParseAssignmentName, kAssignmentForm);
  if (!start) return Fail(start.error());
  const auto unit = ParseUnitName(request.unit());
  if (!unit) return Fail(MalformedName("unit", kUnitForm));
  RequestChecks checks;
  checks.Require(unit->division == start->key.task.plan.division, "unit",
                 "must belong to the division of the assignment");
  checks.Require(unit->unit != start->key.unit, "unit", "has the assignment already");
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::Assignment>(decisions_.ReassignAssignment(
      start->context, start->key, start->expected, unit->unit, request.reason()));
}

Result<v1::Assignment> DecisionsService::CancelAssignment(
    const rpc::Caller& caller, const v1::CancelAssignmentRequest& request) {
  const auto start = DecisionStartOf(caller, request, &ParseAssignmentName, kAssignmentForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Assignment>(
      decisions_.CancelAssignment(start->context, start->key, start->expected, request.reason()));
}

Result<v1::Occurrence> DecisionsService::CancelOccurrence(
    const rpc::Caller& caller, const v1::CancelOccurrenceRequest& request) {
  const auto start = DecisionStartOf(caller, request, &ParseOccurrenceName, kOccurrenceForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Occurrence>(work_.ChangeOccurrence(
      start->context, start->key, start->expected, OccurrenceAction::kCancel, request.reason()));
}

Result<v1::ListTransitionsResponse> DecisionsService::ListTransitions(
    const rpc::Caller&, const v1::ListTransitionsRequest& request) {
  const auto assignment = ParseAssignmentName(request.parent());
  const auto occurrence = ParseOccurrenceName(request.parent());
  if (!assignment && !occurrence) {
    return Fail(MalformedName("parent", std::string(kAssignmentForm) + " or " + kOccurrenceForm));
  }
  const auto found =
      occurrence ? work_.GetOccurrence(*occurrence) : work_.GetAssignment(*assignment);
  if (!found) return Fail(found.error());
  return ToRepeated(occurrence
                        ? decisions_.ListTransitions(occurrence->assignment, occurrence->occurrence)
                        : decisions_.ListTransitions(*assignment, std::nullopt),
                    &v1::ListTransitionsResponse::mutable_transitions);
}

template <typename Request>
Result<v1::Assignment> DecisionsService::Change(const rpc::Caller& caller, const Request& request,
                                                AssignmentAction action) {
  const auto start = DecisionStartOf(caller, request, &ParseAssignmentName, kAssignmentForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Assignment>(work_.ChangeAssignment(
      start->context, start->key, start->expected, action, request.reason()));
}

}  // namespace gongkai::plans
