#include "services/plans/store/postgres/work_rows.h"

#include <algorithm>
#include <cstdint>
#include <set>

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kLock{"lock_work", "select lock_aggregate($1, $2)"};

constexpr Statement kKeepPlan{"keep_plan", "select pg_advisory_xact_lock_shared($1, $2)"};

constexpr Statement kPlanState{"plan_state_for_work", R"sql(
  select case when delete_time is null then state::text else 'DELETED' end from plan
  where (division, plan) = ($1, $2)
)sql"};

constexpr Statement kAssignmentState{"assignment_state", R"sql(
  select state, revision from assignment
  where (division, plan, task, unit, role) = ($1, $2, $3, $4, $5::unit_role)
)sql"};

constexpr Statement kOccurrenceState{"occurrence_state", R"sql(
  select o.state, o.revision, a.state from occurrence o
  join assignment a using (division, plan, task, unit, role)
  where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
      = ($1, $2, $3, $4, $5::unit_role, $6)
)sql"};

Error PlanNotIssued(const PlanKey& plan, const std::string& state) {
  const auto name = FormatName(plan);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "PLAN_NOT_ISSUED",
          .message = name + " is " + state + ": its work is changed only while it is ISSUED",
          .message_zh = state == "CLOSED" ? "方案已办结，其任务不能再变更"
                                          : "方案不在已印发状态，其任务不能变更",
          .metadata = {{"resource", name}, {"state", state}}};
}

Error AssignmentNotClaimed(const OccurrenceKey& key, std::string_view state) {
  const auto name = FormatName(key.assignment);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "ASSIGNMENT_NOT_CLAIMED",
          .message = name + " is " + std::string(state) + ": claim it before submitting",
          .message_zh = "该任务尚未认领，请先认领再提交",
          .metadata = {{"resource", name}, {"state", std::string(state)}}};
}

}  // namespace

UnitRole RoleOf(std::string_view label) {
  for (auto role : {UnitRole::kLead, UnitRole::kSupporting}) {
    if (RoleLabel(role) == label) return role;
  }
  return UnitRole::kResponsible;
}

// FNV-1a.
int LockOf(const AssignmentKey& key) {
  std::uint32_t hash = 2166136261u;
  for (char c : FormatName(key)) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return static_cast<int>(hash);
}

void LockPlan(Session& session, const PlanKey& plan) {
  session.Execute(kLock, plan.division.value, plan.plan);
}

void LockAssignments(Session& session, const std::vector<AssignmentKey>& assignments) {
  // In one order, so that two callers cannot wait for each other.
  std::vector<std::pair<int, int>> locks;
  std::set<PlanKey> plans;
  for (const auto& key : assignments) {
    locks.emplace_back(key.task.plan.division.value, LockOf(key));
    plans.insert(key.task.plan);
  }
  for (const auto& plan : plans) session.Execute(kKeepPlan, plan.division.value, plan.plan);
  std::sort(locks.begin(), locks.end());
  for (const auto& [division, lock] : locks) session.Execute(kLock, division, lock);
}

list::Scope ListScope(const WorkScope& scope) {
  list::Scope narrowed;
  if (scope.include_subdivisions) {
    const auto range = SubtreeOf(scope.division);
    narrowed.Between("division", range.from, range.to);
  } else {
    narrowed.Equal("division", scope.division.value);
  }
  if (scope.plan) narrowed.Equal("plan", *scope.plan);
  if (scope.task) narrowed.Equal("task", *scope.task);
  if (scope.unit) narrowed.Equal("unit", *scope.unit);
  if (scope.role) narrowed.Compare("role", "=", "unit_role", std::string(RoleLabel(*scope.role)));
  return narrowed;
}

Result<void> CheckPlanIssued(Session& session, const PlanKey& plan) {
  const auto rows = session.Execute(kPlanState, plan.division.value, plan.plan);
  if (rows.empty()) return Fail(NotFound(FormatName(plan)));
  const std::string state = rows[0][0].c_str();
  if (state != Label(PlanState::kIssued)) return Fail(PlanNotIssued(plan, state));
  return {};
}

Error WhyNot(Session& session, const AssignmentKey& key, ExpectedRevision expected,
             AssignmentAction action) {
  const auto rows = ExecuteFor(session, kAssignmentState, key);
  const auto name = FormatName(key);
  if (rows.empty()) return NotFound(name);
  if (auto issued = CheckPlanIssued(session, key.task.plan); !issued) return issued.error();
  const int revision = rows[0][1].as<int>();
  if (expected && *expected != revision) return RevisionMismatch(name, revision);
  return StateNotAllowed(name, rows[0][0].c_str(), action);
}

Error WhyNot(Session& session, const OccurrenceKey& key, ExpectedRevision expected,
             OccurrenceAction action) {
  const auto rows = ExecuteFor(session, kOccurrenceState, key);
  const auto name = FormatName(key);
  if (rows.empty()) return NotFound(name);
  if (auto issued = CheckPlanIssued(session, key.assignment.task.plan); !issued)
    return issued.error();
  const int revision = rows[0][1].as<int>();
  if (expected && *expected != revision) return RevisionMismatch(name, revision);
  if (IsAllowed(rows[0][0].c_str(), action)) return AssignmentNotClaimed(key, rows[0][2].c_str());
  return StateNotAllowed(name, rows[0][0].c_str(), action);
}

}  // namespace gongkai::plans
