#include "services/reporting/scoring/evaluation.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "services/reporting/domain/figure_definition.h"

namespace gongkai::reporting {
namespace {

constexpr std::string_view kNumerator = ".numerator";
constexpr std::string_view kDenominator = ".denominator";

bool Earns(IndicatorKind kind) {
  return kind == IndicatorKind::kScore || kind == IndicatorKind::kGroup;
}

// The figure that a name of a formula is of: `completion.numerator` → `completion`.
std::string_view FigureOf(std::string_view name) { return name.substr(0, name.find('.')); }

std::optional<Rational> ValueIn(const FigureSet& figures, std::string_view name) {
  const auto* definition = DefinitionOf(FigureOf(name));
  const auto value = definition->In(figures);
  if (definition->count || name.ends_with(kNumerator)) return Rational(value.numerator);
  if (name.ends_with(kDenominator)) return Rational(value.denominator);
  return Rational::Of(value.numerator, value.denominator);
}

std::string Words(const UsedFigure& figure) {
  const auto* definition = DefinitionOf(figure.name);
  if (definition->count) return figure.name + "=" + std::to_string(figure.value.numerator);
  return figure.name + "=" + DisplayPercent(figure.value) + "（" +
         std::to_string(figure.value.numerator) + "/" + std::to_string(figure.value.denominator) +
         "）";
}

class Evaluation {
 public:
  Evaluation(const FigureSet& figures, const Marks& marks) : figures_(figures), marks_(marks) {}

  Result<std::vector<IndicatorScore>> OfAll(const std::vector<CheckedIndicator>& indicators) {
    std::vector<IndicatorScore> scores;
    for (const auto& each : indicators) {
      auto score = each.indicator.kind == IndicatorKind::kGroup ? OfGroup(each) : OfLeaf(each);
      if (!score) return Fail(score.error());
      scores.push_back(*std::move(score));
    }
    return scores;
  }

  const Score& sums() const { return sums_; }
  // The least of what the vetoes that strike leave.
  const std::optional<Points>& limit() const { return limit_; }

 private:
  static IndicatorScore Begin(const Indicator& indicator) {
    return {.key = indicator.key,
            .title = indicator.title,
            .kind = indicator.kind,
            .full = indicator.points};
  }

  Result<IndicatorScore> OfGroup(const CheckedIndicator& group) {
    auto score = Begin(group.indicator);
    auto children = OfAll(group.children);
    if (!children) return Fail(children.error());
    score.children = *std::move(children);
    Points earned = 0;
    Points possible = 0;
    for (const auto& child : score.children) {
      if (!Earns(child.kind) || child.outcome == Outcome::kNotApplicable) continue;
      earned += child.points;
      possible += child.full;
    }
    score.points = earned;
    if (possible == 0 && score.full > 0) {
      NotApplied(group.indicator, "没有适用的指标", score);
    } else if (possible < score.full) {
      // What was left out is made up for by the rest, in proportion.
      score.points = (2 * earned * score.full + possible) / (2 * possible);
      score.why = "适用指标满分" + PointsText(possible) + "分，得" + PointsText(earned) +
                  "分，按满分" + PointsText(score.full) + "分折算得" + PointsText(score.points) +
                  "分";
    }
    if (score.outcome == Outcome::kCounted) score.lost = score.full - score.points;
    return score;
  }

  Result<IndicatorScore> OfLeaf(const CheckedIndicator& leaf) {
    auto score = Begin(leaf.indicator);
    if (!leaf.formula) {
      OfMark(leaf.indicator, score);
    } else if (auto counted = OfFormula(leaf, score); !counted) {
      return Fail(counted.error());
    }
    Sum(score);
    return score;
  }

  void OfMark(const Indicator& indicator, IndicatorScore& score) {
    const auto mark = marks_.find(indicator.key);
    if (mark == marks_.end()) {
      score.outcome = Outcome::kPending;
      score.why = "尚未人工评分";
      ++sums_.pending;
      return;
    }
    Give(mark->second.points, score);
    score.why = "人工评分：" + mark->second.reason;
  }

