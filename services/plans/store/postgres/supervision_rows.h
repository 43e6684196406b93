// What the stores of supervision share.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// NOT_FOUND for the first of the units, and of the names of tasks, assignments and occurrences,
// that the division does not have.
Result<void> CheckExist(postgres::Session& session, DivisionCode division,
                        const std::vector<int>& units, const std::vector<std::string>& subjects);

}  // namespace gongkai::plans
