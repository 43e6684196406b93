// Contributions: what one assignment or occurrence adds to every sum that it is part of. Figures
// are made of such sums only, so a change is applied by subtracting the old contribution and adding
// the new one.
#pragma once

#include "services/reporting/domain/fact.h"

namespace gongkai::reporting {

// Each field is 0 or 1. What depends on the as-of date is left to the sums per due date.
struct OccurrenceContribution {
  int active = 0;         // not cancelled
  int self_reported = 0;  // validly submitted: SUBMITTED or VERIFIED, and so not RETURNED
  int with_evidence = 0;  // self-reported, with at least one piece of evidence
  int verified = 0;
  int verified_in_time = 0;    // verified, and submitted on the due date or before
  int self_reported_late = 0;  // validly submitted after the due date

  friend bool operator==(const OccurrenceContribution&, const OccurrenceContribution&) = default;
};

// An open occurrence of June → {.active = 1}; submitted in July without evidence →
// {.active = 1, .self_reported = 1, .self_reported_late = 1}; cancelled → {}.
OccurrenceContribution ContributionOf(const OccurrenceFact& occurrence);

// Each field is 0 or 1.
struct AssignmentContribution {
  int claimable = 0;  // neither declined nor cancelled
  int claimed = 0;    // CLAIMED or FILED
  int filed = 0;

  friend bool operator==(const AssignmentContribution&, const AssignmentContribution&) = default;
};

AssignmentContribution ContributionOf(const AssignmentFact& assignment);

}  // namespace gongkai::reporting
