// From cells to counts: the figures' definitions, applied to sums.
#pragma once

#include <optional>

#include "services/reporting/domain/cell.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/rules.h"

namespace gongkai::reporting {

// The dates of a plan that its figures are judged by.
struct PlanTerms {
  std::optional<CivilDate> issue_date;
  std::optional<CivilDate> claim_deadline;
  std::optional<CivilDate> filing_deadline;
};

// A month as a number, 2026-06 → 2026 * 12 + 5; kNoMonth for what has no due day.
inline constexpr int kNoMonth = 0;
int MonthOf(std::int32_t day_number);

// Which occurrences count; nothing set: all of them.
struct WorkFilter {
  std::optional<Role> role;
  std::optional<int> due_month;

  bool PassesAll() const { return !role && !due_month; }
};

// Whose work and policies count; nothing set: everybody's. A task that several units share counts
// for each.
struct UnitFilter {
  std::optional<int> unit;
  std::optional<UnitKind> kind;

  bool PassesAll() const { return !unit && !kind; }
};

// Adds the occurrences of a plan's cell, with lateness as of that day.
void CountOccurrences(const Cell& cell, const PlanTerms& terms, CivilDate as_of,
                      const WorkFilter& filter, FigureCounts& counts);
// Adds everything of a plan's cell: its occurrences, tasks and assignments.
void CountWork(const Cell& cell, const PlanTerms& terms, CivilDate as_of, FigureCounts& counts);
// Adds the documents of a cell of policies.
void CountDocuments(const Cell& cell, const Rules& rules, FigureCounts& counts);

}  // namespace gongkai::reporting
