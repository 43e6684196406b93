// The tasks of a plan as part of a larger transaction that has locked the plan.
#pragma once

#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/store/plan_content_store.h"

namespace gongkai::plans {

// NOT_FOUND for a plan that does not exist.
Result<PlanContent> ReadContent(postgres::Session& session, const PlanKey& plan);

// How a task is taken out: `DELETED` from a draft, `CANCELLED` from a plan in force.
struct TaskRemoval {
  std::string state;
  std::string reason;
};

// Writes `change.tasks`, `change.removed` and `change.units`, and nothing of the plan's own row.
Result<void> WriteTasks(postgres::Session& session, const std::string& actor, const PlanKey& plan,
                        const ContentChange& change, const TaskRemoval& removal);

}  // namespace gongkai::plans
