// The work of a plan in force as part of a larger transaction that has locked the plan.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/work_change.h"

namespace gongkai::plans {

// The work of these tasks, by task, whose units cannot change it to the end of the transaction.
// Must come before everything that writes: see docs/decisions/0002.
std::map<int, std::vector<PresentAssignment>> LockWork(postgres::Session& session,
                                                       const PlanKey& plan,
                                                       const std::set<int>& tasks);

// Writes the changes with their histories and feed rows; `reason` says why.
void WriteWork(postgres::Session& session, const std::string& actor, const PlanKey& plan,
               const std::vector<WorkChange>& changes, const std::string& reason);

}  // namespace gongkai::plans
