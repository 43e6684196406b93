#include "services/reporting/scoring/scheme.h"

#include <set>
#include <string_view>
#include <utility>

#include "services/reporting/domain/figure_definition.h"

namespace gongkai::reporting {
namespace {

constexpr std::size_t kMostKey = 40;
constexpr std::size_t kMostTitle = 200;  // bytes: about sixty characters

bool IsKey(std::string_view key) {
  if (key.empty() || key.size() > kMostKey) return false;
  return key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

// A figure, a part of one, or `points`.
bool KnowsName(std::string_view name) {
  if (name == "points") return true;
  for (const std::string_view part : {".numerator", ".denominator"}) {
    if (!name.ends_with(part)) continue;
    const auto* figure = DefinitionOf(name.substr(0, name.size() - part.size()));
    return figure && figure->ratio;
  }
  return DefinitionOf(name) != nullptr;
}

class Checker {
 public:
  std::vector<CheckedIndicator> CheckAll(const std::vector<Indicator>& indicators,
                                         const std::string& field, int depth) {
    std::vector<CheckedIndicator> checked;
    for (std::size_t i = 0; i < indicators.size(); ++i) {
      const auto place = field + "[" + std::to_string(i) + "]";
      if (++count_ > Scheme::kMostIndicators) {
        Violate(place, "a scheme has at most 200 indicators");
        break;
      }
      checked.push_back(Check(indicators[i], place, depth));
    }
    return checked;
  }

  void Violate(std::string field, std::string description) {
    violations_.push_back({std::move(field), std::move(description)});
  }
  const std::vector<FieldViolation>& violations() const { return violations_; }

 private:
  CheckedIndicator Check(const Indicator& indicator, const std::string& place, int depth) {
    CheckedIndicator checked{.indicator = indicator};
    checked.indicator.children.clear();
    if (!IsKey(indicator.key)) {
      Violate(place + ".key",
              "\"" + indicator.key + "\" must be 1 to 40 of the characters a-z, 0-9 and _");
    } else if (!keys_.insert(indicator.key).second) {
      Violate(place + ".key", "\"" + indicator.key + "\" stands twice");
    }
    if (indicator.title.empty() || indicator.title.size() > kMostTitle) {
      Violate(place + ".title", "must have 1 to 60 characters");
    }
    if (indicator.points < 0 || indicator.points > Scheme::kMostPoints) {
      Violate(place + ".points", "must be 0 to 10000");
    }
    if (indicator.kind == IndicatorKind::kGroup) {
      CheckGroup(indicator, place, depth, checked);
    } else {
      CheckLeaf(indicator, place, checked);
    }
    return checked;
  }

  void CheckGroup(const Indicator& group, const std::string& place, int depth,
                  CheckedIndicator& checked) {
    if (depth == Scheme::kDeepest) {
      Violate(place, "groups stand at most 5 deep");
      return;
    }
    if (group.children.empty()) Violate(place + ".children", "a group needs indicators");
    if (!group.formula.empty()) Violate(place + ".formula", "a group has none");
    checked.children = CheckAll(group.children, place + ".children", depth + 1);
    Points sum = 0;
    for (const auto& child : group.children) {
      const bool earns = child.kind == IndicatorKind::kScore || child.kind == IndicatorKind::kGroup;
      if (earns) sum += child.points;
    }
    if (sum != group.points) {
      Violate(place + ".points", "is " + PointsText(group.points) +
                                     ", but what stands in the group can earn " + PointsText(sum));
    }
  }

  void CheckLeaf(const Indicator& indicator, const std::string& place, CheckedIndicator& checked) {
    if (!indicator.children.empty()) Violate(place + ".children", "only a group has them");
    if (indicator.kind != IndicatorKind::kVeto && indicator.points == 0) {
      Violate(place + ".points", "must be above 0");
    }
    if (indicator.formula.empty()) return;
    auto formula = Formula::Parse(indicator.formula, KnowsName);
    if (formula) {
      checked.formula = *std::move(formula);
    } else {
      Violate(place + ".formula", "at character " + std::to_string(formula.error().position) +
                                      ": " + formula.error().message);
    }
  }

  std::size_t count_ = 0;
  std::set<std::string> keys_;
  std::vector<FieldViolation> violations_;
};

const Indicator* FindIn(const std::vector<CheckedIndicator>& indicators, std::string_view key) {
  for (const auto& each : indicators) {
    if (each.indicator.key == key) return &each.indicator;
    if (const auto* found = FindIn(each.children, key)) return found;
  }
  return nullptr;
}

}  // namespace

Result<Scheme> Scheme::Check(const std::vector<Indicator>& indicators) {
  Checker checker;
  Scheme scheme;
  if (indicators.empty()) checker.Violate("indicators", "a scheme needs at least one");
  scheme.indicators_ = checker.CheckAll(indicators, "indicators", 1);
  for (const auto& indicator : indicators) {
    const bool earns =
        indicator.kind == IndicatorKind::kScore || indicator.kind == IndicatorKind::kGroup;
    if (earns) scheme.full_ += indicator.points;
  }
  if (!checker.violations().empty()) {
    return Fail(InvalidArguments(checker.violations(), "考核方案有误，请按提示逐项修改"));
  }
  return scheme;
}

const Indicator* Scheme::Find(std::string_view key) const { return FindIn(indicators_, key); }

std::string PointsText(Points points) {
  std::string text = points < 0 ? "-" : "";
  const auto size = points < 0 ? -points : points;
  text += std::to_string(size / 100);
  if (size % 100 == 0) return text;
  text += "." + std::to_string(size % 100 / 10);
  if (size % 10 != 0) text += std::to_string(size % 10);
  return text;
}

}  // namespace gongkai::reporting
