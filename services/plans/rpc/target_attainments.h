// The figures of a plan's targets, one after the other.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gongkai/plans/v1/targets.pb.h"
#include "services/plans/rpc/target_messages.h"

namespace gongkai::plans {

// A target of the plan, with what it counts.
struct PlanTarget {
  TaskTargetKey key;
  v1::TaskTarget target;
  std::optional<TargetBinding> binding;
};

// One figure: of a target, for a unit or the division, in a period.
struct TargetFigure {
  const PlanTarget* target = nullptr;
  std::optional<int> unit;
  CountPeriod period;

  // Tells the figure from every other of the plan.
  std::vector<std::string> key() const;
};

// The figures of the targets, each in the periods of its year that have begun by `today`, in the
// order of the targets, then by unit and period. `targets` must outlive the figures.
std::vector<TargetFigure> FiguresOf(const std::vector<PlanTarget>& targets,
                                    const std::map<int, std::vector<int>>& owing_units,
                                    CivilDate today);

// What was counted.
Count CountOf(const TargetFigure& figure, const RecordedFacts& facts);

// The figure in the form of the contract.
v1::TargetAttainment AttainmentOf(const TargetFigure& figure, const Count& count, CivilDate today);

}  // namespace gongkai::plans
