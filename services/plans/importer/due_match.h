// What a scanner of due rules found at one place of a text.
#pragma once

#include <cstddef>
#include <cstdint>

#include "services/plans/domain/parsed_plan.h"

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

}  // namespace gongkai::plans::importer
