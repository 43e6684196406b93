#include "services/plans/domain/state.h"

#include <span>

namespace gongkai::plans {
namespace {

template <typename State, typename Action>
struct Row {
  State from;
  Action action;
  State to;
};

using PlanRow = Row<PlanState, PlanAction>;
constexpr PlanRow kPlanRows[] = {
    {PlanState::kDraft, PlanAction::kConsult, PlanState::kConsultation},
    {PlanState::kDraft, PlanAction::kIssue, PlanState::kIssued},
    {PlanState::kDraft, PlanAction::kUpdate, PlanState::kDraft},
    {PlanState::kDraft, PlanAction::kMoveDeadlines, PlanState::kDraft},
    {PlanState::kDraft, PlanAction::kEditTasks, PlanState::kDraft},
    {PlanState::kDraft, PlanAction::kReimport, PlanState::kDraft},
    {PlanState::kDraft, PlanAction::kAttachSource, PlanState::kDraft},
    {PlanState::kDraft, PlanAction::kDelete, PlanState::kDraft},
    {PlanState::kConsultation, PlanAction::kReopen, PlanState::kDraft},
    {PlanState::kConsultation, PlanAction::kIssue, PlanState::kIssued},
    {PlanState::kConsultation, PlanAction::kUpdate, PlanState::kConsultation},
    {PlanState::kConsultation, PlanAction::kMoveDeadlines, PlanState::kConsultation},
    {PlanState::kConsultation, PlanAction::kEditTasks, PlanState::kConsultation},
    {PlanState::kConsultation, PlanAction::kReimport, PlanState::kConsultation},
    {PlanState::kConsultation, PlanAction::kAttachSource, PlanState::kConsultation},
    {PlanState::kIssued, PlanAction::kClose, PlanState::kClosed},
    {PlanState::kIssued, PlanAction::kMoveDeadlines, PlanState::kIssued},
    {PlanState::kIssued, PlanAction::kAmend, PlanState::kIssued},
    {PlanState::kIssued, PlanAction::kAttachSource, PlanState::kIssued},
};

using AmendmentRow = Row<AmendmentState, AmendmentAction>;
constexpr AmendmentRow kAmendmentRows[] = {
    {AmendmentState::kProposed, AmendmentAction::kApprove, AmendmentState::kApproved},
    {AmendmentState::kProposed, AmendmentAction::kWithdraw, AmendmentState::kWithdrawn},
    {AmendmentState::kApproved, AmendmentAction::kApply, AmendmentState::kApplied},
    {AmendmentState::kApproved, AmendmentAction::kWithdraw, AmendmentState::kWithdrawn},
};

using AssignmentRow = Row<AssignmentState, AssignmentAction>;
constexpr AssignmentRow kAssignmentRows[] = {
    {AssignmentState::kAssigned, AssignmentAction::kClaim, AssignmentState::kClaimed},
    {AssignmentState::kAssigned, AssignmentAction::kDecline, AssignmentState::kDeclined},
    {AssignmentState::kDeclined, AssignmentAction::kUphold, AssignmentState::kAssigned},
    {AssignmentState::kClaimed, AssignmentAction::kFileMeasures, AssignmentState::kFiled},
    {AssignmentState::kAssigned, AssignmentAction::kCancel, AssignmentState::kCancelled},
    {AssignmentState::kDeclined, AssignmentAction::kCancel, AssignmentState::kCancelled},
    {AssignmentState::kClaimed, AssignmentAction::kCancel, AssignmentState::kCancelled},
    {AssignmentState::kFiled, AssignmentAction::kCancel, AssignmentState::kCancelled},
    {AssignmentState::kAssigned, AssignmentAction::kReassign, AssignmentState::kCancelled},
    {AssignmentState::kDeclined, AssignmentAction::kReassign, AssignmentState::kCancelled},
    {AssignmentState::kClaimed, AssignmentAction::kReassign, AssignmentState::kCancelled},
    {AssignmentState::kFiled, AssignmentAction::kReassign, AssignmentState::kCancelled},
    {AssignmentState::kCancelled, AssignmentAction::kReceive, AssignmentState::kAssigned},
};

using OccurrenceRow = Row<OccurrenceState, OccurrenceAction>;
constexpr OccurrenceRow kOccurrenceRows[] = {
    {OccurrenceState::kOpen, OccurrenceAction::kReport, OccurrenceState::kOpen},
    {OccurrenceState::kReturned, OccurrenceAction::kReport, OccurrenceState::kReturned},
    {OccurrenceState::kOpen, OccurrenceAction::kSubmit, OccurrenceState::kSubmitted},
    {OccurrenceState::kReturned, OccurrenceAction::kSubmit, OccurrenceState::kSubmitted},
    {OccurrenceState::kSubmitted, OccurrenceAction::kReturn, OccurrenceState::kReturned},
    {OccurrenceState::kSubmitted, OccurrenceAction::kVerify, OccurrenceState::kVerified},
    {OccurrenceState::kOpen, OccurrenceAction::kCancel, OccurrenceState::kCancelled},
    {OccurrenceState::kSubmitted, OccurrenceAction::kCancel, OccurrenceState::kCancelled},
    {OccurrenceState::kReturned, OccurrenceAction::kCancel, OccurrenceState::kCancelled},
    {OccurrenceState::kOpen, OccurrenceAction::kRequestExtension, OccurrenceState::kOpen},
    {OccurrenceState::kReturned, OccurrenceAction::kRequestExtension, OccurrenceState::kReturned},
    {OccurrenceState::kOpen, OccurrenceAction::kMoveDueDate, OccurrenceState::kOpen},
    {OccurrenceState::kSubmitted, OccurrenceAction::kMoveDueDate, OccurrenceState::kSubmitted},
    {OccurrenceState::kReturned, OccurrenceAction::kMoveDueDate, OccurrenceState::kReturned},
    {OccurrenceState::kCancelled, OccurrenceAction::kReopen, OccurrenceState::kOpen},
};

using ExtensionRow = Row<ExtensionState, ExtensionAction>;
constexpr ExtensionRow kExtensionRows[] = {
    {ExtensionState::kRequested, ExtensionAction::kApprove, ExtensionState::kApproved},
    {ExtensionState::kRequested, ExtensionAction::kReject, ExtensionState::kRejected},
};

std::span<const PlanRow> Table(PlanAction) { return kPlanRows; }
std::span<const AmendmentRow> Table(AmendmentAction) { return kAmendmentRows; }
std::span<const AssignmentRow> Table(AssignmentAction) { return kAssignmentRows; }
std::span<const OccurrenceRow> Table(OccurrenceAction) { return kOccurrenceRows; }
std::span<const ExtensionRow> Table(ExtensionAction) { return kExtensionRows; }

template <typename State, typename Action>
std::optional<State> Find(State state, Action action) {
  for (const auto& row : Table(action)) {
    if (row.from == state && row.action == action) return row.to;
  }
  return std::nullopt;
}

std::string Join(const std::vector<std::string_view>& words) {
  std::string text;
  for (auto word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

}  // namespace

std::optional<PlanState> After(PlanState state, PlanAction action) { return Find(state, action); }
std::optional<AmendmentState> After(AmendmentState state, AmendmentAction action) {
  return Find(state, action);
}
std::optional<AssignmentState> After(AssignmentState state, AssignmentAction action) {
  return Find(state, action);
}
std::optional<OccurrenceState> After(OccurrenceState state, OccurrenceAction action) {
  return Find(state, action);
}
std::optional<ExtensionState> After(ExtensionState state, ExtensionAction action) {
  return Find(state, action);
}

std::string_view Label(PlanState state) {
  switch (state) {
    case PlanState::kDraft:
      return "DRAFT";
    case PlanState::kConsultation:
      return "CONSULTATION";
    case PlanState::kIssued:
      return "ISSUED";
    case PlanState::kClosed:
      return "CLOSED";
  }
  return "";
}

std::string_view Label(AmendmentState state) {
  switch (state) {
    case AmendmentState::kProposed:
      return "PROPOSED";
    case AmendmentState::kApproved:
      return "APPROVED";
    case AmendmentState::kApplied:
      return "APPLIED";
    case AmendmentState::kWithdrawn:
      return "WITHDRAWN";
  }
  return "";
}

std::string_view Label(AssignmentState state) {
  switch (state) {
    case AssignmentState::kAssigned:
      return "ASSIGNED";
    case AssignmentState::kClaimed:
      return "CLAIMED";
    case AssignmentState::kFiled:
      return "FILED";
    case AssignmentState::kDeclined:
      return "DECLINED";
    case AssignmentState::kCancelled:
      return "CANCELLED";
  }
  return "";
}

std::string_view Label(OccurrenceState state) {
  switch (state) {
    case OccurrenceState::kOpen:
      return "OPEN";
    case OccurrenceState::kSubmitted:
      return "SUBMITTED";
    case OccurrenceState::kReturned:
      return "RETURNED";
    case OccurrenceState::kVerified:
      return "VERIFIED";
    case OccurrenceState::kCancelled:
      return "CANCELLED";
  }
  return "";
}

std::string_view Label(ExtensionState state) {
  switch (state) {
    case ExtensionState::kRequested:
      return "REQUESTED";
    case ExtensionState::kApproved:
      return "APPROVED";
    case ExtensionState::kRejected:
      return "REJECTED";
  }
  return "";
}

std::string_view Label(PlanAction action) {
  switch (action) {
    case PlanAction::kConsult:
      return "openConsultation";
    case PlanAction::kReopen:
      return "reopenDraft";
    case PlanAction::kIssue:
      return "issue";
    case PlanAction::kClose:
      return "close";
    case PlanAction::kUpdate:
      return "update";
    case PlanAction::kMoveDeadlines:
      return "moveDeadlines";
    case PlanAction::kEditTasks:
      return "editTasks";
    case PlanAction::kReimport:
      return "reimport";
    case PlanAction::kAmend:
      return "amend";
    case PlanAction::kAttachSource:
      return "attachSource";
    case PlanAction::kDelete:
      return "delete";
  }
  return "";
}

std::string_view Label(AmendmentAction action) {
  switch (action) {
    case AmendmentAction::kApprove:
      return "approve";
    case AmendmentAction::kApply:
      return "apply";
    case AmendmentAction::kWithdraw:
      return "withdraw";
  }
  return "";
}

std::string_view Label(AssignmentAction action) {
  switch (action) {
    case AssignmentAction::kClaim:
      return "claim";
    case AssignmentAction::kDecline:
      return "decline";
    case AssignmentAction::kUphold:
      return "uphold";
    case AssignmentAction::kFileMeasures:
      return "fileMeasures";
    case AssignmentAction::kCancel:
      return "cancel";
    case AssignmentAction::kReassign:
      return "reassign";
    case AssignmentAction::kReceive:
      return "receive";
  }
  return "";
}

std::string_view Label(OccurrenceAction action) {
  switch (action) {
    case OccurrenceAction::kReport:
      return "report";
    case OccurrenceAction::kSubmit:
      return "submit";
    case OccurrenceAction::kReturn:
      return "return";
    case OccurrenceAction::kVerify:
      return "verify";
    case OccurrenceAction::kCancel:
      return "cancel";
    case OccurrenceAction::kRequestExtension:
      return "requestExtension";
    case OccurrenceAction::kMoveDueDate:
      return "moveDueDate";
    case OccurrenceAction::kReopen:
      return "reopen";
  }
  return "";
}

std::string_view Label(ExtensionAction action) {
  switch (action) {
    case ExtensionAction::kApprove:
      return "approve";
    case ExtensionAction::kReject:
      return "reject";
  }
  return "";
}

template <typename Action>
std::vector<std::string_view> AllowedFrom(Action action) {
  std::vector<std::string_view> labels;
  for (const auto& row : Table(action)) {
    if (row.action == action) labels.push_back(Label(row.from));
  }
  return labels;
}

template <typename Action>
bool IsAllowed(std::string_view state_label, Action action) {
  for (const auto& row : Table(action)) {
    if (row.action == action && Label(row.from) == state_label) return true;
  }
  return false;
}

template <typename Action>
std::vector<std::string_view> AllowedActions(std::string_view state_label) {
  std::vector<std::string_view> labels;
  for (const auto& row : Table(Action{})) {
    if (Label(row.from) == state_label) labels.push_back(Label(row.action));
  }
  return labels;
}

template <typename Action>
Error StateNotAllowed(std::string_view resource, std::string_view state_label, Action action) {
  const std::string allowed = Join(AllowedActions<Action>(state_label));
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "STATE_NOT_ALLOWED",
          .message = std::string(resource) + " is " + std::string(state_label) + ": " +
                     std::string(Label(action)) + " is not allowed from there; allowed: " +
                     (allowed.empty() ? "nothing" : allowed),
          .message_zh = "当前状态（" + std::string(state_label) + "）不允许此操作",
          .metadata = {{"resource", std::string(resource)},
                       {"state", std::string(state_label)},
                       {"action", std::string(Label(action))},
                       {"allowed", allowed}}};
}

template std::vector<std::string_view> AllowedFrom(PlanAction);
template std::vector<std::string_view> AllowedFrom(AmendmentAction);
template std::vector<std::string_view> AllowedFrom(AssignmentAction);
template std::vector<std::string_view> AllowedFrom(OccurrenceAction);
template std::vector<std::string_view> AllowedFrom(ExtensionAction);
template bool IsAllowed(std::string_view, PlanAction);
template bool IsAllowed(std::string_view, AmendmentAction);
template bool IsAllowed(std::string_view, AssignmentAction);
template bool IsAllowed(std::string_view, OccurrenceAction);
template bool IsAllowed(std::string_view, ExtensionAction);
template std::vector<std::string_view> AllowedActions<PlanAction>(std::string_view);
template std::vector<std::string_view> AllowedActions<AmendmentAction>(std::string_view);
template std::vector<std::string_view> AllowedActions<AssignmentAction>(std::string_view);
template std::vector<std::string_view> AllowedActions<OccurrenceAction>(std::string_view);
template std::vector<std::string_view> AllowedActions<ExtensionAction>(std::string_view);
template Error StateNotAllowed(std::string_view, std::string_view, PlanAction);
template Error StateNotAllowed(std::string_view, std::string_view, AmendmentAction);
template Error StateNotAllowed(std::string_view, std::string_view, AssignmentAction);
template Error StateNotAllowed(std::string_view, std::string_view, OccurrenceAction);
template Error StateNotAllowed(std::string_view, std::string_view, ExtensionAction);

}  // namespace gongkai::plans
