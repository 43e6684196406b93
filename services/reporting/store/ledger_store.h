// The lines of ledgers, one after another: however many there are, few are in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/time/civil_date.h"
#include "services/reporting/domain/ledger_entry.h"

namespace gongkai::reporting {

struct LedgerQuery {
  int division = 0;
  int year = 0;
  CivilDate as_of;  // lateness is judged as of this day; everything as known at its end
  std::optional<int> unit;
  std::optional<std::string> section;  // the highest heading above the task
  bool overdue_only = false;
};

// What no figure counts.
struct LeftOut {
  std::int64_t cancelled = 0;             // occurrences
  std::int64_t without_due_day = 0;       // occurrences that hang on an event to come
  std::vector<std::string> without_plan;  // counties that have no plan in force, by code
};

// Thread-safe.
class LedgerStore {
 public:
  // An error ends the reading and is what it returns.
  using Take = std::function<Result<void>(const LedgerEntry&)>;

  virtual ~LedgerStore() = default;

  // Gives every occurrence of the plans in force of that year, of the division and of all below it,
  // by division and unit, then plan, task, role and number; all of one moment. OUT_OF_RANGE with
  // reason NOT_KNOWN_THEN and `known_since` for a day before what is kept.
  virtual Result<void> ReadLedger(const LedgerQuery& query, const Take& take) = 0;
  // Of the same plans and occurrences. OUT_OF_RANGE like ReadLedger.
  virtual Result<LeftOut> ReadLeftOut(int division, int year, CivilDate as_of) = 0;
  // What the units of the division were called at the end of that day, by number.
  virtual Result<std::map<int, std::string>> ReadUnitNames(int division, CivilDate as_of) = 0;
};

}  // namespace gongkai::reporting
