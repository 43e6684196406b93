// The figures of one division, unit or plan, and the sums that they follow from.
//
// Decisions that the definitions leave open:
// - Only occurrences and assignments of ISSUED and CLOSED plans count.
// - "Due by the as-of date" is due_date <= as-of; "overdue" is due_date < as-of, both for what was
//   not done and for what was done late. What is known is another question: an earlier as-of date
//   alone moves the line of lateness, and an earlier day of knowledge everything else.
// - Lateness covers ONGOING occurrences, which are judged once per quarter; completion does not.
// - An occurrence that was due before its plan was issued is in no count of lateness at all, done
//   or not; it is listed as `due_before_issue` while it is not validly submitted.
// - A task is judged by all its occurrences that are neither cancelled, ONGOING nor a supporting
//   unit's; in the figures of one unit, by that unit's own.
// - A numerator only counts what its denominator counts: `diversified_of_required` counts documents
//   that must be interpreted, while `diversified` counts all interpreted ones.
// - Documents belong to a unit and a year, not to a plan: a plan's figures of them are N/A.
#pragma once

#include <cstdint>

#include "services/reporting/domain/ratio.h"

namespace gongkai::reporting {

// Sums over the members of one subject; ONGOING occurrences only where named.
struct FigureCounts {
  std::int64_t occurrences = 0;
  std::int64_t self_reported = 0;
  std::int64_t with_evidence = 0;
  std::int64_t verified = 0;
  std::int64_t lead_occurrences = 0;
  std::int64_t lead_verified = 0;
  std::int64_t ongoing = 0;
  std::int64_t ongoing_verified = 0;
  std::int64_t tasks = 0;
  std::int64_t completed_tasks = 0;
  // Lateness, ONGOING occurrences included.
  std::int64_t due = 0;
  std::int64_t due_verified_in_time = 0;
  std::int64_t overdue_not_done = 0;
  std::int64_t done_late = 0;
  std::int64_t due_before_issue = 0;
  // Assignments, all of them and those of plans that set the deadline.
  std::int64_t claimable = 0;
  std::int64_t claimed = 0;
  std::int64_t filed = 0;
  std::int64_t claimable_with_deadline = 0;
  std::int64_t claimed_in_time = 0;
  std::int64_t claimed_with_filing_deadline = 0;
  std::int64_t filed_in_time = 0;
  // Units that have a task, and those whose head attained the target.
  std::int64_t units = 0;
  std::int64_t heads_attained = 0;
  // Policy documents; `required` are those that must be interpreted.
  std::int64_t interpreted = 0;
  std::int64_t diversified = 0;
  std::int64_t required = 0;
  std::int64_t required_interpreted = 0;
  std::int64_t required_diversified = 0;
  std::int64_t required_with_enough_forms = 0;
  std::int64_t required_three_sync = 0;

  FigureCounts& operator+=(const FigureCounts& other);
  friend bool operator==(const FigureCounts&, const FigureCounts&) = default;
};

// Named as in `gongkai.reporting.v1.FigureSet`, whose comments define them.
struct FigureSet {
  Ratio completion;
  Ratio completion_self_reported;
  Ratio completion_with_evidence;
  Ratio completion_lead;
  Ratio completion_by_task;
  Ratio ongoing;
  Ratio on_time;
  std::int64_t overdue_not_done = 0;
  std::int64_t done_late = 0;
  std::int64_t due_before_issue = 0;
  Ratio claim;
  Ratio claim_in_time;
  Ratio filing;
  Ratio filing_in_time;
  Ratio head_interpretation;
  Ratio interpretation;
  Ratio diversified;
  Ratio diversified_of_required;
  Ratio forms;
  Ratio three_sync;
};

FigureSet FiguresOf(const FigureCounts& counts);

}  // namespace gongkai::reporting
