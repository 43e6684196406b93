#include "services/reporting/domain/figure.h"

namespace gongkai::reporting {

FigureSet FiguresOf(const FigureCounts& counts) {
  return {.completion = {counts.verified, counts.occurrences},
          .completion_self_reported = {counts.self_reported, counts.occurrences},
          .completion_with_evidence = {counts.with_evidence, counts.occurrences},
          .completion_lead = {counts.lead_verified, counts.lead_occurrences},
          .completion_by_task = {counts.completed_tasks, counts.tasks},
          .ongoing = {counts.ongoing_verified, counts.ongoing},
          .on_time = {counts.due_verified_in_time, counts.due},
          .overdue_not_done = counts.overdue_not_done,
          .done_late = counts.done_late,
          .due_before_issue = counts.due_before_issue,
          .claim = {counts.claimed, counts.claimable},
          .claim_in_time = {counts.claimed_in_time, counts.claimable_with_deadline},
          .filing = {counts.filed, counts.claimed},
          .filing_in_time = {counts.filed_in_time, counts.claimed_with_filing_deadline},
          .head_interpretation = {counts.heads_attained, counts.units},
          .interpretation = {counts.required_interpreted, counts.required},
          .diversified = {counts.diversified, counts.interpreted},
          .diversified_of_required = {counts.required_diversified, counts.required},
          .forms = {counts.required_with_enough_forms, counts.required}};
}

}  // namespace gongkai::reporting
