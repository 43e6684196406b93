// The working days of 2017 to 2026: facts of the State Council's notices, as gathered by
// NateScarlet/holiday-cn (MIT) and checked by the tests.
#pragma once

#include <vector>

#include "services/plans/domain/working_days.h"

namespace gongkai::plans {

// By year.
std::vector<CalendarYear> CalendarTable();

}  // namespace gongkai::plans
