#include "services/reporting/scoring/formula.h"

#include <utility>
#include <vector>

#include "services/reporting/scoring/formula_parser.h"

namespace gongkai::reporting {
namespace {

using Node = Formula::Node;
using Value = std::optional<Rational>;
using Evaluated = tl::expected<Value, FormulaError>;

class Evaluation {
 public:
  explicit Evaluation(const Formula::ValueOf& value_of) : value_of_(value_of) {}

  Evaluated Of(const Node& node) const {
    switch (node.kind) {
      case Node::Kind::kNumber:
        return node.number;
      case Node::Kind::kName:
        return value_of_(node.name);
      case Node::Kind::kIf:
        return OfIf(node);
      case Node::Kind::kOtherwise:
        return OfOtherwise(node);
      default:
        return OfAll(node);
    }
  }

 private:
  Evaluated OfIf(const Node& node) const {
    const auto condition = Of(*node.parts[0]);
    if (!condition || !*condition) return condition;
    return Of(**condition == Rational(0) ? *node.parts[2] : *node.parts[1]);
  }

  Evaluated OfOtherwise(const Node& node) const {
    const auto value = Of(*node.parts[0]);
    if (!value || *value) return value;
    return Of(*node.parts[1]);
  }

  Evaluated OfAll(const Node& node) const {
    std::vector<Rational> values;
    for (const auto& part : node.parts) {
      const auto value = Of(*part);
      if (!value || !*value) return value;
      values.push_back(**value);
    }
    const auto& first = values.front();
    const auto& last = values.back();
    const auto truth = [](bool holds) { return Value(holds ? 1 : 0); };
    switch (node.kind) {
      case Node::Kind::kPlus:
        return Fitting(node, first.Plus(last));
      case Node::Kind::kMinus:
        return Fitting(node, first.Minus(last));
      case Node::Kind::kTimes:
        return Fitting(node, first.Times(last));
      case Node::Kind::kBy:
        if (last == Rational(0)) return Value();
        return Fitting(node, first.By(last));
      case Node::Kind::kEqual:
        return truth(first == last);
      case Node::Kind::kNotEqual:
        return truth(!(first == last));
      case Node::Kind::kLess:
        return truth(first < last);
      case Node::Kind::kLessOrEqual:
        return truth(!(last < first));
      case Node::Kind::kAnd:
        return truth(first != Rational(0) && last != Rational(0));
      case Node::Kind::kOr:
        return truth(first != Rational(0) || last != Rational(0));
      case Node::Kind::kNot:
        return truth(first == Rational(0));
      case Node::Kind::kFloor:
        return Floor(first);
      case Node::Kind::kMin:
      case Node::Kind::kMax:
        return Extreme(values, node.kind == Node::Kind::kMax);
      default:
        return Value();
    }
  }

  static Value Floor(const Rational& value) {
    auto whole = value.numerator() / value.denominator();
    if (value.numerator() < 0 && value.numerator() % value.denominator() != 0) --whole;
    return Rational(whole);
  }

  static Value Extreme(const std::vector<Rational>& values, bool greatest) {
    auto extreme = values.front();
    for (const auto& value : values) {
      if (greatest ? extreme < value : value < extreme) extreme = value;
    }
    return extreme;
  }

  static Evaluated Fitting(const Node& node, Value value) {
    if (value) return value;
    return tl::unexpected(
        FormulaError{node.position, "the number is too large here", "此处数值过大"});
  }

  const Formula::ValueOf& value_of_;
};

}  // namespace

tl::expected<Formula, FormulaError> Formula::Parse(std::string_view text, const KnowsName& knows) {
  FormulaParser parser(text, knows);
  auto root = parser.Parse();
  if (!root) return tl::unexpected(std::move(root.error()));
  return Formula(*std::move(root), parser.names());
}

tl::expected<std::optional<Rational>, FormulaError> Formula::Evaluate(
    const ValueOf& value_of) const {
  return Evaluation(value_of).Of(*root_);
}

}  // namespace gongkai::reporting
