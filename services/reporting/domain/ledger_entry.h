// One line of a ledger (台账): an occurrence with what people call its parts, and how late it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/reporting/domain/cell_count.h"
#include "services/reporting/domain/fact.h"

namespace gongkai::reporting {

struct LedgerEntry {
  OccurrenceFact occurrence;
  std::string division_name;
  std::string plan_title;
  PlanTerms terms;  // of the plan
  std::string ordinal;
  std::string section;
  std::string title;
  std::string unit_name;
};

// How an occurrence stands against its due day, as the figures of lateness count it.
enum class Lateness {
  kCancelled,
  kInTime,          // validly submitted by the due day
  kDoneLate,        // validly submitted after it
  kOverdue,         // due before the as-of day and not validly submitted
  kNotYetDue,       // due on the as-of day or later, and not validly submitted
  kDueBeforeIssue,  // due before the plan was issued: judged once a supervisor resets the day
  kNoDueDay,        // hangs on an event that has not happened
};

Lateness LatenessOf(const LedgerEntry& entry, CivilDate as_of);

// Days from the due day to the submission, or to the as-of day while there is none; nothing unless
// it is done late or overdue.
std::optional<int> DaysLate(const LedgerEntry& entry, CivilDate as_of);

// What the office reads, in Simplified Chinese: 逾期未完成, 已核验, 牵头.
std::string_view WordsOf(Lateness lateness);
std::string_view WordsOf(OccurrenceState state);
std::string_view WordsOf(Role role);

// "2026-Q3" → "2026年第三季度", "2026-06" → "2026年6月"; any other period as it is.
std::string PeriodWords(std::string_view period);

}  // namespace gongkai::reporting
