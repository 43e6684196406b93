#include "services/plans/rpc/target_attainments.h"

#include <algorithm>

namespace gongkai::plans {

std::vector<std::string> TargetFigure::key() const {
  return {FormatName(target->key), std::to_string(unit.value_or(0)), period.label};
}

std::vector<TargetFigure> FiguresOf(const std::vector<PlanTarget>& targets,
                                    const std::map<int, std::vector<int>>& owing_units,
                                    CivilDate today) {
  std::vector<TargetFigure> figures;
  for (const auto& target : targets) {
    const auto demand = ToDomain(target.target.target());
    std::vector<std::optional<int>> units;
    if (demand.scope == TargetScope::kDivision) {
      units.push_back(std::nullopt);
    } else if (const auto owing = owing_units.find(target.key.task.task);
               owing != owing_units.end()) {
      units.assign(owing->second.begin(), owing->second.end());
    }
    // A plan's number begins with its year.
    const auto periods = PeriodsOf(demand.period, target.key.task.plan.plan / 100);
    for (const auto& unit : units) {
      for (const auto& period : periods) {
        if (period.first <= today) figures.push_back({&target, unit, period});
      }
    }
  }
  return figures;
}

Count CountOf(const TargetFigure& figure, const RecordedFacts& facts) {
  if (!figure.target->binding) return {};
  return CountActs(
      *figure.target->binding,
      {.task = figure.target->key.task.task, .unit = figure.unit, .period = figure.period}, facts);
}

v1::TargetAttainment AttainmentOf(const TargetFigure& figure, const Count& count, CivilDate today) {
  const auto& demand = figure.target->target.target();
  v1::TargetAttainment attainment;
  attainment.set_target(FormatName(figure.target->key));
  if (figure.unit) {
    attainment.set_unit(FormatName(UnitKey{figure.target->key.task.plan.division, *figure.unit}));
  }
  attainment.set_period(figure.period.label);
  attainment.set_start_date(FormatDate(figure.period.first));
  attainment.set_end_date(FormatDate(figure.period.last));
  attainment.set_counted(count.counted);
  attainment.set_out_of(count.out_of);
  attainment.set_comparator(demand.comparator());
  attainment.set_required(demand.value());
  attainment.set_soft(demand.soft());
  attainment.set_period_ended(figure.period.last < today);
  if (const auto& binding = figure.target->binding) {
    attainment.set_source(ToProto(binding->source));
    if (const auto attained = IsAttained(ToDomain(demand), binding->source, count)) {
      attainment.set_attained(*attained);
    }
  }
  return attainment;
}

}  // namespace gongkai::plans
