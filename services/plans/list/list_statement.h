// From what a caller asks of a list to one statement of SQL.
//
// A page starts behind the last row of the page before, told by the columns that order the list and
// the row's key. Rows that come and go meanwhile move nothing: a row that stays is on exactly one
// page.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/plans/list/field.h"
#include "services/plans/list/list_query.h"

namespace gongkai::plans::list {

// What a list is made from. Lives as long as the program.
struct Source {
  std::string_view name;      // of the statement: `list_plans`
  std::string_view from;      // `plan p`
  std::string_view document;  // `resource(p)`
  std::string_view division;  // `p.division`
  Fields fields;              // to filter and to order by
  Fields key;                 // what makes a row unique, in the order of the list
  bool descending = false;    // whether the list goes from the greatest key to the least
};

// What the parent of the request narrows a list to.
class Scope {
 public:
  struct Condition {
    std::string_view column;
    std::string_view comparison;
    std::string_view cast;
    std::string value;
  };

  Scope& Equal(std::string_view column, int value) {
    return Compare(column, "=", "int", std::to_string(value));
  }
  Scope& Between(std::string_view column, int from, int to) {
    return Compare(column, ">=", "int", std::to_string(from))
        .Compare(column, "<=", "int", std::to_string(to));
  }
  Scope& AnyOf(std::string_view column, const std::vector<int>& values) {
    std::string array;
    for (int value : values) array += (array.empty() ? "{" : ",") + std::to_string(value);
    return Compare(column, "= any", "int[]", array + "}");
  }
  Scope& Compare(std::string_view column, std::string_view comparison, std::string_view cast,
                 std::string value) {
    conditions_.push_back({column, comparison, cast, std::move(value)});
    return *this;
  }

  const std::vector<Condition>& conditions() const { return conditions_; }

 private:
  std::vector<Condition> conditions_;
};

// A statement that answers one row more than the page has, each with the document and then the
// columns of the page token.
struct ListStatement {
  std::string sql;
  std::vector<std::string> parameters;
  std::uint64_t fingerprint = 0;  // of the list with its filter and order
  std::size_t key_count = 0;
};

// INVALID_ARGUMENT with reason INVALID_FILTER, INVALID_ORDER_BY or INVALID_PAGE_TOKEN.
Result<ListStatement> MakeListStatement(const Source& source, const Scope& scope,
                                        const ListQuery& query);

}  // namespace gongkai::plans::list
