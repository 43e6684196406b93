#include "services/plans/list/order_by.h"

#include <algorithm>
#include <string>

namespace gongkai::plans::list {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

std::vector<std::string_view> Words(std::string_view text) {
  std::vector<std::string_view> words;
  for (auto start = text.find_first_not_of(kSpaces); start != std::string_view::npos;
       start = text.find_first_not_of(kSpaces)) {
    text.remove_prefix(start);
    words.push_back(text.substr(0, text.find_first_of(kSpaces)));
    text.remove_prefix(words.back().size());
  }
  return words;
}

Error InvalidOrderBy(const std::string& problem, const std::string& problem_zh) {
  auto error = InvalidArgument("order_by", problem, "排序条件有误：" + problem_zh);
  error.reason = "INVALID_ORDER_BY";
  return error;
}

Result<OrderTerm> ParseTerm(std::string_view text, const Fields& fields) {
  const auto words = Words(text);
  const bool directed = words.size() == 2 && (words[1] == "desc" || words[1] == "asc");
  if (words.size() != 1 && !directed) {
    return Fail(
        InvalidOrderBy("expected a field, or a field and `desc`, at `" + std::string(text) + "`",
                       "应为字段名或“字段名 desc”，而不是“" + std::string(text) + "”"));
  }
  const auto* field = FindField(fields, words[0]);
  if (!field) {
    const auto unknown = DescribeUnknown(fields, words[0]);
    return Fail(InvalidOrderBy(unknown.text, unknown.text_zh));
  }
  if (field->repeated) {
    return Fail(InvalidOrderBy("`" + std::string(words[0]) + "` has many values and no order",
                               "字段“" + std::string(words[0]) + "”有多个值，不能用于排序"));
  }
  return OrderTerm{field, directed && words[1] == "desc"};
}

}  // namespace

Result<std::vector<OrderTerm>> ParseOrderBy(std::string_view text, const Fields& fields) {
  std::vector<OrderTerm> terms;
  if (Words(text).empty()) return terms;
  for (bool more = true; more;) {
    const auto comma = text.find(',');
    more = comma != std::string_view::npos;
    auto term = ParseTerm(text.substr(0, comma), fields);
    if (!term) return Fail(term.error());
    if (std::any_of(terms.begin(), terms.end(),
                    [&](const auto& other) { return other.field == term->field; })) {
      return Fail(InvalidOrderBy("`" + std::string(term->field->name) + "` stands twice",
                                 "字段“" + std::string(term->field->name) + "”重复"));
    }
    terms.push_back(*term);
    if (terms.size() > kMostOrderTerms) {
      return Fail(InvalidOrderBy("has more than 5 fields", "排序字段超过 5 个"));
    }
    if (more) text.remove_prefix(comma + 1);
  }
  return terms;
}

}  // namespace gongkai::plans::list
