// From a filter to a condition in SQL.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/plans/list/field.h"

namespace gongkai::plans::list {

// The parameters of a statement, in order.
class Parameters {
 public:
  // Adds one; its place in the statement: `$3`.
  std::string Add(std::string value) {
    values_.push_back(std::move(value));
    return "$" + std::to_string(values_.size());
  }
  const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<std::string> values_;
};

// One restriction as a condition in SQL. What the caller wrote goes into `parameters` and never
// into the text. INVALID_FILTER for a field that does not exist, an operator that the field does
// not have and a value that is not of its type. `division` is the column of the row's division.
Result<std::string> ToSql(const Restriction& restriction, const Fields& fields,
                          std::string_view division, Parameters& parameters);

// The whole tree as a condition. A field that is not set satisfies no comparison, so that its
// negation holds.
Result<std::string> ToSql(const Filter& filter, const Fields& fields, std::string_view division,
                          Parameters& parameters);

}  // namespace gongkai::plans::list
