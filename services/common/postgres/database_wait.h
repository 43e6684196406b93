// Waiting for a database that is still starting, or not migrated yet.
#pragma once

#include <chrono>
#include <functional>

#include "services/common/status/error.h"

namespace gongkai::postgres {

// Tries until it succeeds, or fails with what time does not mend: anything but a database that
// cannot be reached (UNAVAILABLE) or is behind the program (SCHEMA_OLDER). After `limit` the last
// failure stands. Tries at least once.
Result<void> WaitForDatabase(std::chrono::seconds limit,
                             const std::function<Result<void>()>& attempt);

}  // namespace gongkai::postgres
