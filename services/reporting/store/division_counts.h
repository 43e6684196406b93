// The cells of one division, and what they count.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/reporting/domain/cell.h"
#include "services/reporting/domain/cell_count.h"
#include "services/reporting/domain/figure.h"
#include "services/reporting/domain/rules.h"

namespace gongkai::reporting {

// Of one year, as known at one moment.
struct DivisionCells {
  struct Plan {
    int plan = 0;
    std::string title;
    PlanTerms terms;
    Cell cell;
  };
  struct Unit {
    int unit = 0;
    UnitKind kind = UnitKind::kUnspecified;
    std::string display_name;
  };
  struct UnitWork {
    int unit = 0;
    int plan = 0;
    Cell cell;
  };
  struct UnitPolicies {
    int unit = 0;
    Cell cell;
  };

  int division = 0;
  int parent = 0;  // 0 for a province
  DivisionLevel level = DivisionLevel::kCounty;
  std::string display_name;
  std::vector<Plan> plans;  // in force, by number
  Cell policies;            // of all units together
  // By number; empty where units were not asked for, like the next two.
  std::vector<Unit> units;
  std::vector<UnitWork> unit_work;
  std::vector<UnitPolicies> unit_policies;

  // Null where the plan is none of these.
  const Plan* Find(int plan) const;
  // Null where the unit is none of these.
  const Unit* FindUnit(int unit) const;
  // The units that have a task in one of the plans, by number.
  std::vector<int> Holders() const;
  // How often the principal head of the unit interpreted.
  int HeadActs(int unit) const;
  // Whether the filter leaves the unit.
  bool Passes(const UnitFilter& filter, int unit) const;
};

// What counts; nothing set: everything.
struct CountedPart {
  WorkFilter filter;        // leaves nothing but occurrences
  std::optional<int> plan;  // leaves nothing of policies
  UnitFilter units;         // needs the cells of units

  bool All() const { return filter.PassesAll() && !plan && units.PassesAll(); }
};

struct UnitCounts {
  int unit = 0;
  FigureCounts counts;
};

// Immutable but for the sums that it remembers. Thread-safe.
class DivisionCounts {
 public:
  explicit DivisionCounts(DivisionCells cells) : cells_(std::move(cells)) {}

  const DivisionCells& cells() const { return cells_; }

  FigureCounts Total(const CountedPart& part, CivilDate as_of, const Rules& rules) const;
  // By number, one for each of `cells().units` that the part leaves.
  std::vector<UnitCounts> Units(const CountedPart& part, CivilDate as_of, const Rules& rules) const;
  // Of one plan alone, which the part need not name.
  FigureCounts OfPlan(const DivisionCells::Plan& plan, const CountedPart& part, CivilDate as_of,
                      const Rules& rules) const;
  // Calls `take(plan, cell)` for the work of each plan: once, or for each unit where the part names
  // some.
  template <typename Take>
  void ForEachWork(const CountedPart& part, const Take& take) const {
    for (const auto& plan : cells_.plans) {
      if (part.plan && *part.plan != plan.plan) continue;
      if (part.units.PassesAll()) take(plan, plan.cell);
    }
    if (part.units.PassesAll()) return;
    for (const auto& work : cells_.unit_work) {
      const auto* plan = cells_.Find(work.plan);
      if (!plan || (part.plan && *part.plan != work.plan)) continue;
      if (cells_.Passes(part.units, work.unit)) take(*plan, work.cell);
    }
  }

  // About how many bytes it holds.
  std::size_t Weight() const;

 private:
  // The sums of everything as of one day, the last that was asked for.
  struct Remembered {
    CivilDate as_of;
    std::string_view rule_version;
    FigureCounts total;
  };

  FigureCounts CountTotal(const CountedPart& part, CivilDate as_of, const Rules& rules) const;
  void AddHead(int unit, const Rules& rules, FigureCounts& counts) const;

  const DivisionCells cells_;
  mutable std::mutex mutex_;
  mutable std::optional<Remembered> remembered_;
};

}  // namespace gongkai::reporting
