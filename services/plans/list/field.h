// The fields by which a list can be filtered and ordered, and what may be said of each.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/plans/list/filter.h"

namespace gongkai::plans::list {

enum class FieldType {
  kText,
  kInteger,
  kBoolean,
  kDate,       // `2026-06-30`
  kTime,       // RFC 3339; a date is its first moment in Asia/Shanghai
  kEnum,       // by label
  kReference,  // a resource name: `divisions/370124/units/17`
};

// A field as the contract names it, and where it stands in the database.
struct Field {
  std::string_view name;
  FieldType type = FieldType::kText;
  std::string_view sql;                       // an expression; never NULL unless `optional`
  bool optional = false;                      // NULL where it is not set
  bool repeated = false;                      // `sql` is an array
  std::string_view sql_type = "";             // of kEnum, and where the type's own is too narrow
  std::vector<std::string_view> labels = {};  // of kEnum
  std::string_view collection = "";           // of kReference: `units`; empty for a division
};

using Fields = std::vector<Field>;

// The field of that name, or nothing.
const Field* FindField(const Fields& fields, std::string_view name);

// "there is no field `sate`; did you mean `state`?" and the same in Chinese.
struct UnknownField {
  std::string text;
  std::string text_zh;
};
UnknownField DescribeUnknown(const Fields& fields, std::string_view name);

// The type that a parameter of this field is cast to: `date`, `int`, `plan_state` …
std::string_view CastOf(const Field& field);

// Whether `text` is a value of the field's type, so that the database can read it.
bool IsValue(const Field& field, const std::string& text);

// The operators that the field has, and the form of its values: `a date like 2026-06-30`.
std::vector<Operator> OperatorsOf(const Field& field);
std::string FormOf(const Field& field);

// The numbers of `divisions/{n}` or `divisions/{n}/{collection}/{m}`; empty for any other text.
std::vector<std::string> IdsOf(std::string_view name, std::string_view collection);

// `a, b, c`
std::string Listed(const std::vector<std::string_view>& words);

}  // namespace gongkai::plans::list
