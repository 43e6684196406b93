#include "services/reporting/store/overview_cells.h"

#include <algorithm>
#include <map>
#include <utility>

namespace gongkai::reporting {
namespace {

using Lines = std::map<int, SubjectCounts>;

class Summing {
 public:
  Summing(const OverviewCells& cells, const OverviewQuery& query, const Rules& rules)
      : cells_(cells), query_(query), rules_(rules) {
    totals_.reserve(cells.divisions.size());
    for (const auto& division : cells.divisions) totals_.push_back(TotalOf(*division));
  }

  OverviewCounts Sum() {
    OverviewCounts overview{.current_as_of = cells_.current_as_of,
                            .known_since = cells_.known_since};
    for (const auto& counts : totals_) overview.total += counts;
    auto lines = SumLines();
    overview.rows.reserve(lines.size());
    for (auto& [subject, line] : lines) overview.rows.push_back(std::move(line));
    return overview;
  }

 private:
  CountedPart Part() const { return {query_.filter, query_.plan, query_.units}; }

  // A plan or unit is one of the division that is asked for.
  bool Counts(const DivisionCounts& division) const {
    return (!query_.plan && !query_.units.unit) || division.cells().division == query_.division;
  }

  FigureCounts TotalOf(const DivisionCounts& division) const {
    if (!Counts(division)) return {};
    return division.Total(Part(), query_.as_of, rules_);
  }

  Lines SumLines() const {
    switch (query_.grouping) {
      case Grouping::kDivision:
        return SumBranches();
      case Grouping::kCounty:
        return SumCounties();
      case Grouping::kUnit:
        return SumUnits();
      case Grouping::kUnitKind:
        return SumUnitKinds();
      case Grouping::kPlan:
        return SumPlans();
      case Grouping::kRole:
        return SumRoles();
      case Grouping::kMonth:
        return SumMonths();
      case Grouping::kSection:
        return {};  // not of cells
    }
    return {};
  }

  // Calls `take(cells, total)` for each division below the one that is asked for.
  template <typename Take>
  void ForEachBelow(const Take& take) const {
    for (std::size_t i = 0; i < totals_.size(); ++i) {
      const auto& division = cells_.divisions[i]->cells();
      if (division.division != query_.division) take(division, totals_[i]);
    }
  }

  Lines SumBranches() const {
    Lines lines;
    ForEachBelow([&](const DivisionCells& division, const FigureCounts& total) {
      const auto* branch = &division;
      while (branch->parent != query_.division) branch = &cells_.Find(branch->parent)->cells();
      auto& line = lines[branch->division];
      line.subject = branch->division;
      line.display_name = branch->display_name;
      line.counts += total;
    });
    return lines;
  }

  Lines SumCounties() const {
    Lines lines;
    ForEachBelow([&](const DivisionCells& division, const FigureCounts& total) {
      if (division.level != DivisionLevel::kCounty) return;
      lines.emplace_hint(lines.end(), division.division,
                         SubjectCounts{division.division, division.display_name, total});
    });
    return lines;
  }

  Lines SumUnits() const {
    Lines lines;
    const auto* division = cells_.Find(query_.division);
    if (!division) return lines;
    for (const auto& [unit, counts] : division->Units(Part(), query_.as_of, rules_)) {
      if (counts == FigureCounts{}) continue;
      lines[unit] = {unit, division->cells().FindUnit(unit)->display_name, counts};
    }
    return lines;
  }

  Lines SumUnitKinds() const {
    Lines lines;
    for (const auto& division : cells_.divisions) {
      if (!Counts(*division)) continue;
      for (const auto& [unit, counts] : division->Units(Part(), query_.as_of, rules_)) {
        if (counts == FigureCounts{}) continue;
        const int kind = static_cast<int>(division->cells().FindUnit(unit)->kind);
        lines[kind].subject = kind;
        lines[kind].counts += counts;
      }
    }
    return lines;
  }

  Lines SumPlans() const {
    Lines lines;
    const auto* division = cells_.Find(query_.division);
    if (!division) return lines;
    for (const auto& plan : division->cells().plans) {
      if (query_.plan && *query_.plan != plan.plan) continue;
      lines[plan.plan] = {plan.plan, plan.title,
                          division->OfPlan(plan, Part(), query_.as_of, rules_)};
    }
    return lines;
  }

  // Calls `take(plan, cell)` for all work that counts.
  template <typename Take>
  void ForEachWork(const Take& take) const {
    for (const auto& division : cells_.divisions) {
      if (Counts(*division)) division->ForEachWork(Part(), take);
    }
  }

  // One line for each group of occurrences that any plan has; `group_of` a key and its filter.
  template <typename GroupOf>
  Lines SumOccurrences(const GroupOf& group_of) const {
    std::map<int, WorkFilter> groups;
    ForEachWork([&](const DivisionCells::Plan&, const Cell& cell) {
      for (const auto& row : cell.completion.rows()) groups.insert(group_of(row.key));
    });
    Lines lines;
    for (const auto& [subject, filter] : groups) {
      auto& line = lines[subject] = {subject, "", {}};
      ForEachWork([&, &wanted = filter](const DivisionCells::Plan& plan, const Cell& cell) {
        CountOccurrences(cell, plan.terms, query_.as_of, wanted, line.counts);
      });
      if (line.counts == FigureCounts{}) lines.erase(subject);
    }
    return lines;
  }

  Lines SumRoles() const {
    return SumOccurrences([this](const auto& key) {
      auto filter = query_.filter;
      const auto role = RoleOf(key[1]);
      // What the query's own filter leaves out has no line.
      if (!filter.role) filter.role = role;
      return std::pair(static_cast<int>(*filter.role), filter);
    });
  }

  Lines SumMonths() const {
    return SumOccurrences([this](const auto& key) {
      auto filter = query_.filter;
      if (!filter.due_month) filter.due_month = MonthOf(key[0]);
      return std::pair(*filter.due_month, filter);
    });
  }

  const OverviewCells& cells_;
  const OverviewQuery& query_;
  const Rules& rules_;
  std::vector<FigureCounts> totals_;  // of each division
};

}  // namespace

const DivisionCounts* OverviewCells::Find(int division) const {
  const auto found =
      std::lower_bound(divisions.begin(), divisions.end(), division,
                       [](const auto& one, int number) { return one->cells().division < number; });
  if (found == divisions.end() || (*found)->cells().division != division) return nullptr;
  return found->get();
}

OverviewCounts SumOverview(const OverviewCells& cells, const OverviewQuery& query,
                           const Rules& rules) {
  return Summing(cells, query, rules).Sum();
}

}  // namespace gongkai::reporting
