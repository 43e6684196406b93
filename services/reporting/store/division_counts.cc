#include "services/reporting/store/division_counts.h"

#include <algorithm>

namespace gongkai::reporting {
namespace {

void AddWork(const Cell& cell, const PlanTerms& terms, const WorkFilter& filter, CivilDate as_of,
             FigureCounts& counts) {
  if (filter.PassesAll()) {
    CountWork(cell, terms, as_of, counts);
  } else {
    CountOccurrences(cell, terms, as_of, filter, counts);
  }
}

template <std::size_t KeyParts, std::size_t SumCount>
std::size_t WeightOf(const SumTable<KeyParts, SumCount>& table) {
  return table.rows().size() * sizeof(typename SumTable<KeyParts, SumCount>::Row);
}

std::size_t WeightOf(const Cell& cell) {
  return sizeof(Cell) + WeightOf(cell.completion) + WeightOf(cell.assignments) +
         WeightOf(cell.tasks) + WeightOf(cell.holders) + WeightOf(cell.documents) +
         WeightOf(cell.head_acts);
}

}  // namespace

const DivisionCells::Plan* DivisionCells::Find(int plan) const {
  const auto found =
      std::find_if(plans.begin(), plans.end(), [&](const Plan& one) { return one.plan == plan; });
  return found == plans.end() ? nullptr : &*found;
}

const DivisionCells::Unit* DivisionCells::FindUnit(int unit) const {
  const auto found =
      std::lower_bound(units.begin(), units.end(), unit,
                       [](const Unit& one, int number) { return one.unit < number; });
  return found == units.end() || found->unit != unit ? nullptr : &*found;
}

std::vector<int> DivisionCells::Holders() const {
  std::vector<int> holders;
  for (const auto& plan : plans) {
    for (const auto& holder : plan.cell.holders.rows()) holders.push_back(holder.key[0]);
  }
  std::sort(holders.begin(), holders.end());
  holders.erase(std::unique(holders.begin(), holders.end()), holders.end());
  return holders;
}

int DivisionCells::HeadActs(int unit) const {
  return static_cast<int>(policies.head_acts.Of({unit})[0]);
}

bool DivisionCells::Passes(const UnitFilter& filter, int unit) const {
  if (filter.unit && *filter.unit != unit) return false;
  if (!filter.kind) return true;
  const auto* found = FindUnit(unit);
  return found && found->kind == *filter.kind;
}

void DivisionCounts::AddHead(int unit, const Rules& rules, FigureCounts& counts) const {
  ++counts.units;
  counts.heads_attained += rules.HeadAttained(cells_.HeadActs(unit));
}

FigureCounts DivisionCounts::OfPlan(const DivisionCells::Plan& plan, const CountedPart& part,
                                    CivilDate as_of, const Rules& rules) const {
  FigureCounts counts;
  auto alone = part;
  alone.plan = plan.plan;
  ForEachWork(alone, [&](const DivisionCells::Plan&, const Cell& cell) {
    AddWork(cell, plan.terms, part.filter, as_of, counts);
  });
  if (!part.filter.PassesAll()) return counts;
  for (const auto& holder : plan.cell.holders.rows()) {
    if (cells_.Passes(part.units, holder.key[0])) AddHead(holder.key[0], rules, counts);
  }
  return counts;
}

FigureCounts DivisionCounts::Total(const CountedPart& part, CivilDate as_of,
                                   const Rules& rules) const {
  if (!part.All()) return CountTotal(part, as_of, rules);
  std::lock_guard lock(mutex_);
  if (!remembered_ || remembered_->as_of != as_of || remembered_->rule_version != rules.version) {
    remembered_ = {as_of, rules.version, CountTotal(part, as_of, rules)};
  }
  return remembered_->total;
}

FigureCounts DivisionCounts::CountTotal(const CountedPart& part, CivilDate as_of,
                                        const Rules& rules) const {
  FigureCounts counts;
  if (part.plan) {
    const auto* plan = cells_.Find(*part.plan);
    return plan ? OfPlan(*plan, part, as_of, rules) : counts;
  }
  if (!part.units.PassesAll()) {
    for (const auto& unit : Units(part, as_of, rules)) counts += unit.counts;
    return counts;
  }
  for (const auto& plan : cells_.plans) {
    AddWork(plan.cell, plan.terms, part.filter, as_of, counts);
  }
  if (!part.filter.PassesAll()) return counts;
  for (const int unit : cells_.Holders()) AddHead(unit, rules, counts);
  CountDocuments(cells_.policies, rules, counts);
  return counts;
}

std::vector<UnitCounts> DivisionCounts::Units(const CountedPart& part, CivilDate as_of,
                                              const Rules& rules) const {
  std::vector<UnitCounts> units;
  for (const auto& unit : cells_.units) {
    if (cells_.Passes(part.units, unit.unit)) units.push_back({unit.unit, {}});
  }
  const auto counts_of = [&](int unit) -> FigureCounts* {
    const auto found =
        std::lower_bound(units.begin(), units.end(), unit,
                         [](const UnitCounts& one, int number) { return one.unit < number; });
    return found == units.end() || found->unit != unit ? nullptr : &found->counts;
  };
  for (const auto& work : cells_.unit_work) {
    const auto* plan = cells_.Find(work.plan);
    auto* counts = counts_of(work.unit);
    if (!plan || !counts || (part.plan && *part.plan != work.plan)) continue;
    AddWork(work.cell, plan->terms, part.filter, as_of, *counts);
  }
  if (!part.filter.PassesAll()) return units;
  std::vector<int> holders;
  if (!part.plan) {
    holders = cells_.Holders();
  } else if (const auto* plan = cells_.Find(*part.plan)) {
    for (const auto& holder : plan->cell.holders.rows()) holders.push_back(holder.key[0]);
  }
  for (const int unit : holders) {
    if (auto* counts = counts_of(unit)) AddHead(unit, rules, *counts);
  }
  if (part.plan) return units;
  for (const auto& policies : cells_.unit_policies) {
    if (auto* counts = counts_of(policies.unit)) CountDocuments(policies.cell, rules, *counts);
  }
  return units;
}

std::size_t DivisionCounts::Weight() const {
  std::size_t weight = sizeof(DivisionCounts) + WeightOf(cells_.policies) +
                       cells_.units.size() * sizeof(DivisionCells::Unit);
  for (const auto& plan : cells_.plans) weight += sizeof plan + WeightOf(plan.cell);
  for (const auto& work : cells_.unit_work) weight += sizeof work + WeightOf(work.cell);
  for (const auto& policies : cells_.unit_policies) {
    weight += sizeof policies + WeightOf(policies.cell);
  }
  return weight;
}

}  // namespace gongkai::reporting
