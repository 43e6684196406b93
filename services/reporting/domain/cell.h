// Cells: all sums that the figures of one subject are made of, as they were at the end of one day.
//
// There is a cell for the work of a plan and one for each of its units, and a cell for the policies
// of a division in a year and one for each of its units. Lateness is not in them: it follows from
// the days in their keys when a figure is read. A change adds the difference that it makes, which
// is a cell too, with sums that may be negative.
#pragma once

#include <cstdint>
#include <optional>

#include "services/reporting/domain/contribution.h"
#include "services/reporting/domain/fact.h"
#include "services/reporting/domain/form_set.h"
#include "services/reporting/domain/sum_table.h"

namespace gongkai::reporting {

// A day as part of a key: days since 1970-01-01, after every other day where there is none.
inline constexpr std::int32_t kNoDay = INT32_MAX;
inline std::int32_t DayNumber(const std::optional<CivilDate>& date) {
  if (!date) return kNoDay;
  return static_cast<std::int32_t>(std::chrono::sys_days(*date).time_since_epoch().count());
}

struct Cell {
  // Due day; role and whether it is ongoing (CompletionKind) → the fields of
  // OccurrenceContribution, in their order.
  SumTable<2, 6> completion;
  // Day of the claim; day of the filing → claimable, claimed, filed assignments.
  SumTable<2, 3> assignments;
  // Task → its occurrences but supporting and ONGOING ones: active, verified.
  SumTable<1, 2> tasks;
  // Unit → claimable assignments.
  SumTable<1, 1> holders;
  // Issuing level; DocumentFlags; bits of the forms → policy documents.
  SumTable<3, 1> documents;
  // Unit → acts of its principal head.
  SumTable<1, 1> head_acts;

  void Add(const Cell& other);

  friend bool operator==(const Cell&, const Cell&) = default;
};

// The second part of a key of `completion`.
constexpr std::int32_t CompletionKind(Role role, bool ongoing) {
  return static_cast<std::int32_t>(role) * 2 + (ongoing ? 1 : 0);
}
constexpr Role RoleOf(std::int32_t completion_kind) {
  return static_cast<Role>(completion_kind / 2);
}
constexpr bool IsOngoing(std::int32_t completion_kind) { return completion_kind % 2 == 1; }

// What counts of a policy document.
struct DocumentCount {
  IssuingLevel issuing_level = IssuingLevel::kUnit;
  bool must_interpret = false;
  bool three_sync = false;
  FormSet forms;
};

// The second part of a key of `documents`.
constexpr std::int32_t DocumentFlags(bool must_interpret, bool three_sync) {
  return (must_interpret ? 1 : 0) + (three_sync ? 2 : 0);
}
constexpr bool MustInterpret(std::int32_t flags) { return (flags & 1) != 0; }
constexpr bool IsThreeSync(std::int32_t flags) { return (flags & 2) != 0; }

// Adds the fact `times` times: 1 for what is new, -1 for what it replaces.
void Add(Cell& cell, const OccurrenceFact& occurrence, int times);
void Add(Cell& cell, const AssignmentFact& assignment, int times);
void Add(Cell& cell, const DocumentCount& document, int times);

}  // namespace gongkai::reporting
