#include "services/reporting/store/overview_cells.h"

#include <map>
#include <set>
#include <utility>

namespace gongkai::reporting {
namespace {

using Division = OverviewCells::Division;
using UnitKey = std::pair<int, int>;  // division, unit
using Lines = std::map<int, SubjectCounts>;

class Summing {
 public:
  Summing(const OverviewCells& cells, const OverviewQuery& query, const Rules& rules)
      : cells_(cells), query_(query), rules_(rules) {
    for (const auto& plan : cells.plans) plans_[{plan.division, plan.plan}] = &plan;
    for (const auto& policies : cells.policies) {
      policies_[{policies.division, policies.unit}] = &policies.cell;
    }
    for (const auto& plan : cells.plans) {
      for (const auto& holder : plan.cell.holders.rows()) {
        holders_[plan.division].insert(holder.key[0]);
      }
    }
  }

  OverviewCounts Sum() {
    OverviewCounts overview{.current_as_of = cells_.current_as_of,
                            .known_since = cells_.known_since};
    const auto by_division = SumDivisions();
    for (const auto& [division, counts] : by_division) overview.total += counts;
    for (auto& [subject, line] : SumLines(by_division)) overview.rows.push_back(std::move(line));
    return overview;
  }

 private:
  using ByDivision = std::map<int, FigureCounts>;

  // A filter by occurrence leaves nothing but occurrences, one by plan nothing of policies.
  bool occurrences_only() const { return !query_.filter.PassesAll(); }
  bool work_only() const { return occurrences_only() || query_.plan; }

  void AddWork(const Cell& cell, const PlanTerms& terms, FigureCounts& counts) const {
    if (occurrences_only()) {
      CountOccurrences(cell, terms, query_.as_of, query_.filter, counts);
    } else {
      CountWork(cell, terms, query_.as_of, counts);
    }
  }

  void AddHead(const UnitKey& unit, FigureCounts& counts) const {
    const auto policies = policies_.find({unit.first, 0});
    const auto acts =
        policies == policies_.end() ? 0 : policies->second->head_acts.Of({unit.second})[0];
    ++counts.units;
    counts.heads_attained += rules_.HeadAttained(static_cast<int>(acts));
  }

  void AddDocuments(const UnitKey& owner, FigureCounts& counts) const {
    const auto policies = policies_.find(owner);
    if (policies != policies_.end()) CountDocuments(*policies->second, rules_, counts);
  }

  ByDivision SumDivisions() const {
    ByDivision counts;
    for (const auto& division : cells_.divisions) counts[division.division];
    for (const auto& plan : cells_.plans) AddWork(plan.cell, plan.terms, counts[plan.division]);
    if (!occurrences_only()) {
      for (const auto& [division, units] : holders_) {
        for (const int unit : units) AddHead({division, unit}, counts[division]);
      }
    }
    if (!work_only()) {
      for (auto& [division, sums] : counts) AddDocuments({division, 0}, sums);
    }
    return counts;
  }

  Lines SumLines(const ByDivision& by_division) const {
    switch (query_.grouping) {
      case Grouping::kDivision:
        return SumBranches(by_division);
      case Grouping::kCounty:
        return SumCounties(by_division);
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
    }
    return {};
  }

  Lines SumBranches(const ByDivision& by_division) const {
    std::map<int, const Division*> known;
    for (const auto& division : cells_.divisions) known[division.division] = &division;
    Lines lines;
    for (const auto& division : cells_.divisions) {
      if (division.division == query_.division) continue;
      const auto* branch = &division;
      while (branch->parent != query_.division) branch = known.at(branch->parent);
      auto& line = lines[branch->division];
      line.subject = branch->division;
      line.display_name = branch->display_name;
      line.counts += by_division.at(division.division);
    }
    return lines;
  }

  Lines SumCounties(const ByDivision& by_division) const {
    Lines lines;
    for (const auto& division : cells_.divisions) {
      if (division.level != DivisionLevel::kCounty || division.division == query_.division) {
        continue;
      }
      lines[division.division] = {division.division, division.display_name,
                                  by_division.at(division.division)};
    }
    return lines;
  }

  std::map<UnitKey, FigureCounts> CountUnits() const {
    std::map<UnitKey, FigureCounts> counts;
    for (const auto& unit : cells_.units) counts[{unit.division, unit.unit}];
    for (const auto& work : cells_.unit_work) {
      const auto plan = plans_.find({work.division, work.plan});
      const auto unit = counts.find({work.division, work.unit});
      if (plan == plans_.end() || unit == counts.end()) continue;
      AddWork(work.cell, plan->second->terms, unit->second);
    }
    for (auto& [unit, sums] : counts) {
      const auto holders = holders_.find(unit.first);
      const bool holds = holders != holders_.end() && holders->second.contains(unit.second);
      if (holds && !occurrences_only()) AddHead(unit, sums);
      if (!work_only()) AddDocuments(unit, sums);
    }
    return counts;
  }

  Lines SumUnits() const {
    const auto counts = CountUnits();
    Lines lines;
    for (const auto& unit : cells_.units) {
      const auto& sums = counts.at({unit.division, unit.unit});
      if (sums != FigureCounts{}) lines[unit.unit] = {unit.unit, unit.display_name, sums};
    }
    return lines;
  }

  Lines SumUnitKinds() const {
    const auto counts = CountUnits();
    Lines lines;
    for (const auto& unit : cells_.units) {
      const int kind = static_cast<int>(unit.kind);
      const auto& sums = counts.at({unit.division, unit.unit});
      if (sums == FigureCounts{}) continue;
      lines[kind].subject = kind;
      lines[kind].counts += sums;
    }
    return lines;
  }

  Lines SumPlans() const {
    Lines lines;
    for (const auto& plan : cells_.plans) {
      if (plan.division != query_.division) continue;
      auto& line = lines[plan.plan] = {plan.plan, plan.title, {}};
      AddWork(plan.cell, plan.terms, line.counts);
      if (occurrences_only()) continue;
      for (const auto& holder : plan.cell.holders.rows()) {
        AddHead({plan.division, holder.key[0]}, line.counts);
      }
    }
    return lines;
  }

  // One line for each group of occurrences that any plan has; `group_of` a key and its filter.
  template <typename GroupOf>
  Lines SumOccurrences(const GroupOf& group_of) const {
    std::map<int, WorkFilter> groups;
    for (const auto& plan : cells_.plans) {
      for (const auto& row : plan.cell.completion.rows()) groups.insert(group_of(row.key));
    }
    Lines lines;
    for (const auto& [subject, filter] : groups) {
      auto& line = lines[subject] = {subject, "", {}};
      for (const auto& plan : cells_.plans) {
        CountOccurrences(plan.cell, plan.terms, query_.as_of, filter, line.counts);
      }
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
  std::map<UnitKey, const OverviewCells::Plan*> plans_;  // by division and plan
  std::map<UnitKey, const Cell*> policies_;
  std::map<int, std::set<int>> holders_;  // of each division, in plans in force
};

}  // namespace

OverviewCounts SumOverview(const OverviewCells& cells, const OverviewQuery& query,
                           const Rules& rules) {
  return Summing(cells, query, rules).Sum();
}

}  // namespace gongkai::reporting
