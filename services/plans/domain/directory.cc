#include "services/plans/domain/directory.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace gongkai::plans {
namespace {

constexpr std::array<std::pair<BodyKind, std::string_view>, 8> kLabels = {{
    {BodyKind::kDepartment, "DEPARTMENT"},
    {BodyKind::kTown, "TOWN"},
    {BodyKind::kStreet, "STREET"},
    {BodyKind::kDevelopmentZone, "DEVELOPMENT_ZONE"},
    {BodyKind::kPartyOrgan, "PARTY_ORGAN"},
    {BodyKind::kVerticalAgency, "VERTICAL_AGENCY"},
    {BodyKind::kPublicInstitution, "PUBLIC_INSTITUTION"},
    {BodyKind::kEnterprise, "ENTERPRISE"},
}};

// Below this a name is no help to whoever looks for the right one.
constexpr double kLeastSimilarity = 0.5;
constexpr std::size_t kMostNearest = 3;

bool Contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool StartsWith(std::string_view text, std::string_view start) {
  return text.substr(0, start.size()) == start;
}

// What kinds the words of a phrase name.
std::set<BodyKind> KindsNamedBy(std::string_view phrase) {
  std::set<BodyKind> kinds;
  if (Contains(phrase, "镇") || Contains(phrase, "乡")) kinds.insert(BodyKind::kTown);
  // 镇街, and 镇（场）政府 for places that still have farms with a town's duties.
  if (Contains(phrase, "街")) kinds.insert(BodyKind::kStreet);
  if (Contains(phrase, "开发区") || Contains(phrase, "园区")) {
    kinds.insert(BodyKind::kDevelopmentZone);
  }
  const bool of_government = Contains(phrase, "政府部门") || Contains(phrase, "政府各部门");
  if (Contains(phrase, "部门") || Contains(phrase, "单位")) {
    kinds.insert(BodyKind::kDepartment);
    if (!of_government) kinds.insert({BodyKind::kPartyOrgan, BodyKind::kPublicInstitution});
  }
  return kinds;
}

}  // namespace

std::string_view Label(BodyKind kind) {
  for (const auto& [candidate, label] : kLabels) {
    if (candidate == kind) return label;
  }
  return "DEPARTMENT";
}

std::optional<BodyKind> BodyKindOf(std::string_view label) {
  for (const auto& [kind, candidate] : kLabels) {
    if (candidate == label) return kind;
  }
  return std::nullopt;
}

BodyKind GuessKind(std::string_view name) {
  const bool branch = EndsWith(name, "分局") || EndsWith(name, "分中心");
  if (StartsWith(name, "市") && branch) return BodyKind::kVerticalAgency;
  if (Contains(name, "税务局") || Contains(name, "气象局")) return BodyKind::kVerticalAgency;
  if (Contains(name, "公司")) return BodyKind::kEnterprise;
  if (Contains(name, "开发区")) return BodyKind::kDevelopmentZone;
  if (EndsWith(name, "镇") || EndsWith(name, "乡") || EndsWith(name, "镇政府") ||
      EndsWith(name, "镇人民政府") || EndsWith(name, "乡人民政府")) {
    return BodyKind::kTown;
  }
  if (EndsWith(name, "街道") || EndsWith(name, "街道办事处")) return BodyKind::kStreet;
  for (auto level : {"县委", "区委", "市委"}) {
    if (StartsWith(name, level)) return BodyKind::kPartyOrgan;
  }
  if (EndsWith(name, "中心")) return BodyKind::kPublicInstitution;
  return BodyKind::kDepartment;
}

Directory::Directory(std::vector<DirectoryUnit> units, std::vector<DirectoryGroup> groups,
                     DivisionNames division, std::vector<FormerUnit> former)
    : division_(std::move(division)), units_(std::move(units)), former_(std::move(former)) {
  std::sort(units_.begin(), units_.end(),
            [](const auto& a, const auto& b) { return a.unit < b.unit; });
  for (const auto& unit : units_) {
    AddNames(unit.names, unit.unit, false);
    present_[unit.unit] = unit.unit;
  }
  for (const auto& unit : former_) {
    AddNames(unit.names, unit.heir, true);
    present_[unit.unit] = unit.heir;
  }
  for (auto& group : groups) {
    auto phrase = ComparableName(group.phrase);
    by_phrase_.insert_or_assign(std::move(phrase), std::move(group));
  }
}

void Directory::AddNames(const std::vector<std::string>& names, int unit, bool former) {
  for (const auto& name : names) {
    const auto how = former                    ? NameMatch::kSuccessor
                     : &name == &names.front() ? NameMatch::kName
                                               : NameMatch::kAlias;
    by_name_.emplace(ComparableName(name), FoundUnit{unit, how});
    const auto bare_how = former ? NameMatch::kSuccessor : NameMatch::kPrefix;
    const auto [found, added] =
        by_bare_name_.emplace(BareName(name, division_), FoundUnit{unit, bare_how});
    if (added || !found->second || found->second->unit == unit) continue;
    // Two units of today, or two former ones, could be meant; one of today comes before a former.
    if (found->second->how == bare_how) found->second = std::nullopt;
  }
}

Directory Directory::With(const std::vector<std::string>& names) const {
  auto units = units_;
  for (const auto& name : names) {
    const int number = units.empty() ? 1 : units.back().unit + 1;
    units.push_back({number, GuessKind(name), {name}});
  }
  std::vector<DirectoryGroup> groups;
  for (const auto& [phrase, group] : by_phrase_) groups.push_back(group);
  return Directory(std::move(units), std::move(groups), division_, former_);
}

std::optional<FoundUnit> Directory::Resolve(std::string_view name) const {
  const auto exact = by_name_.find(ComparableName(name));
  if (exact != by_name_.end()) return exact->second;
  const auto bare = by_bare_name_.find(BareName(name, division_));
  if (bare == by_bare_name_.end()) return std::nullopt;
  return bare->second;
}

std::optional<int> Directory::Find(std::string_view name) const {
  const auto found = Resolve(name);
  if (!found) return std::nullopt;
  return found->unit;
}

std::vector<NearUnit> Directory::Nearest(std::string_view name) const {
  const auto bare = BareName(name, division_);
  std::vector<NearUnit> nearest;
  for (const auto& unit : units_) {
    double similarity = 0;
    for (const auto& other : unit.names) {
      similarity = std::max(similarity, Similarity(bare, BareName(other, division_)));
    }
    if (similarity >= kLeastSimilarity) nearest.push_back({unit.unit, unit.names[0], similarity});
  }
  std::stable_sort(nearest.begin(), nearest.end(),
                   [](const auto& a, const auto& b) { return a.similarity > b.similarity; });
  if (nearest.size() > kMostNearest) nearest.resize(kMostNearest);
  return nearest;
}

std::vector<int> Directory::Expand(const ParsedUnit& phrase) const {
  const auto comparable = ComparableName(phrase.text);
  const auto group = by_phrase_.find(comparable);
  std::set<int> members;
  std::set<BodyKind> kinds;
  if (group != by_phrase_.end()) {
    for (int unit : group->second.units) {
      const auto present = present_.find(unit);
      if (present != present_.end()) members.insert(present->second);
    }
    kinds.insert(group->second.kinds.begin(), group->second.kinds.end());
  } else if (phrase.kind == UnitKind::kGroup) {
    kinds = KindsNamedBy(comparable);
  }
  for (const auto& unit : units_) {
    if (kinds.contains(unit.kind)) members.insert(unit.unit);
  }
  return {members.begin(), members.end()};
}

}  // namespace gongkai::plans
