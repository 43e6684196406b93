#include "services/reporting/domain/contribution.h"

namespace gongkai::reporting {
namespace {

// Without a date of either nobody can be called early or late.
bool SubmittedInTime(const OccurrenceFact& occurrence) {
  return occurrence.submit_date && occurrence.due_date &&
         *occurrence.submit_date <= *occurrence.due_date;
}

bool SubmittedLate(const OccurrenceFact& occurrence) {
  return occurrence.submit_date && occurrence.due_date &&
         *occurrence.submit_date > *occurrence.due_date;
}

}  // namespace

OccurrenceContribution ContributionOf(const OccurrenceFact& occurrence) {
  if (occurrence.state == OccurrenceState::kCancelled) return {};
  const bool verified = occurrence.state == OccurrenceState::kVerified;
  const bool self_reported = verified || occurrence.state == OccurrenceState::kSubmitted;
  return {.active = 1,
          .self_reported = self_reported,
          .with_evidence = self_reported && occurrence.evidence_count > 0,
          .verified = verified,
          .verified_in_time = verified && SubmittedInTime(occurrence),
          .self_reported_late = self_reported && SubmittedLate(occurrence)};
}

AssignmentContribution ContributionOf(const AssignmentFact& assignment) {
  const auto state = assignment.state;
  const bool filed = state == AssignmentState::kFiled;
  return {.claimable = state != AssignmentState::kDeclined && state != AssignmentState::kCancelled,
          .claimed = filed || state == AssignmentState::kClaimed,
          .filed = filed};
}

}  // namespace gongkai::reporting
