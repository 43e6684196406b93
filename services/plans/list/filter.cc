#include "services/plans/list/filter.h"

#include <array>
#include <optional>
#include <utility>

#include "services/plans/list/characters.h"

namespace gongkai::plans::list {
namespace {

// Two characters before one, so that `<=` is not read as `<`.
constexpr std::array<std::pair<std::string_view, Operator>, 7> kOperators = {{
    {"!=", Operator::kNotEqual},
    {"<=", Operator::kLessOrEqual},
    {">=", Operator::kGreaterOrEqual},
    {"=", Operator::kEqual},
    {"<", Operator::kLess},
    {">", Operator::kGreater},
    {":", Operator::kHas},
}};

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool IsFieldCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '.';
}

// Ends a bare value. All else belongs to it, so that dates, times and names need no quotes.
bool EndsValue(char c) { return IsSpace(c) || c == '(' || c == ')' || c == '"' || c == '\''; }

Filter Joined(Filter::Kind kind, std::vector<Filter> operands) {
  if (operands.size() == 1) return std::move(operands[0]);
  return {.kind = kind, .operands = std::move(operands)};
}

// Recursive descent: expression = factor {AND factor}; factor = term {OR term};
// term = [NOT | -] (restriction | "(" expression ")").
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<Filter> Parse() {
    SkipSpace();
    if (AtEnd()) return Filter{};
    auto filter = Expression(1);
    if (!filter) return filter;
    if (!AtEnd()) {
      return Fail(Expected(text_[at_] == ')' ? "AND, OR or the end: this parenthesis was not opened"
                                             : "AND, OR or the end",
                           "AND、OR 或结尾"));
    }
    return filter;
  }

 private:
  Result<Filter> Expression(int depth) {
    return Chain(Filter::Kind::kAnd, "AND",
                 [&] { return Chain(Filter::Kind::kOr, "OR", [&] { return Term(depth); }); });
  }

  template <typename Part>
  Result<Filter> Chain(Filter::Kind kind, std::string_view word, Part part) {
    std::vector<Filter> operands;
    do {
      auto operand = part();
      if (!operand) return operand;
      operands.push_back(std::move(*operand));
    } while (TakeWord(word));
    return Joined(kind, std::move(operands));
  }

  Result<Filter> Term(int depth) {
    if (depth > kMostFilterDepth) {
      return Fail(InvalidFilter(Position(), "is nested more than 16 deep", "括号嵌套超过 16 层"));
    }
    if (TakeWord("NOT") || Take('-')) {
      auto operand = Term(depth + 1);
      if (!operand) return operand;
      Filter negation{.kind = Filter::Kind::kNot};
      negation.operands.push_back(std::move(*operand));
      return negation;
    }
    if (!Take('(')) return One();
    auto inner = Expression(depth + 1);
    if (!inner) return inner;
    if (!Take(')')) return Fail(Expected("AND, OR or a closing parenthesis", "AND、OR 或右括号"));
    return inner;
  }

  Result<Filter> One() {
    if (++restrictions_ > kMostRestrictions) {
      return Fail(InvalidFilter(Position(), "has more than 50 conditions", "条件超过 50 个"));
    }
    Filter filter{.kind = Filter::Kind::kRestriction};
    auto& restriction = filter.restriction;
    restriction.field_position = Position();
    restriction.field = TakeWhile(&IsFieldCharacter);
    if (restriction.field.empty()) return Fail(Expected("the name of a field", "字段名"));
    SkipSpace();
    restriction.operator_position = Position();
    const auto op = TakeOperator();
    if (!op) return Fail(Expected("one of = != < <= > >= :", "= != < <= > >= : 之一"));
    restriction.op = *op;
    SkipSpace();
    restriction.value_position = Position();
    auto value = Value();
    if (!value) return Fail(value.error());
    restriction.value = std::move(*value);
    SkipSpace();
    return filter;
  }

  Result<std::string> Value() {
    if (AtEnd() || text_[at_] == '(' || text_[at_] == ')') return Fail(Expected("a value", "取值"));
    if (text_[at_] != '"' && text_[at_] != '\'') {
      return TakeWhile([](char c) { return !EndsValue(c); });
    }
    const int opened = Position();
    const char quote = text_[at_++];
    std::string value;
    for (; !AtEnd() && text_[at_] != quote; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_];
    }
    if (AtEnd())
      return Fail(InvalidFilter(opened, "opens a quote that is not closed", "引号未闭合"));
    ++at_;
    return value;
  }

  template <typename Belongs>
  std::string TakeWhile(Belongs belongs) {
    const auto start = at_;
    while (!AtEnd() && belongs(text_[at_])) ++at_;
    return std::string(text_.substr(start, at_ - start));
  }

  std::optional<Operator> TakeOperator() {
    for (const auto& [spelling, op] : kOperators) {
      if (text_.substr(at_, spelling.size()) != spelling) continue;
      at_ += spelling.size();
      return op;
    }
    return std::nullopt;
  }

  // A word that stands alone: `ORDER` does not begin with OR.
  bool TakeWord(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    const auto next = at_ + word.size();
    if (next < text_.size() && IsFieldCharacter(text_[next])) return false;
    at_ = next;
    SkipSpace();
    return true;
  }

  bool Take(char c) {
    if (AtEnd() || text_[at_] != c) return false;
    ++at_;
    SkipSpace();
    return true;
  }

  void SkipSpace() {
    while (!AtEnd() && IsSpace(text_[at_])) ++at_;
  }

  bool AtEnd() const { return at_ >= text_.size(); }
  int Position() const { return CountCharacters(text_.substr(0, at_)) + 1; }

  Error Expected(const std::string& what, const std::string& what_zh) const {
    return InvalidFilter(Position(), "expected " + what, "此处应为" + what_zh);
  }

  const std::string_view text_;
  std::size_t at_ = 0;
  int restrictions_ = 0;
};

}  // namespace

Error InvalidFilter(int position, const std::string& problem, const std::string& problem_zh) {
  const auto place = std::to_string(position);
  auto error = InvalidArgument("filter", "at character " + place + ": " + problem,
                               "筛选条件第 " + place + " 个字符处有误：" + problem_zh);
  error.reason = "INVALID_FILTER";
  error.metadata = {{"position", place}};
  return error;
}

Result<Filter> ParseFilter(std::string_view text) {
  if (CountCharacters(text) > kMostFilterCharacters) {
    return Fail(InvalidFilter(kMostFilterCharacters + 1, "is longer than 2000 characters",
                              "筛选条件超过 2000 个字符"));
  }
  if (const auto nul = text.find('\0'); nul != std::string_view::npos) {
    return Fail(InvalidFilter(CountCharacters(text.substr(0, nul)) + 1, "has a NUL character",
                              "含有空字符"));
  }
  return Parser(text).Parse();
}

std::string_view Spelling(Operator op) {
  for (const auto& [spelling, candidate] : kOperators) {
    if (candidate == op) return spelling;
  }
  return "=";
}

}  // namespace gongkai::plans::list
