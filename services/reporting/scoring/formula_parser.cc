#include "services/reporting/scoring/formula_parser.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace gongkai::reporting {
namespace {

struct Function {
  std::string_view name;
  Formula::Node::Kind kind;
  std::size_t least;  // arguments
  std::size_t most;
};

constexpr Function kFunctions[] = {
    {"if", Formula::Node::Kind::kIf, 3, 3},
    {"min", Formula::Node::Kind::kMin, 2, 20},
    {"max", Formula::Node::Kind::kMax, 2, 20},
    {"floor", Formula::Node::Kind::kFloor, 1, 1},
    {"otherwise", Formula::Node::Kind::kOtherwise, 2, 2},
};

bool IsDigit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool IsWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.';
}

std::size_t CharactersIn(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

}  // namespace

FormulaParser::Parsed FormulaParser::Parse() {
  if (CharactersIn(text_) > Formula::kMostCharacters) {
    return Error(
        text_.size(),
        "a formula has at most " + std::to_string(Formula::kMostCharacters) + " characters",
        "公式过长");
  }
  auto tree = Or();
  if (!tree) return tree;
  SkipSpace();
  if (at_ < text_.size())
    return Error(at_, "expected an operator or the end", "此处应为运算符或结尾");
  return tree;
}

FormulaParser::Parsed FormulaParser::Or() {
  auto left = And();
  while (left) {
    SkipSpace();
    const auto position = at_;
    if (!TakeWord("or")) break;
    auto right = And();
    if (!right) return right;
    left = std::make_shared<Formula::Node>(
        Formula::Node{.kind = Kind::kOr, .position = Place(position), .parts = {*left, *right}});
  }
  return left;
}

FormulaParser::Parsed FormulaParser::And() {
  auto left = Not();
  while (left) {
    SkipSpace();
    const auto position = at_;
    if (!TakeWord("and")) break;
    auto right = Not();
    if (!right) return right;
    left = std::make_shared<Formula::Node>(
        Formula::Node{.kind = Kind::kAnd, .position = Place(position), .parts = {*left, *right}});
  }
  return left;
}

FormulaParser::Parsed FormulaParser::Not() {
  SkipSpace();
  const auto position = at_;
  if (!TakeWord("not")) return Comparison();
  auto inner = Comparison();
  if (!inner) return inner;
  return std::make_shared<Formula::Node>(
      Formula::Node{.kind = Kind::kNot, .position = Place(position), .parts = {*inner}});
}

// One comparison: `a < b < c` means something else to everybody who reads it.
FormulaParser::Parsed FormulaParser::Comparison() {
  auto left = Sum();
  if (!left) return left;
  SkipSpace();
  constexpr Operator kOperators[] = {{"<=", Kind::kLessOrEqual}, {">=", Kind::kLessOrEqual, true},
                                     {"!=", Kind::kNotEqual},    {"<", Kind::kLess},
                                     {">", Kind::kLess, true},   {"=", Kind::kEqual}};
  for (const auto& each : kOperators) {
    const auto position = at_;
    if (!TakeSign(each.sign)) continue;
    auto right = Sum();
    if (!right) return right;
    if (each.swapped) std::swap(*left, *right);
    return std::make_shared<Formula::Node>(
        Formula::Node{.kind = each.kind, .position = Place(position), .parts = {*left, *right}});
  }
  return left;
}

FormulaParser::Parsed FormulaParser::Chain(Parsed (FormulaParser::*next)(),
                                           std::initializer_list<Operator> operators) {
  auto left = (this->*next)();
  while (left) {
    SkipSpace();
    const auto position = at_;
    const auto* found = std::find_if(operators.begin(), operators.end(),
                                     [&](const Operator& each) { return TakeSign(each.sign); });
    if (found == operators.end()) break;
    auto right = (this->*next)();
    if (!right) return right;
    left = std::make_shared<Formula::Node>(
        Formula::Node{.kind = found->kind, .position = Place(position), .parts = {*left, *right}});
  }
  return left;
}

FormulaParser::Parsed FormulaParser::Sum() {
  return Chain(&FormulaParser::Product, {{"+", Kind::kPlus}, {"-", Kind::kMinus}});
}

FormulaParser::Parsed FormulaParser::Product() {
  return Chain(&FormulaParser::Operand, {{"*", Kind::kTimes}, {"/", Kind::kBy}});
}

