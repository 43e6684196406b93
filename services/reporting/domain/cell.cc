#include "services/reporting/domain/cell.h"

namespace gongkai::reporting {

void Cell::Add(const Cell& other) {
  completion.Add(other.completion);
  assignments.Add(other.assignments);
  tasks.Add(other.tasks);
  holders.Add(other.holders);
  documents.Add(other.documents);
  head_acts.Add(other.head_acts);
}

void Add(Cell& cell, const OccurrenceFact& occurrence, int times) {
  const auto one = ContributionOf(occurrence);
  cell.completion.Add(
      {DayNumber(occurrence.due_date), CompletionKind(occurrence.role, occurrence.ongoing)},
      {times * one.active, times * one.self_reported, times * one.with_evidence,
       times * one.verified, times * one.verified_in_time, times * one.self_reported_late});
  if (occurrence.role != Role::kSupporting && !occurrence.ongoing) {
    cell.tasks.Add({occurrence.task}, {times * one.active, times * one.verified});
  }
}

void Add(Cell& cell, const AssignmentFact& assignment, int times) {
  const auto one = ContributionOf(assignment);
  cell.assignments.Add({DayNumber(assignment.claim_date), DayNumber(assignment.file_date)},
                       {times * one.claimable, times * one.claimed, times * one.filed});
  cell.holders.Add({assignment.unit}, {times * one.claimable});
}

void Add(Cell& cell, const DocumentCount& document, int times) {
  cell.documents.Add({static_cast<std::int32_t>(document.issuing_level),
                      DocumentFlags(document.must_interpret, document.three_sync),
                      static_cast<std::int32_t>(document.forms.bits())},
                     {times});
}

}  // namespace gongkai::reporting
