// What an overview is summed from, as it was known at one moment.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "services/reporting/domain/cell.h"
#include "services/reporting/domain/cell_count.h"
#include "services/reporting/domain/rules.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

struct OverviewCells {
  struct Division {
    int division = 0;
    int parent = 0;  // 0 for a province
    DivisionLevel level = DivisionLevel::kCounty;
    std::string display_name;
  };
  struct Plan {
    int division = 0;
    int plan = 0;
    std::string title;
    PlanTerms terms;
    Cell cell;
  };
  struct Unit {
    int division = 0;
    int unit = 0;
    UnitKind kind = UnitKind::kUnspecified;
    std::string display_name;
  };
  struct UnitWork {
    int division = 0;
    int unit = 0;
    int plan = 0;
    Cell cell;
  };
  struct Policies {
    int division = 0;
    int unit = 0;  // 0: all of the division
    Cell cell;
  };

  std::optional<std::chrono::system_clock::time_point> current_as_of;
  std::optional<CivilDate> known_since;
  std::vector<Division> divisions;  // the one asked for and all below it
  std::vector<Plan> plans;          // in force, of the year
  std::vector<Unit> units;          // where the grouping is by unit or kind of unit, like the next
  std::vector<UnitWork> unit_work;
  std::vector<Policies> policies;
};

// The cells must be those that the query asks for. Lines are in the order of their subjects.
OverviewCounts SumOverview(const OverviewCells& cells, const OverviewQuery& query,
                           const Rules& rules);

}  // namespace gongkai::reporting
