#include "services/plans/domain/unit_names.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/plans/domain/characters.h"

namespace gongkai::plans {
namespace {

constexpr std::size_t kShortestBareName = 2;
constexpr double kShortForm = 0.9;
constexpr std::string_view kBranch = "分局";

bool TakePrefix(std::string& text, std::string_view prefix) {
  if (prefix.empty() || !text.starts_with(prefix)) return false;
  text.erase(0, prefix.size());
  return true;
}

// 县 of 青禾县.
std::string_view LevelOf(std::string_view division) {
  const auto characters = Characters(division);
  return characters.size() < 2 ? std::string_view() : characters.back();
}

std::string BareBranch(std::string name, const DivisionNames& division) {
  if (TakePrefix(name, division.parent)) name.insert(0, LevelOf(division.parent));
  const auto level = LevelOf(division.own);
  const auto short_name =
      std::string_view(division.own).substr(0, division.own.size() - level.size());
  name.erase(name.size() - kBranch.size());
  for (auto county : {std::string_view(division.own), short_name, level}) {
    if (county.empty() || !name.ends_with(county)) continue;
    name.erase(name.size() - county.size());
    break;
  }
  return name + std::string(kBranch);
}

std::string WithoutDivision(std::string name, const DivisionNames& division) {
  if (!TakePrefix(name, division.own)) TakePrefix(name, LevelOf(division.own));
  return name;
}

std::size_t CommonSubsequence(const std::vector<std::string_view>& a,
                              const std::vector<std::string_view>& b) {
  std::vector<std::size_t> row(b.size() + 1, 0);
  for (auto character : a) {
    std::size_t diagonal = 0;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = character == b[j - 1] ? diagonal + 1 : std::max(above, row[j - 1]);
      diagonal = above;
    }
  }
  return row.back();
}

}  // namespace

std::string ComparableName(std::string_view text) {
  static constexpr std::pair<std::string_view, std::string_view> kReplacements[] = {
      {" ", ""}, {"\t", ""}, {"\n", ""}, {"\r", ""}, {"　", ""}, {"(", "（"}, {")", "）"},
  };
  std::string comparable;
  while (!text.empty()) {
    const auto* replacement =
        std::find_if(std::begin(kReplacements), std::end(kReplacements),
                     [&](const auto& candidate) { return text.starts_with(candidate.first); });
    if (replacement == std::end(kReplacements)) {
      comparable += text.front();
      text.remove_prefix(1);
    } else {
      comparable += replacement->second;
      text.remove_prefix(replacement->first.size());
    }
  }
  return comparable;
}

std::string BareName(std::string_view name, const DivisionNames& division) {
  auto comparable = ComparableName(name);
  auto bare = comparable.ends_with(kBranch) ? BareBranch(comparable, division)
                                            : WithoutDivision(comparable, division);
  return Characters(bare).size() < kShortestBareName ? comparable : bare;
}

double Similarity(std::string_view a, std::string_view b) {
  auto shorter = Characters(a);
  auto longer = Characters(b);
  if (shorter.size() > longer.size()) std::swap(shorter, longer);
  if (shorter.empty()) return 0;
  const auto common = CommonSubsequence(shorter, longer);
  const double ratio = 2.0 * common / (shorter.size() + longer.size());
  const bool short_form = common == shorter.size() && shorter.size() >= 3 &&
                          shorter.front() == longer.front() && shorter.back() == longer.back();
  return short_form ? std::max(ratio, kShortForm) : ratio;
}

}  // namespace gongkai::plans
