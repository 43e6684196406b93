// The formulas of scoring schemes: small, and with an answer for any figures.
//
//   points * completion
//   points - 0.5 * overdue_not_done
//   if(on_time >= 90%, points, points * on_time)
//
// Numbers (`0.5`, `90%`), names, `+ - * /`, comparisons (`= != < <= > >=`) that are 1 or 0, `and`,
// `or`, `not`, parentheses, and functions: `if(condition, then, else)`, `min(…)`, `max(…)`,
// `floor(x)`, `otherwise(x, y)`: y where x is not applicable.
//
// A name is a figure as FigureSet names it, its `.numerator` or `.denominator`, or `points`, the
// points of the indicator. A figure that is not applicable makes the whole not applicable, unless
// `otherwise` or the branch of an `if` that is not taken holds it; so does a division by zero.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "services/reporting/scoring/rational.h"

namespace gongkai::reporting {

// What is wrong with a formula, and where.
struct FormulaError {
  std::size_t position = 0;  // of the character, from 1
  std::string message;
  std::string message_zh;
};

// Immutable and thread-safe.
class Formula {
 public:
  static constexpr std::size_t kMostCharacters = 500;
  static constexpr int kDeepest = 40;  // parentheses in parentheses

  // Nothing for a name that the formula's language does not have.
  using KnowsName = std::function<bool(std::string_view name)>;
  // Nothing where the figure is not applicable.
  using ValueOf = std::function<std::optional<Rational>(std::string_view name)>;

  static tl::expected<Formula, FormulaError> Parse(std::string_view text, const KnowsName& knows);

  // Nothing where it is not applicable. An error only for a number that is too large.
  tl::expected<std::optional<Rational>, FormulaError> Evaluate(const ValueOf& value_of) const;

  // That occur in it.
  const std::set<std::string>& names() const { return names_; }

  struct Node;

 private:
  Formula(std::shared_ptr<const Node> root, std::set<std::string> names)
      : root_(std::move(root)), names_(std::move(names)) {}

  std::shared_ptr<const Node> root_;
  std::set<std::string> names_;
};

}  // namespace gongkai::reporting
