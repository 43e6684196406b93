// One due rule at one place of a text.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>

#include "services/plans/importer/due_match.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// The years that dates without one are of; 0 leaves them undated.
struct DueYears {
  int32_t plan = 0;
  int32_t named =
      0;  // by a date before in the same text; recurring rules take the plan's all the same
};

// The rule that begins at `at`, if one does. Reads no more than a few code points.
std::optional<DueMatch> MatchDue(TextView text, size_t at, DueYears years,
                                 DueStrictness strictness);

}  // namespace gongkai::plans::importer