FormulaParser::Parsed FormulaParser::Operand() {
  SkipSpace();
  if (at_ == text_.size()) return Error(at_, "expected a number, a name or (", "公式不完整");
  if (IsDigit(text_[at_])) return Number();
  const auto position = at_;
  if (TakeSign("(")) {
    if (++depth_ > Formula::kDeepest)
      return Error(position, "too many parentheses", "括号层次过多");
    auto inner = Or();
    if (!inner) return inner;
    --depth_;
    SkipSpace();
    if (!TakeSign(")")) return Error(at_, "expected )", "此处应为右括号");
    return inner;
  }
  if (TakeSign("-")) {
    if (++depth_ > Formula::kDeepest) return Error(position, "too many signs", "负号层次过多");
    auto inner = Operand();
    if (!inner) return inner;
    --depth_;
    const auto zero = std::make_shared<Formula::Node>(Formula::Node{.position = Place(position)});
    return std::make_shared<Formula::Node>(
        Formula::Node{.kind = Kind::kMinus, .position = Place(position), .parts = {zero, *inner}});
  }
  return Name();
}

FormulaParser::Parsed FormulaParser::Number() {
  constexpr std::size_t kMostDigits = 12;
  const auto position = at_;
  std::int64_t digits = 0;
  std::int64_t scale = 1;
  bool fraction = false;
  std::size_t count = 0;
  for (; at_ < text_.size() && (IsDigit(text_[at_]) || (text_[at_] == '.' && !fraction)); ++at_) {
    if (text_[at_] == '.') {
      fraction = true;
      continue;
    }
    if (++count > kMostDigits) return Error(position, "a number has at most 12 digits", "数字过长");
    digits = digits * 10 + (text_[at_] - '0');
    if (fraction) scale *= 10;
  }
  if (TakeSign("%")) scale *= 100;
  return std::make_shared<Formula::Node>(
      Formula::Node{.position = Place(position), .number = *Rational::Of(digits, scale)});
}

FormulaParser::Parsed FormulaParser::Name() {
  const auto position = at_;
  const std::string name(Word());
  if (name.empty())
    return Error(position, "expected a number, a name or (", "此处应为数字、指标名或括号");
  at_ += name.size();
  SkipSpace();
  if (TakeSign("(")) return Call(name, position);
  if (!knows_(name)) {
    return Error(position,
                 "\"" + name +
                     "\" is no figure; expected one as FigureSet names it, e.g. "
                     "completion, or points",
                 "“" + name + "”不是可用的指标名");
  }
  names_.insert(name);
  return std::make_shared<Formula::Node>(
      Formula::Node{.kind = Kind::kName, .position = Place(position), .name = name});
}

FormulaParser::Parsed FormulaParser::Call(const std::string& name, std::size_t position) {
  const auto* function = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                      [&](const Function& each) { return each.name == name; });
  if (function == std::end(kFunctions)) {
    return Error(
        position,
        "there is no function \"" + name + "\"; there are if, min, max, floor and otherwise",
        "没有名为“" + name + "”的函数");
  }
  if (++depth_ > Formula::kDeepest) return Error(position, "too many parentheses", "括号层次过多");
  Formula::Node node{.kind = function->kind, .position = Place(position)};
  do {
    auto argument = Or();
    if (!argument) return argument;
    node.parts.push_back(*std::move(argument));
    SkipSpace();
  } while (TakeSign(","));
  --depth_;
  if (!TakeSign(")")) return Error(at_, "expected , or )", "此处应为逗号或右括号");
  if (node.parts.size() < function->least || node.parts.size() > function->most) {
    return Error(position,
                 name + " takes " + std::to_string(function->least) +
                     (function->most > function->least ? " or more" : "") + " arguments",
                 "函数“" + name + "”的参数个数不对");
  }
  return std::make_shared<Formula::Node>(std::move(node));
}

void FormulaParser::SkipSpace() {
  while (at_ < text_.size() && std::isspace(static_cast<unsigned char>(text_[at_])) != 0) ++at_;
}

bool FormulaParser::TakeSign(std::string_view sign) {
  if (!text_.substr(at_).starts_with(sign)) return false;
  at_ += sign.size();
  return true;
}

bool FormulaParser::TakeWord(std::string_view word) {
  if (Word() != word) return false;
  at_ += word.size();
  return true;
}

std::size_t FormulaParser::Place(std::size_t at) const {
  return CharactersIn(text_.substr(0, at)) + 1;
}

std::string_view FormulaParser::Word() const {
  std::size_t end = at_;
  while (end < text_.size() && IsWordCharacter(text_[end])) ++end;
  return text_.substr(at_, end - at_);
}

tl::unexpected<FormulaError> FormulaParser::Error(std::size_t at, std::string message,
                                                  std::string message_zh) const {
  return tl::unexpected(FormulaError{Place(at), std::move(message), std::move(message_zh)});
}

}  // namespace gongkai::reporting
