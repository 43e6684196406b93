// Days that figures are compared and drawn by.
#pragma once

#include <optional>
#include <vector>

#include "services/common/time/civil_date.h"

namespace gongkai::reporting {

enum class Comparison { kPreviousMonth, kPreviousQuarter, kPreviousYear };

// 2026-05-17 → 2026-04-30, 2026-03-31 and 2025-05-17; 2024-02-29 a year earlier is 2023-02-28.
CivilDate ComparedDay(CivilDate date, Comparison comparison);

enum class Step { kDay, kWeek, kMonth };

// The days from `from` to `to` on which a step ends, Sundays or last days of months, and `to`
// itself. Nothing where they would be more than `most`.
std::optional<std::vector<CivilDate>> StepDays(CivilDate from, CivilDate to, Step step,
                                               std::size_t most);

}  // namespace gongkai::reporting
