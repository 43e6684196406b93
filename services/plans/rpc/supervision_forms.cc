#include "services/plans/rpc/supervision_forms.h"

#include <algorithm>

namespace gongkai::plans {

std::vector<int> CheckUnits(const google::protobuf::RepeatedPtrField<std::string>& names,
                            DivisionCode division, const std::string& field,
                            RequestChecks& checks) {
  constexpr int kMostUnits = 200;
  checks.Require(names.size() <= kMostUnits, field,
                 "must have at most 200 units, has " + std::to_string(names.size()));
  std::vector<int> units;
  for (int i = 0; i < names.size() && i < kMostUnits; ++i) {
    const auto place = field + "[" + std::to_string(i) + "]";
    const auto unit = ParseUnitName(names[i]);
    checks.Require(unit && unit->division == division, place, "must be a unit of the division");
    if (!unit) continue;
    checks.Require(std::find(units.begin(), units.end(), unit->unit) == units.end(), place,
                   "stands there twice");
    units.push_back(unit->unit);
  }
  return units;
}

}  // namespace gongkai::plans
