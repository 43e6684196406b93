// From the text of a formula to its tree.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/reporting/scoring/formula.h"

namespace gongkai::reporting {

struct Formula::Node {
  enum class Kind {
    kNumber,
    kName,
    kPlus,
    kMinus,
    kTimes,
    kBy,
    kEqual,
    kNotEqual,
    kLess,
    kLessOrEqual,
    kAnd,
    kOr,
    kNot,
    kIf,
    kMin,
    kMax,
    kFloor,
    kOtherwise,
  };

  Kind kind = Kind::kNumber;
  std::size_t position = 0;  // of its sign: the number of the character, from 1
  Rational number;
  std::string name;
  std::vector<std::shared_ptr<const Node>> parts;
};

// Parses one text, once.
class FormulaParser {
 public:
  using Tree = std::shared_ptr<const Formula::Node>;
  using Parsed = tl::expected<Tree, FormulaError>;

  FormulaParser(std::string_view text, const Formula::KnowsName& knows)
      : text_(text), knows_(knows) {}

  Parsed Parse();
  const std::set<std::string>& names() const { return names_; }

 private:
  using Kind = Formula::Node::Kind;
  struct Operator {
    std::string_view sign;
    Kind kind;
    bool swapped = false;  // `a > b` is `b < a`
  };

  Parsed Or();
  Parsed And();
  Parsed Not();
  Parsed Comparison();
  Parsed Sum();
  Parsed Product();
  Parsed Operand();
  Parsed Number();
  Parsed Name();
  Parsed Call(const std::string& name, std::size_t position);
  Parsed Chain(Parsed (FormulaParser::*next)(), std::initializer_list<Operator> operators);

  void SkipSpace();
  bool TakeSign(std::string_view sign);
  bool TakeWord(std::string_view word);
  std::string_view Word() const;
  // The number of the character, from 1, at this byte.
  std::size_t Place(std::size_t at) const;
  tl::unexpected<FormulaError> Error(std::size_t at, std::string message,
                                     std::string message_zh) const;

  const std::string_view text_;
  const Formula::KnowsName& knows_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::set<std::string> names_;
};

}  // namespace gongkai::reporting
