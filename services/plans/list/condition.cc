#include "services/plans/list/condition.h"

#include <algorithm>

#include "services/common/time/civil_date.h"

namespace gongkai::plans::list {
namespace {

// `%` around what is left when the stars are taken off; the text's own signs are escaped.
std::string LikePattern(std::string_view text, bool open_start, bool open_end) {
  std::string pattern = open_start ? "%" : "";
  for (char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + (open_end ? "%" : "");
}

// A value with a star at an end stands for all that ends or starts with the rest.
struct Pattern {
  std::string like;
  bool wild = false;
};
Pattern PatternOf(std::string_view value) {
  const bool start = value.starts_with('*');
  if (start) value.remove_prefix(1);
  const bool end = value.ends_with('*');
  if (end) value.remove_suffix(1);
  return {LikePattern(value, start, end), start || end};
}

// One comparison, with the field known to have the operator and the value to be of its form.
class Comparison {
 public:
  Comparison(const Field& field, const Restriction& restriction, std::string_view division,
             Parameters& parameters)
      : field_(field), restriction_(restriction), division_(division), parameters_(parameters) {}

  std::string ToSql() {
    if (restriction_.op == Operator::kHas && restriction_.value == "*") return IsSet();
    if (field_.repeated) return HasElement();
    if (field_.optional && restriction_.value.empty()) {
      return restriction_.op == Operator::kNotEqual ? IsSet() : "not " + IsSet();
    }
    if (field_.type == FieldType::kReference) return Refers();
    if (field_.type == FieldType::kText && restriction_.op == Operator::kHas) {
      return sql() + " like " + Add(LikePattern(restriction_.value, true, true));
    }
    if (const auto pattern = PatternOf(restriction_.value);
        field_.type == FieldType::kText && pattern.wild) {
      return sql() + (Negative() ? " not like " : " like ") + Add(pattern.like);
    }
    return sql() + SqlOperator() + Add(restriction_.value);
  }

 private:
  std::string sql() const { return std::string(field_.sql); }
  bool Negative() const { return restriction_.op == Operator::kNotEqual; }

  std::string SqlOperator() const {
    switch (restriction_.op) {
      case Operator::kNotEqual:
        return " is distinct from ";
      case Operator::kHas:
        return " = ";
      default:
        return " " + std::string(Spelling(restriction_.op)) + " ";
    }
  }

  std::string IsSet() const {
    if (field_.repeated) return "(cardinality(" + sql() + ") > 0)";
    if (field_.optional) return "(" + sql() + " is not null)";
    return field_.type == FieldType::kText ? "(" + sql() + " <> '')" : "true";
  }

  std::string HasElement() {
    if (field_.type == FieldType::kReference) {
      const auto [division, number] = AddIds();
      return "(" + std::string(division_) + " = " + division + " and " + number + " = any(" +
             sql() + "))";
    }
    const auto pattern = PatternOf(restriction_.value);
    if (field_.type == FieldType::kText && pattern.wild) {
      return "exists (select from unnest(" + sql() + ") as element where element like " +
             Add(pattern.like) + ")";
    }
    return Add(restriction_.value) + " = any(" + sql() + ")";
  }

  // Equal columns rather than an equal text, so that an index serves.
  std::string Refers() {
    const auto [division, number] = AddIds();
    const auto equal = number.empty() ? sql() + " = " + division
                                      : std::string(division_) + " = " + division + " and " +
                                            sql() + " = " + number;
    return Negative() ? "(" + equal + ") is not true" : "(" + equal + ")";
  }

  std::string Add(std::string value) {
    // A day begins in Asia/Shanghai, the only time zone of the domain.
    if (field_.type == FieldType::kTime && ParseDate(value)) value += "T00:00:00+08:00";
    return parameters_.Add(std::move(value)) + "::" + std::string(CastOf(field_));
  }
  // The division of the name and, unless it is a division's own, the number below it.
  std::pair<std::string, std::string> AddIds() {
    const auto ids = IdsOf(restriction_.value, field_.collection);
    auto division = parameters_.Add(ids[0]) + "::int";
    if (ids.size() == 1) return {std::move(division), ""};
    return {std::move(division), parameters_.Add(ids[1]) + "::int"};
  }

  const Field& field_;
  const Restriction& restriction_;
  const std::string_view division_;
  Parameters& parameters_;
};

bool AsksWhetherSet(const Field& field, const Restriction& restriction) {
  if (restriction.op == Operator::kHas) return restriction.value == "*";
  return field.optional && restriction.value.empty() &&
         (restriction.op == Operator::kEqual || restriction.op == Operator::kNotEqual);
}

}  // namespace

Result<std::string> ToSql(const Restriction& restriction, const Fields& fields,
                          std::string_view division, Parameters& parameters) {
  const auto* field = FindField(fields, restriction.field);
  if (!field) {
    const auto unknown = DescribeUnknown(fields, restriction.field);
    return Fail(InvalidFilter(restriction.field_position, unknown.text, unknown.text_zh));
  }
  const auto operators = OperatorsOf(*field);
  if (std::find(operators.begin(), operators.end(), restriction.op) == operators.end()) {
    std::vector<std::string_view> spellings;
    for (auto op : operators) spellings.push_back(Spelling(op));
    const auto allowed = Listed(spellings);
    return Fail(InvalidFilter(restriction.operator_position,
                              "`" + restriction.field + "` can be compared by " + allowed,
                              "字段“" + restriction.field + "”可用的运算符：" + allowed));
  }
  if (!AsksWhetherSet(*field, restriction) && !IsValue(*field, restriction.value)) {
    const auto form = FormOf(*field);
    return Fail(InvalidFilter(restriction.value_position,
                              "`" + restriction.field + "` must be " + form,
                              "字段“" + restriction.field + "”的取值不正确，应为：" + form));
  }
  return Comparison(*field, restriction, division, parameters).ToSql();
}

Result<std::string> ToSql(const Filter& filter, const Fields& fields, std::string_view division,
                          Parameters& parameters) {
  if (filter.kind == Filter::Kind::kRestriction) {
    return ToSql(filter.restriction, fields, division, parameters);
  }
  std::string joined;
  for (const auto& operand : filter.operands) {
    auto condition = ToSql(operand, fields, division, parameters);
    if (!condition) return condition;
    if (filter.kind == Filter::Kind::kNot) return "(" + *condition + ") is not true";
    if (!joined.empty()) joined += filter.kind == Filter::Kind::kOr ? " or " : " and ";
    joined += *condition;
  }
  return joined.empty() ? "true" : "(" + joined + ")";
}

}  // namespace gongkai::plans::list