  Result<void> OfFormula(const CheckedIndicator& leaf, IndicatorScore& score) {
    const auto& indicator = leaf.indicator;
    for (const auto& name : leaf.formula->names()) {
      const std::string figure(FigureOf(name));
      const bool is_new = std::none_of(score.figures.begin(), score.figures.end(),
                                       [&](const UsedFigure& used) { return used.name == figure; });
      if (name != "points" && is_new) {
        score.figures.push_back({figure, DefinitionOf(figure)->In(figures_)});
      }
    }
    const auto value = leaf.formula->Evaluate([&](std::string_view name) {
      return name == "points" ? Rational::Of(indicator.points, 100) : ValueIn(figures_, name);
    });
    if (!value) return Fail(TooLarge(indicator, value.error()));
    score.why = indicator.formula;
    for (const auto& figure : score.figures) score.why += "；" + Words(figure);
    if (!*value) {
      NotApplied(indicator, score.why, score);
      return {};
    }
    const auto hundredths = (*value)->Hundredths();
    if (!hundredths) return Fail(TooLarge(indicator, {1, "the number is too large", ""}));
    Give(indicator.kind == IndicatorKind::kVeto && **value != Rational(0) ? 1 : *hundredths, score);
    return {};
  }

  static Error TooLarge(const Indicator& indicator, const FormulaError& error) {
    return {.code = ErrorCode::kInvalidArgument,
            .reason = "FORMULA_TOO_LARGE",
            .message = "the formula of \"" + indicator.key + "\", at character " +
                       std::to_string(error.position) + ": " + error.message +
                       " for the figures of a subject; use smaller factors",
            .message_zh = "指标“" + indicator.title + "”的公式数值过大，请改用较小的系数",
            .metadata = {{"key", indicator.key}}};
  }

  static void NotApplied(const Indicator& indicator, const std::string& why,
                         IndicatorScore& score) {
    score.outcome = Outcome::kNotApplicable;
    score.why = "不适用：" + why;
    if (!Earns(indicator.kind) || indicator.not_applicable == NotApplicable::kLeaveOut) return;
    // It counts after all, as the scheme says.
    score.outcome = Outcome::kCounted;
    if (indicator.not_applicable == NotApplicable::kFull) score.points = score.full;
    score.lost = score.full - score.points;
  }

  // Within what the indicator has to give.
  static void Give(Points points, IndicatorScore& score) {
    if (score.kind == IndicatorKind::kVeto) {
      score.strikes = points != 0;
      score.points = score.strikes ? score.full : 0;
      return;
    }
    score.points = std::clamp<Points>(points, 0, score.full);
    if (score.kind == IndicatorKind::kScore) score.lost = score.full - score.points;
    if (score.kind == IndicatorKind::kDeduction) score.lost = score.points;
  }

  void Sum(const IndicatorScore& score) {
    if (score.outcome != Outcome::kCounted) return;
    if (score.kind == IndicatorKind::kBonus) sums_.bonus += score.points;
    if (score.kind == IndicatorKind::kDeduction) sums_.deducted += score.points;
    if (score.kind == IndicatorKind::kVeto && score.strikes) {
      limit_ = std::min(limit_.value_or(score.full), score.full);
      sums_.vetoed = true;
    }
  }

  const FigureSet& figures_;
  const Marks& marks_;
  Score sums_;
  std::optional<Points> limit_;
};

}  // namespace

Result<Score> Evaluate(const Scheme& scheme, const FigureSet& figures, const Marks& marks) {
  Evaluation evaluation(figures, marks);
  auto indicators = evaluation.OfAll(scheme.indicators());
  if (!indicators) return Fail(indicators.error());
  auto score = evaluation.sums();
  score.full = scheme.full();
  Points possible = 0;
  for (const auto& each : *indicators) {
    if (!Earns(each.kind) || each.outcome == Outcome::kNotApplicable) continue;
    score.earned += each.points;
    possible += each.full;
  }
  if (possible > 0 && possible < score.full) {
    score.earned = (2 * score.earned * score.full + possible) / (2 * possible);
  }
  score.total = std::max<Points>(0, score.earned + score.bonus - score.deducted);
  if (evaluation.limit()) score.total = std::min(score.total, *evaluation.limit());
  score.indicators = *std::move(indicators);
  return score;
}

}  // namespace gongkai::reporting
