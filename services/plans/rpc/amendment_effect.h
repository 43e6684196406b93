// What an approved amendment does to its plan and to the work that was given out.
#pragma once

#include "services/plans/domain/directory.h"
#include "services/plans/store/amendment_store.h"

namespace gongkai::plans {

// ABORTED with reason AMENDMENT_OUTDATED if a task is not as it was when the amendment was
// proposed. `directory` is the present one: a unit that it does not know gets no work.
Result<AmendmentEffect> EffectOf(const AmendedPlan& amended, const Directory& directory);

}  // namespace gongkai::plans
