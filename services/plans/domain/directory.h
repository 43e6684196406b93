// The directory of one division on one day, as the expansion of a plan needs it: its units by every
// name, who took over from those that are gone, and what its group phrases stand for.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/domain/unit_names.h"

namespace gongkai::plans {

// Kinds of units; the labels of the contract's enum.
enum class BodyKind {
  kDepartment,
  kTown,
  kStreet,
  kDevelopmentZone,
  kPartyOrgan,
  kVerticalAgency,
  kPublicInstitution,
  kEnterprise,
};

// `DEPARTMENT`, `TOWN` …
std::string_view Label(BodyKind kind);
std::optional<BodyKind> BodyKindOf(std::string_view label);

// The kind that a name tells, for a unit that a plan names and nobody has described yet:
// 某某镇 → kTown, 市生态环境局某县分局 → kVerticalAgency, 县委编办 → kPartyOrgan, else kDepartment.
BodyKind GuessKind(std::string_view name);

// One unit with every name that documents use for it, the official one first.
struct DirectoryUnit {
  int unit = 0;
  BodyKind kind = BodyKind::kDepartment;
  std::vector<std::string> names;
};

// A unit that is no longer valid, with every name that documents use for it, and the one that took
// over from it in the end.
struct FormerUnit {
  int unit = 0;
  std::vector<std::string> names;
  int heir = 0;
};

// How a name led to a unit: as its official name, as an alias, because the two differ only in what
// says of which division the unit is (see BareName) and no other unit comes as near, or as a name
// of a former unit from which this one took over.
enum class NameMatch { kName, kAlias, kPrefix, kSuccessor };

struct FoundUnit {
  int unit = 0;
  NameMatch how = NameMatch::kName;
};

// A unit whose name is like one that was not found: a suggestion, never an answer.
struct NearUnit {
  int unit = 0;
  std::string name;       // the official one
  double similarity = 0;  // see Similarity
};

// What a phrase stands for: units of these kinds, and these units.
struct DirectoryGroup {
  std::string phrase;
  std::vector<BodyKind> kinds;
  std::vector<int> units;
};

// Immutable; safe to share between threads.
class Directory {
 public:
  // `groups` are the division's own; where none has a phrase, the rules of the language decide.
  // A name that a unit bears now is never a former unit's.
  Directory(std::vector<DirectoryUnit> units, std::vector<DirectoryGroup> groups,
            DivisionNames division = {}, std::vector<FormerUnit> former = {});

  // This directory with units of these names added, as importing a plan adds those it does not
  // know; each of the kind that its name tells.
  Directory With(const std::vector<std::string>& names) const;

  // The unit that a name means; nothing for a name that is not known or could mean several. A short
  // form that is no alias is never guessed.
  std::optional<FoundUnit> Resolve(std::string_view name) const;
  // The same without how.
  std::optional<int> Find(std::string_view name) const;
  // The name without its division, see BareName: names that fall together mean one unit.
  std::string Bare(std::string_view name) const { return BareName(name, division_); }
  // Up to three units whose names are like this one, the most alike first.
  std::vector<NearUnit> Nearest(std::string_view name) const;
  // The units that a phrase stands for, by number; empty if nothing is known of it. For a former
  // unit in a list stands the one that took over. The rules of the language: 镇, 乡 → towns; 街道 →
  // streets; 开发区 → zones; 部门, 单位 → departments, party organs and public institutions
  // (县政府部门 → departments only). An open-ended phrase (相关部门) stands for nobody until the
  // office defines it.
  std::vector<int> Expand(const ParsedUnit& phrase) const;

 private:
  // Every name leads to the unit unless it leads to one already; a bare name that two units share
  // leads to none.
  void AddNames(const std::vector<std::string>& names, int unit, bool former);

  DivisionNames division_;
  std::vector<DirectoryUnit> units_;  // by number
  std::vector<FormerUnit> former_;
  std::map<int, int> present_;  // each unit → itself, each former one → the one that took over
  std::map<std::string, FoundUnit, std::less<>> by_name_;
  std::map<std::string, std::optional<FoundUnit>, std::less<>> by_bare_name_;  // nothing: several
  std::map<std::string, DirectoryGroup, std::less<>> by_phrase_;
};

}  // namespace gongkai::plans
