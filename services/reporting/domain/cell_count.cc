#include "services/reporting/domain/cell_count.h"

#include <limits>

namespace gongkai::reporting {
namespace {

// Of a plan without an issue date nothing was due before it.
std::int32_t IssueDay(const PlanTerms& terms) {
  return terms.issue_date ? DayNumber(terms.issue_date) : std::numeric_limits<std::int32_t>::min();
}

void CountTasks(const Cell& cell, FigureCounts& counts) {
  for (const auto& row : cell.tasks.rows()) {
    const auto [active, verified] = row.sums;
    if (active == 0) continue;
    ++counts.tasks;
    counts.completed_tasks += verified == active;
  }
}

void CountAssignments(const Cell& cell, const PlanTerms& terms, FigureCounts& counts) {
  for (const auto& row : cell.assignments.rows()) {
    const auto [claim_day, file_day] = row.key;
    const auto [claimable, claimed, filed] = row.sums;
    counts.claimable += claimable;
    counts.claimed += claimed;
    counts.filed += filed;
    if (terms.claim_deadline) {
      counts.claimable_with_deadline += claimable;
      if (claim_day <= DayNumber(terms.claim_deadline)) counts.claimed_in_time += claimed;
    }
    if (terms.filing_deadline) {
      counts.claimed_with_filing_deadline += claimed;
      if (file_day <= DayNumber(terms.filing_deadline)) counts.filed_in_time += filed;
    }
  }
}

}  // namespace

int MonthOf(std::int32_t day_number) {
  if (day_number == kNoDay) return kNoMonth;
  const CivilDate date{std::chrono::sys_days(std::chrono::days(day_number))};
  return static_cast<int>(date.year()) * 12 + static_cast<int>(unsigned{date.month()}) - 1;
}

void CountOccurrences(const Cell& cell, const PlanTerms& terms, CivilDate as_of,
                      const WorkFilter& filter, FigureCounts& counts) {
  const auto today = DayNumber(as_of);
  const auto issued = IssueDay(terms);
  for (const auto& row : cell.completion.rows()) {
    const auto [due, kind] = row.key;
    const auto role = RoleOf(kind);
    if (filter.role && *filter.role != role) continue;
    if (filter.due_month && *filter.due_month != MonthOf(due)) continue;
    const auto [active, self_reported, with_evidence, verified, in_time, late] = row.sums;
    if (IsOngoing(kind)) {
      counts.ongoing += active;
      counts.ongoing_verified += verified;
    } else {
      counts.occurrences += active;
      counts.self_reported += self_reported;
      counts.with_evidence += with_evidence;
      counts.verified += verified;
      if (role == Role::kLead) {
        counts.lead_occurrences += active;
        counts.lead_verified += verified;
      }
    }
    if (due == kNoDay) continue;
    if (due < issued) {
      counts.due_before_issue += active - self_reported;
      continue;
    }
    if (due <= today) {
      counts.due += active;
      counts.due_verified_in_time += in_time;
    }
    if (due < today) {
      counts.overdue_not_done += active - self_reported;
      counts.done_late += late;
    }
  }
}

void CountWork(const Cell& cell, const PlanTerms& terms, CivilDate as_of, FigureCounts& counts) {
  CountOccurrences(cell, terms, as_of, {}, counts);
  CountTasks(cell, counts);
  CountAssignments(cell, terms, counts);
}

void CountDocuments(const Cell& cell, const Rules& rules, FigureCounts& counts) {
  for (const auto& row : cell.documents.rows()) {
    const auto [level, flags, bits] = row.key;
    const auto documents = row.sums[0];
    const auto forms = FormSet::FromBits(static_cast<std::uint32_t>(bits));
    const bool interpreted = forms.size() > 0;
    const bool diversified = rules.Diversified(forms);
    if (interpreted) counts.interpreted += documents;
    if (diversified) counts.diversified += documents;
    if (!MustInterpret(flags)) continue;
    counts.required += documents;
    if (IsThreeSync(flags)) counts.required_three_sync += documents;
    if (interpreted) counts.required_interpreted += documents;
    if (diversified) counts.required_diversified += documents;
    if (forms.size() >= rules.FormThreshold(static_cast<IssuingLevel>(level))) {
      counts.required_with_enough_forms += documents;
    }
  }
}

}  // namespace gongkai::reporting
