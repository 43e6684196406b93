#include "services/plans/list/field.h"

#include <algorithm>
#include <charconv>
#include <numeric>

#include "services/common/time/civil_date.h"
#include "services/plans/list/timestamp.h"

namespace gongkai::plans::list {
namespace {

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const auto above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] != b[j - 1])});
      diagonal = above;
    }
  }
  return row.back();
}

bool IsInteger(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size();
}

// A day that both the calendar and the database know; there was no year 0.
bool IsDay(const std::string& text) { return ParseDate(text) && text >= "0001"; }

}  // namespace

std::vector<std::string> IdsOf(std::string_view name, std::string_view collection) {
  std::vector<std::string> ids;
  for (auto word : {std::string_view("divisions"), collection}) {
    if (word.empty()) break;
    if (!ids.empty()) {
      if (!name.starts_with('/')) return {};
      name.remove_prefix(1);
    }
    if (!name.starts_with(word) || name.substr(word.size(), 1) != "/") return {};
    name.remove_prefix(word.size() + 1);
    ids.emplace_back(name.substr(0, name.find('/')));
    name.remove_prefix(ids.back().size());
    if (!IsInteger(ids.back())) return {};
  }
  if (!name.empty()) return {};
  return ids;
}

std::string Listed(const std::vector<std::string_view>& words) {
  std::string text;
  for (auto word : words) text += (text.empty() ? "" : ", ") + std::string(word);
  return text;
}

std::string FormOf(const Field& field) {
  switch (field.type) {
    case FieldType::kText:
      return "text";
    case FieldType::kInteger:
      return "an integer";
    case FieldType::kBoolean:
      return "true or false";
    case FieldType::kDate:
      return "a date like 2026-06-30";
    case FieldType::kTime:
      return "a time like 2026-06-30T08:00:00Z, or a date";
    case FieldType::kEnum:
      return "one of " + Listed(field.labels);
    case FieldType::kReference:
      return field.collection.empty()
                 ? std::string("a name like divisions/370124")
                 : "a name like divisions/370124/" + std::string(field.collection) + "/1";
  }
  return "text";
}

std::vector<Operator> OperatorsOf(const Field& field) {
  using enum Operator;
  if (field.repeated) return {kHas};
  if (field.type == FieldType::kEnum || field.type == FieldType::kBoolean ||
      field.type == FieldType::kReference) {
    return {kEqual, kNotEqual, kHas};
  }
  return {kEqual, kNotEqual, kLess, kLessOrEqual, kGreater, kGreaterOrEqual, kHas};
}

const Field* FindField(const Fields& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return field.name == name; });
  return found == fields.end() ? nullptr : &*found;
}

UnknownField DescribeUnknown(const Fields& fields, std::string_view name) {
  const auto nearest =
      std::min_element(fields.begin(), fields.end(), [&](const auto& a, const auto& b) {
        return EditDistance(a.name, name) < EditDistance(b.name, name);
      });
  const std::string given(name);
  const std::string guess(nearest->name);
  if (EditDistance(guess, name) * 2 <= guess.size()) {
    return {"there is no field `" + given + "`; did you mean `" + guess + "`?",
            "没有字段“" + given + "”，是否为“" + guess + "”？"};
  }
  std::vector<std::string_view> names;
  for (const auto& field : fields) names.push_back(field.name);
  return {"there is no field `" + given + "`; there are " + Listed(names),
          "没有字段“" + given + "”，可用字段：" + Listed(names)};
}

std::string_view CastOf(const Field& field) {
  if (!field.sql_type.empty()) return field.sql_type;
  switch (field.type) {
    case FieldType::kText:
      return "text";
    case FieldType::kInteger:
    case FieldType::kReference:
      return "int";
    case FieldType::kBoolean:
      return "boolean";
    case FieldType::kDate:
      return "date";
    case FieldType::kTime:
      return "timestamptz";
    case FieldType::kEnum:
      break;
  }
  return "text";
}

bool IsValue(const Field& field, const std::string& text) {
  switch (field.type) {
    case FieldType::kText:
      return true;
    case FieldType::kInteger:
      return IsInteger(text);
    case FieldType::kBoolean:
      return text == "true" || text == "false";
    case FieldType::kDate:
      return IsDay(text);
    case FieldType::kTime:
      return IsDay(text) || (IsTimestamp(text) && text >= "0001");
    case FieldType::kEnum:
      return std::find(field.labels.begin(), field.labels.end(), text) != field.labels.end();
    case FieldType::kReference:
      return !IdsOf(text, field.collection).empty();
  }
  return false;
}

}  // namespace gongkai::plans::list
