// What a subject scores by a scheme, and why it lost each point.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/reporting/domain/figure.h"
#include "services/reporting/scoring/scheme.h"

namespace gongkai::reporting {

// What a person gave for an indicator without a formula.
struct Mark {
  Points points = 0;  // of a veto: not 0 where it strikes
  std::string reason;
};
using Marks = std::map<std::string, Mark, std::less<>>;  // by the indicator's key

enum class Outcome {
  kCounted = 1,
  kNotApplicable = 2,  // counted as the indicator says
  kPending = 3,        // a mark is missing: nothing is earned, added, taken or vetoed
};

struct UsedFigure {
  std::string name;
  Ratio value;  // a count has denominator 0
};

struct IndicatorScore {
  std::string key;
  std::string title;
  IndicatorKind kind = IndicatorKind::kScore;
  Outcome outcome = Outcome::kCounted;
  Points full = 0;
  Points points = 0;     // earned, added or taken; of a veto: what the total is limited to
  Points lost = 0;       // of the full ones, or taken
  bool strikes = false;  // of a veto
  std::vector<UsedFigure> figures;  // that the formula looked at
  std::string why;                  // in Simplified Chinese, how the points came about
  std::vector<IndicatorScore> children;
};

struct Score {
  Points full = 0;
  Points earned = 0;
  Points bonus = 0;
  Points deducted = 0;
  bool vetoed = false;
  Points total = 0;  // never below 0
  int pending = 0;   // marks that are missing
  std::vector<IndicatorScore> indicators;
};

// INVALID_ARGUMENT that names the indicator whose formula has too large a number for these figures.
Result<Score> Evaluate(const Scheme& scheme, const FigureSet& figures, const Marks& marks);

}  // namespace gongkai::reporting
