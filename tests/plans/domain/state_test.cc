#include "services/plans/domain/state.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <utility>

namespace gongkai::plans {
namespace {

// Every pair of state and action is in the expected table or refused: the table is written out
// here a second time, from the rules and not from the code.
template <typename State, typename Action>
void ExpectExactly(const std::map<std::pair<State, Action>, State>& allowed,
                   std::initializer_list<State> states, std::initializer_list<Action> actions) {
  for (auto state : states) {
    for (auto action : actions) {
      const auto expected = allowed.find({state, action});
      const auto after = After(state, action);
      const std::string what = std::string(Label(state)) + " " + std::string(Label(action));
      EXPECT_EQ(after.has_value(), expected != allowed.end()) << what;
      if (after && expected != allowed.end()) {
        EXPECT_EQ(*after, expected->second) << what;
      }
    }
  }
}

TEST(PlanStates, ADraftIsIssuedWithOrWithoutConsultationAndThenClosed) {
  using S = PlanState;
  using A = PlanAction;
  ExpectExactly<S, A>({{{S::kDraft, A::kConsult}, S::kConsultation},
                       {{S::kConsultation, A::kReopen}, S::kDraft},
                       {{S::kDraft, A::kIssue}, S::kIssued},
                       {{S::kConsultation, A::kIssue}, S::kIssued},
                       {{S::kIssued, A::kClose}, S::kClosed}},
                      {S::kDraft, S::kConsultation, S::kIssued, S::kClosed},
                      {A::kConsult, A::kReopen, A::kIssue, A::kClose});
}

TEST(PlanStates, AreEditedBeforeIssueAndAmendedAfterwards) {
  const std::map<PlanAction, std::vector<std::string_view>> allowed_from = {
      {PlanAction::kUpdate, {"DRAFT", "CONSULTATION"}},
      {PlanAction::kEditTasks, {"DRAFT", "CONSULTATION"}},
      {PlanAction::kReimport, {"DRAFT", "CONSULTATION"}},
      {PlanAction::kDelete, {"DRAFT"}},
      {PlanAction::kMoveDeadlines, {"DRAFT", "CONSULTATION", "ISSUED"}},
      {PlanAction::kAttachSource, {"DRAFT", "CONSULTATION", "ISSUED"}},
      {PlanAction::kAmend, {"ISSUED"}}};
  for (const auto& [action, states] : allowed_from) {
    EXPECT_EQ(AllowedFrom(action), states) << Label(action);
    for (auto state : {PlanState::kDraft, PlanState::kConsultation, PlanState::kIssued}) {
      if (IsAllowed(Label(state), action)) {
        EXPECT_EQ(After(state, action), state) << Label(action);
      }
    }
  }
}

TEST(AmendmentStates, AreApprovedThenAppliedOrWithdrawnBeforehand) {
  using S = AmendmentState;
  using A = AmendmentAction;
  ExpectExactly<S, A>({{{S::kProposed, A::kApprove}, S::kApproved},
                       {{S::kProposed, A::kWithdraw}, S::kWithdrawn},
                       {{S::kApproved, A::kApply}, S::kApplied},
                       {{S::kApproved, A::kWithdraw}, S::kWithdrawn}},
                      {S::kProposed, S::kApproved, S::kApplied, S::kWithdrawn},
                      {A::kApprove, A::kApply, A::kWithdraw});
}

TEST(AssignmentStates, AreClaimedThenFiledOrDeclinedThenDecided) {
  using S = AssignmentState;
  using A = AssignmentAction;
  ExpectExactly<S, A>({{{S::kAssigned, A::kClaim}, S::kClaimed},
                       {{S::kAssigned, A::kDecline}, S::kDeclined},
                       {{S::kDeclined, A::kUphold}, S::kAssigned},
                       {{S::kClaimed, A::kFileMeasures}, S::kFiled},
                       {{S::kAssigned, A::kCancel}, S::kCancelled},
                       {{S::kDeclined, A::kCancel}, S::kCancelled},
                       {{S::kClaimed, A::kCancel}, S::kCancelled},
                       {{S::kFiled, A::kCancel}, S::kCancelled},
                       {{S::kAssigned, A::kReassign}, S::kCancelled},
                       {{S::kDeclined, A::kReassign}, S::kCancelled},
                       {{S::kClaimed, A::kReassign}, S::kCancelled},
                       {{S::kFiled, A::kReassign}, S::kCancelled},
                       {{S::kCancelled, A::kReceive}, S::kAssigned}},
                      {S::kAssigned, S::kClaimed, S::kFiled, S::kDeclined, S::kCancelled},
                      {A::kClaim, A::kDecline, A::kUphold, A::kFileMeasures, A::kCancel,
                       A::kReassign, A::kReceive});
}

TEST(OccurrenceStates, AreSubmittedThenVerifiedOrReturnedAndSubmittedAgain) {
  using S = OccurrenceState;
  using A = OccurrenceAction;
  ExpectExactly<S, A>({{{S::kOpen, A::kReport}, S::kOpen},
                       {{S::kReturned, A::kReport}, S::kReturned},
                       {{S::kOpen, A::kSubmit}, S::kSubmitted},
                       {{S::kReturned, A::kSubmit}, S::kSubmitted},
                       {{S::kSubmitted, A::kReturn}, S::kReturned},
                       {{S::kSubmitted, A::kVerify}, S::kVerified},
                       {{S::kOpen, A::kCancel}, S::kCancelled},
                       {{S::kSubmitted, A::kCancel}, S::kCancelled},
                       {{S::kReturned, A::kCancel}, S::kCancelled},
                       {{S::kOpen, A::kRequestExtension}, S::kOpen},
                       {{S::kReturned, A::kRequestExtension}, S::kReturned},
                       {{S::kOpen, A::kMoveDueDate}, S::kOpen},
                       {{S::kSubmitted, A::kMoveDueDate}, S::kSubmitted},
                       {{S::kReturned, A::kMoveDueDate}, S::kReturned},
                       {{S::kCancelled, A::kReopen}, S::kOpen}},
                      {S::kOpen, S::kSubmitted, S::kReturned, S::kVerified, S::kCancelled},
                      {A::kReport, A::kSubmit, A::kReturn, A::kVerify, A::kCancel,
                       A::kRequestExtension, A::kMoveDueDate, A::kReopen});
}

TEST(ExtensionStates, AreDecidedOnce) {
  using S = ExtensionState;
  using A = ExtensionAction;
  ExpectExactly<S, A>(
      {{{S::kRequested, A::kApprove}, S::kApproved}, {{S::kRequested, A::kReject}, S::kRejected}},
      {S::kRequested, S::kApproved, S::kRejected}, {A::kApprove, A::kReject});
}

TEST(StateNotAllowed, NamesThePresentStateAndWhatIsAllowedFromIt) {
  const auto error = StateNotAllowed("x/1", "SUBMITTED", OccurrenceAction::kSubmit);
  EXPECT_EQ(error.code, ErrorCode::kFailedPrecondition);
  EXPECT_EQ(error.reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(error.metadata.at("state"), "SUBMITTED");
  EXPECT_EQ(error.metadata.at("allowed"), "return, verify, cancel, moveDueDate");
  EXPECT_EQ(StateNotAllowed("x/1", "VERIFIED", OccurrenceAction::kSubmit).metadata.at("allowed"),
            "");
}

}  // namespace
}  // namespace gongkai::plans
