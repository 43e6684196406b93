#include "services/reporting/domain/figure.h"

#include <iterator>

namespace gongkai::reporting {
namespace {

using Count = std::int64_t FigureCounts::*;

constexpr Count kCounts[] = {&FigureCounts::occurrences,
                             &FigureCounts::self_reported,
                             &FigureCounts::with_evidence,
                             &FigureCounts::verified,
                             &FigureCounts::lead_occurrences,
                             &FigureCounts::lead_verified,
                             &FigureCounts::ongoing,
                             &FigureCounts::ongoing_verified,
                             &FigureCounts::tasks,
                             &FigureCounts::completed_tasks,
                             &FigureCounts::due,
                             &FigureCounts::due_verified_in_time,
                             &FigureCounts::overdue_not_done,
                             &FigureCounts::done_late,
                             &FigureCounts::due_before_issue,
                             &FigureCounts::claimable,
                             &FigureCounts::claimed,
                             &FigureCounts::filed,
                             &FigureCounts::claimable_with_deadline,
                             &FigureCounts::claimed_in_time,
                             &FigureCounts::claimed_with_filing_deadline,
                             &FigureCounts::filed_in_time,
                             &FigureCounts::units,
                             &FigureCounts::heads_attained,
                             &FigureCounts::interpreted,
                             &FigureCounts::diversified,
                             &FigureCounts::required,
                             &FigureCounts::required_interpreted,
                             &FigureCounts::required_diversified,
                             &FigureCounts::required_with_enough_forms,
                             &FigureCounts::required_three_sync};
static_assert(sizeof(FigureCounts) == std::size(kCounts) * sizeof(std::int64_t));

}  // namespace

FigureCounts& FigureCounts::operator+=(const FigureCounts& other) {
  for (const auto count : kCounts) this->*count += other.*count;
  return *this;
}

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
          .forms = {counts.required_with_enough_forms, counts.required},
          .three_sync = {counts.required_three_sync, counts.required}};
}

}  // namespace gongkai::reporting
