#include "services/plans/list/list_statement.h"

#include <algorithm>

#include "services/plans/list/condition.h"
#include "services/plans/list/filter.h"
#include "services/plans/list/order_by.h"
#include "services/plans/list/page_token.h"

namespace gongkai::plans::list {
namespace {

// A column that orders the list.
struct OrderColumn {
  std::string sql;
  std::string cast;
  bool descending = false;
};

// What is not set comes before everything that is.
std::string OrderSql(const Field& field) {
  const std::string sql(field.sql);
  if (!field.optional) return sql;
  const bool number = field.type == FieldType::kReference || field.type == FieldType::kInteger;
  return "coalesce(" + sql + ", " + (number ? "-1" : "'-infinity'") + ")";
}

// The terms of the caller and then the key, in the direction of the last term, so that equal rows
// have an order too.
std::vector<OrderColumn> OrderColumns(const Source& source, const std::vector<OrderTerm>& terms) {
  std::vector<OrderColumn> columns;
  for (const auto& term : terms) {
    columns.push_back({OrderSql(*term.field), std::string(CastOf(*term.field)), term.descending});
  }
  const bool descending = terms.empty() ? source.descending : terms.back().descending;
  for (const auto& field : source.key) {
    columns.push_back({std::string(field.sql), std::string(CastOf(field)), descending});
  }
  return columns;
}

std::string Joined(const std::vector<std::string>& parts) {
  return Listed({parts.begin(), parts.end()});
}

// The rows behind the one with these values. One comparison of rows where all columns go the same
// way, because an index serves that; otherwise the first column that differs decides.
std::string Behind(const std::vector<OrderColumn>& columns, const std::vector<std::string>& keys,
                   Parameters& parameters) {
  std::vector<std::string> names;
  std::vector<std::string> values;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    names.push_back(columns[i].sql);
    values.push_back(parameters.Add(keys[i]) + "::" + columns[i].cast);
  }
  const auto sign = [](const OrderColumn& column) { return column.descending ? " < " : " > "; };
  const bool one_way = std::all_of(columns.begin(), columns.end(), [&](const auto& column) {
    return column.descending == columns[0].descending;
  });
  if (one_way) return "(" + Joined(names) + ")" + sign(columns[0]) + "(" + Joined(values) + ")";
  std::string condition;
  for (std::size_t i = columns.size(); i-- > 0;) {
    auto further = names[i] + sign(columns[i]) + values[i];
    if (!condition.empty()) {
      further += " or (" + names[i] + " = " + values[i] + " and " + condition + ")";
    }
    condition = "(" + further + ")";
  }
  return condition;
}

std::uint64_t FingerprintOf(const Source& source, const Scope& scope, const ListQuery& query) {
  std::vector<std::string> texts = {std::string(source.name), query.filter, query.order_by};
  for (const auto& condition : scope.conditions()) {
    texts.push_back(std::string(condition.column) + std::string(condition.comparison));
    texts.push_back(condition.value);
  }
  return Fingerprint(texts);
}

}  // namespace

Result<ListStatement> MakeListStatement(const Source& source, const Scope& scope,
                                        const ListQuery& query) {
  const auto filter = ParseFilter(query.filter);
  if (!filter) return Fail(filter.error());
  const auto terms = ParseOrderBy(query.order_by, source.fields);
  if (!terms) return Fail(terms.error());
  const auto columns = OrderColumns(source, *terms);
  const auto fingerprint = FingerprintOf(source, scope, query);

  Parameters parameters;
  std::string where;
  for (const auto& condition : scope.conditions()) {
    where += std::string(condition.column) + " " + std::string(condition.comparison) + " (" +
             parameters.Add(condition.value) + "::" + std::string(condition.cast) + ") and ";
  }
  const auto filtered = ToSql(*filter, source.fields, source.division, parameters);
  if (!filtered) return Fail(filtered.error());
  where += *filtered;
  if (!query.page_token.empty()) {
    const auto keys = ParsePageToken(query.page_token, fingerprint, columns.size());
    if (!keys) return Fail(keys.error());
    where += " and " + Behind(columns, *keys, parameters);
  }

  std::vector<std::string> selected = {std::string(source.document)};
  std::vector<std::string> ordered;
  for (const auto& column : columns) {
    selected.push_back(column.sql);
    ordered.push_back(column.sql + (column.descending ? " desc" : ""));
  }
  return ListStatement{.sql = "select " + Joined(selected) + " from " + std::string(source.from) +
                              " where " + where + " order by " + Joined(ordered) + " limit " +
                              parameters.Add(std::to_string(query.limit + 1)) + "::int",
                       .parameters = parameters.values(),
                       .fingerprint = fingerprint,
                       .key_count = columns.size()};
}

}  // namespace gongkai::plans::list
