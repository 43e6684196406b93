// What the stores of the year's work share: keys as parameters, locks, scopes of lists, and why a
// change was refused.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/state.h"
#include "services/plans/list/list_statement.h"
#include "services/plans/store/postgres/access.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// The number under which writers of one assignment wait for each other, the same in every replica
// and every release.
int LockOf(const AssignmentKey& key);

// Whatever adds or takes away work of a plan (reassigning, cancelling, events) takes the plan's
// lock first, and then those of the assignments that it changes, before it writes anything.
// LockAssignments also keeps their plans from being closed meanwhile.
void LockPlan(postgres::Session& session, const PlanKey& plan);
void LockAssignments(postgres::Session& session, const std::vector<AssignmentKey>& assignments);

// FAILED_PRECONDITION with reason PLAN_NOT_ISSUED unless the plan is issued, not closed and not
// deleted; with one of the locks above it stays so.
Result<void> CheckPlanIssued(postgres::Session& session, const PlanKey& plan);

// From a label of unit_role.
UnitRole RoleOf(std::string_view label);

// Runs a statement whose first five parameters are the key of an assignment.
template <typename... Further>
pqxx::result ExecuteFor(postgres::Session& session, const postgres::Statement& statement,
                        const AssignmentKey& key, Further&&... further) {
  return session.Execute(statement, key.task.plan.division.value, key.task.plan.plan, key.task.task,
                         key.unit, std::string(RoleLabel(key.role)),
                         std::forward<Further>(further)...);
}

// Runs a statement whose first six parameters are the key of an occurrence.
template <typename... Further>
pqxx::result ExecuteFor(postgres::Session& session, const postgres::Statement& statement,
                        const OccurrenceKey& key, Further&&... further) {
  return ExecuteFor(session, statement, key.assignment, key.occurrence,
                    std::forward<Further>(further)...);
}

// Runs a change of an assignment or of what belongs to it. Parameters 1 to 11 are division, lock,
// the rest of the key, allowed states, revision, actor, request_id and method; then `further`.
template <typename Action, typename... Further>
pqxx::result ExecuteChange(postgres::Session& session, const postgres::Statement& statement,
                           const WriteContext& context, const AssignmentKey& key,
                           ExpectedRevision expected, Action action, const Further&... further) {
  return session.Execute(statement, key.task.plan.division.value, LockOf(key), key.task.plan.plan,
                         key.task.task, key.unit, std::string(RoleLabel(key.role)),
                         ArrayLiteral(AllowedFrom(action)), expected, context.actor,
                         context.request_id, context.method, further...);
}

// What a list of work is narrowed to: the tables of work have the same columns in their keys.
list::Scope ListScope(const WorkScope& scope);

// Why a change found no row that it may change: NOT_FOUND, ABORTED for another revision, or
// FAILED_PRECONDITION for the state of the plan or its own.
Error WhyNot(postgres::Session& session, const AssignmentKey& key, ExpectedRevision expected,
             AssignmentAction action);
Error WhyNot(postgres::Session& session, const OccurrenceKey& key, ExpectedRevision expected,
             OccurrenceAction action);

}  // namespace gongkai::plans
