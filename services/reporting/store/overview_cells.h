// What an overview is summed from, as it was known at one moment.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "services/reporting/domain/rules.h"
#include "services/reporting/store/division_counts.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

struct OverviewCells {
  std::optional<std::chrono::system_clock::time_point> current_as_of;
  std::optional<CivilDate> known_since;
  // The one asked for and all below it, by number. What did not change is shared with earlier
  // readings.
  std::vector<std::shared_ptr<const DivisionCounts>> divisions;

  // Null for a division that is none of these.
  const DivisionCounts* Find(int division) const;
};

// The cells must be those of the query's division and year, and, where it groups by them, of units.
// Lines are in the order of their subjects.
OverviewCounts SumOverview(const OverviewCells& cells, const OverviewQuery& query,
                           const Rules& rules);

}  // namespace gongkai::reporting
