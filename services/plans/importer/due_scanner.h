// One due rule at one place of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

enum class DueStrictness {
  kDeadlineColumn,  // any date is a deadline
  kSentence,        // a date needs a word that makes it a deadline: 前, 内, 底
};

struct DueMatch {
  DueRule rule;
  size_t length = 0;
  // A year without a day in it, 每年, 年内, `2023年`: a rule only where no number (每年2次) and no
  // word such as 持续推进 stands beside it.
  bool bare_year = false;
  // The date ends a range that began with the match before: `1月至6月`.
  bool continues_range = false;
  // Inside a sentence, a date before the plan's year: a fact that is told and no rule.
  bool is_past = false;
  // The year that the text names with the date; 0 where it names none.
  int32_t named_year = 0;
};

// The years that dates without one are of; 0 leaves them undated.
struct DueYears {
  int32_t plan = 0;
  int32_t named =
      0;  // by a date before in the same text; recurring rules take the plan's all the same
};

// The rule that begins at `at`, if one does. Reads no more than a few code points.
std::optional<DueMatch> MatchDue(TextView text, size_t at, DueYears years,
                                 DueStrictness strictness);

// The second day of `每月5日、20日前`, which begins with the mark at `at`.
std::optional<DueMatch> MatchFurtherDay(TextView text, size_t at, int32_t plan_year);

}  // namespace gongkai::plans::importer
