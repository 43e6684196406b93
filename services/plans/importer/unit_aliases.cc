#include "services/plans/importer/unit_aliases.h"

#include <map>
#include <utility>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {
namespace {

// The part of a name behind its division: 县, 市, 区 or a whole name of one.
TextView WithoutLevel(TextView name) {
  return !name.empty() && IsOneOf(name.front(), U"县市区省州盟旗") ? name.substr(1) : name;
}

// Whether the short name can be made from the full one by leaving characters out: its first one
// stays, and so does the last one, which says what kind of unit it is.
bool IsShortFor(TextView alias, TextView name) {
  constexpr size_t kShortest = 3;
  const TextView a = WithoutLevel(alias);
  const TextView n = WithoutLevel(name);
  const bool same_level = (a.size() == alias.size()) == (n.size() == name.size()) &&
                          (a.size() == alias.size() || alias.front() == name.front());
  if (!same_level || a.size() < kShortest || a.size() >= n.size()) return false;
  if (a.front() != n.front() || a.back() != n.back()) return false;
  size_t at = 0;
  for (const char32_t c : n) {
    if (at < a.size() && a[at] == c) ++at;
  }
  return at == a.size();
}

}  // namespace

std::vector<UnitAlias> FindAliases(const std::vector<ParsedTask>& tasks) {
  std::map<Text, std::optional<SourceSpan>> units;
  for (const ParsedTask& task : tasks) {
    for (const ParsedUnit& unit : task.units) {
      if (unit.kind != UnitKind::kUnit) continue;
      units.emplace(DecodeUtf8(unit.text).value_or(Text()),
                    unit.origin ? unit.origin->source : std::nullopt);
    }
  }
  // The comparison is of all with all; no plan has more units than this.
  constexpr size_t kMostUnits = 2000;
  std::vector<UnitAlias> aliases;
  if (units.size() > kMostUnits) return aliases;
  for (const auto& [alias, source] : units) {
    const Text* name = nullptr;
    int names = 0;
    for (const auto& other : units) {
      if (!IsShortFor(alias, other.first)) continue;
      name = &other.first;
      ++names;
    }
    if (names == 1) aliases.push_back({EncodeUtf8(alias), EncodeUtf8(*name), source});
  }
  return aliases;
}

}  // namespace gongkai::plans::importer
