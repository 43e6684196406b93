#include "services/plans/domain/expansion.h"

#include <map>
#include <set>

namespace gongkai::plans {
namespace {

// The roles in the order of their weight are the order of the enum.
void Join(std::map<int, ExpandedUnit>& members, ExpandedUnit candidate) {
  const auto [found, inserted] = members.emplace(candidate.unit, candidate);
  if (!inserted && candidate.role < found->second.role) found->second = std::move(candidate);
}

}  // namespace

std::vector<ExpandedUnit> ExpandUnits(const ParsedTask& task, const Directory& directory) {
  std::map<int, ExpandedUnit> members;
  for (const auto& named : task.units) {
    if (named.kind != UnitKind::kUnit) continue;
    if (const auto unit = directory.Find(named.text))
      Join(members, {*unit, named.role, named.text});
  }
  for (const auto& phrase : task.units) {
    if (phrase.kind == UnitKind::kUnit) continue;
    for (int unit : directory.Expand(phrase)) Join(members, {unit, phrase.role, phrase.text});
  }
  std::vector<ExpandedUnit> units;
  units.reserve(members.size());
  for (auto& [number, unit] : members) units.push_back(std::move(unit));
  return units;
}

std::vector<ExpandedTask> ExpandTasks(const std::vector<ParsedTask>& tasks,
                                      const Directory& directory, int year) {
  std::vector<ExpandedTask> expanded;
  expanded.reserve(tasks.size());
  for (const auto& task : tasks) {
    const int place = static_cast<int>(expanded.size()) + 1;
    expanded.push_back({place, ExpandUnits(task, directory), ScheduleOccurrences(task, year)});
  }
  return expanded;
}

std::vector<std::string> UnknownUnits(const std::vector<ParsedTask>& tasks,
                                      const Directory& directory) {
  std::vector<std::string> unknown;
  std::set<std::string> seen;
  for (const auto& task : tasks) {
    for (const auto& named : task.units) {
      if (named.kind != UnitKind::kUnit || directory.Find(named.text)) continue;
      if (seen.insert(directory.Bare(named.text)).second) unknown.push_back(named.text);
    }
  }
  return unknown;
}

}  // namespace gongkai::plans
