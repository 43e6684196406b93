// The tables of states: which change is allowed from where. Whatever stands in no row is refused
// with an error that names the present state and what is allowed from it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::plans {

enum class PlanState { kDraft, kConsultation, kIssued, kClosed };
enum class PlanAction {
  kConsult,
  kReopen,
  kIssue,
  kClose,
  kUpdate,         // title, document number, issue date
  kMoveDeadlines,  // to claim and to file
  kEditTasks,
  kReimport,
  kAmend,
  kAttachSource,
  kDelete,
};

enum class AmendmentState { kProposed, kApproved, kApplied, kWithdrawn };
enum class AmendmentAction { kApprove, kApply, kWithdraw };

enum class AssignmentState { kAssigned, kClaimed, kFiled, kDeclined, kCancelled };
enum class AssignmentAction {
  kClaim,
  kDecline,
  kUphold,
  kFileMeasures,
  kCancel,
  kReassign,  // away from the unit
  kReceive,   // back to a unit that had it before
};

enum class OccurrenceState { kOpen, kSubmitted, kReturned, kVerified, kCancelled };
enum class OccurrenceAction {
  kReport,
  kSubmit,
  kReturn,
  kVerify,
  kCancel,
  kRequestExtension,
  kMoveDueDate,  // by an extension that was approved, by a supervisor, by its event's new date
  kReopen,       // with its assignment, which came back
};

enum class ExtensionState { kRequested, kApproved, kRejected };
enum class ExtensionAction { kApprove, kReject };

// The state after the action; nothing if it is not allowed from `state`.
std::optional<PlanState> After(PlanState state, PlanAction action);
std::optional<AmendmentState> After(AmendmentState state, AmendmentAction action);
std::optional<AssignmentState> After(AssignmentState state, AssignmentAction action);
std::optional<OccurrenceState> After(OccurrenceState state, OccurrenceAction action);
std::optional<ExtensionState> After(ExtensionState state, ExtensionAction action);

// The labels of the contract's enums: `DRAFT`, `ASSIGNED`, `OPEN` …
std::string_view Label(PlanState state);
std::string_view Label(AmendmentState state);
std::string_view Label(AssignmentState state);
std::string_view Label(OccurrenceState state);
std::string_view Label(ExtensionState state);
// The names of the actions as the contract's methods spell them: `issue`, `claim`, `submit` …
std::string_view Label(PlanAction action);
std::string_view Label(AmendmentAction action);
std::string_view Label(AssignmentAction action);
std::string_view Label(OccurrenceAction action);
std::string_view Label(ExtensionAction action);

// Labels of the states from which the action is allowed, in the order of the enum.
template <typename Action>
std::vector<std::string_view> AllowedFrom(Action action);
// Whether the action is allowed from the state with this label.
template <typename Action>
bool IsAllowed(std::string_view state_label, Action action);
// Names of the actions that are allowed from the state with this label.
template <typename Action>
std::vector<std::string_view> AllowedActions(std::string_view state_label);

// FAILED_PRECONDITION with reason STATE_NOT_ALLOWED for `action` on the resource in that state.
template <typename Action>
Error StateNotAllowed(std::string_view resource, std::string_view state_label, Action action);

}  // namespace gongkai::plans
