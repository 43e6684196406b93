// Due rules that come back: 每月, 每季度首月10日前, 每半年结束后15日内, 次月5日前.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "services/plans/importer/due_match.h"
#include "services/plans/importer/scanner.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// The recurring rule that begins at `from`, if one does; dates are of `plan_year`, 0 leaves them
// out.
std::optional<DueMatch> MatchRecurring(const Scanner& from, int32_t plan_year,
                                       DueStrictness strictness);

// The second day of `每月5日、20日前`, which begins with the mark at `at`.
std::optional<DueMatch> MatchFurtherDay(TextView text, size_t at, int32_t plan_year);

// Whether a text behind a date goes on with another one, so that the 前 of the last is meant for
// both: `、12月底前`.
bool BeginsDates(TextView text);

}  // namespace gongkai::plans::importer
