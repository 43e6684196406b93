// Scoring schemes (考核方案): a tree of indicators with points, formulas, deductions, bonuses and
// vetoes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/common/status/error.h"
#include "services/reporting/scoring/formula.h"

namespace gongkai::reporting {

// Points are counted in hundredths.
using Points = std::int64_t;

// The enumerators have the numbers of the contract.
enum class IndicatorKind {
  kGroup = 1,      // the sum of its children
  kScore = 2,      // earns points, from none to all of its own
  kDeduction = 3,  // takes points off the total, at most its own
  kBonus = 4,      // adds points to the total, at most its own
  kVeto = 5,       // where it strikes, the total is at most its points (单项否决)
};

// What becomes of the points of an indicator that is not applicable.
enum class NotApplicable {
  kLeaveOut = 1,  // the others of its group count for as much more, in proportion
  kFull = 2,
  kNone = 3,
};

struct Indicator {
  std::string key;    // unique in the scheme: lower case, digits, `_`
  std::string title;  // as people call it
  IndicatorKind kind = IndicatorKind::kScore;
  Points points = 0;
  // Of all but groups: the points, or for a veto whether it strikes (not 0). Empty: a person gives
  // a mark, with the reason.
  std::string formula;
  NotApplicable not_applicable = NotApplicable::kLeaveOut;
  std::vector<Indicator> children;  // of groups only
};

// An indicator whose formula was read.
struct CheckedIndicator {
  Indicator indicator;  // without its children
  std::optional<Formula> formula;
  std::vector<CheckedIndicator> children;
};

// A scheme without a fault. Immutable and thread-safe.
class Scheme {
 public:
  static constexpr std::size_t kMostIndicators = 200;
  static constexpr int kDeepest = 5;
  static constexpr Points kMostPoints = 1'000'000;  // 10,000 points

  // INVALID_ARGUMENT with a violation for every fault: `indicators[0].children[1].formula: at
  // character 9: …`. The points of a group must be the sum of those that its children can earn.
  static Result<Scheme> Check(const std::vector<Indicator>& indicators);

  const std::vector<CheckedIndicator>& indicators() const { return indicators_; }
  // The points of all that can be earned, without bonuses.
  Points full() const { return full_; }
  // Null for a key that no indicator has.
  const Indicator* Find(std::string_view key) const;

 private:
  std::vector<CheckedIndicator> indicators_;
  Points full_ = 0;
};

// → "12.5"; without a point where it is whole.
std::string PointsText(Points points);

}  // namespace gongkai::reporting
