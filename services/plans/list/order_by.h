// The order of a list: Google's AIP-132.
//
//   "due_date desc, unit" → due_date from the last, and among equal ones by unit
#pragma once

#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/plans/list/field.h"

namespace gongkai::plans::list {

struct OrderTerm {
  const Field* field = nullptr;
  bool descending = false;
};

constexpr int kMostOrderTerms = 5;

// The terms of `text`, which point into `fields`; none for an empty text. INVALID_ARGUMENT with
// reason INVALID_ORDER_BY for a field that does not exist, that has many values, or stands twice.
Result<std::vector<OrderTerm>> ParseOrderBy(std::string_view text, const Fields& fields);

}  // namespace gongkai::plans::list
