#include "services/plans/store/postgres/amended_work.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "services/plans/domain/state.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using nlohmann::json;
using postgres::Session;
using postgres::Statement;

constexpr Statement kAssignmentsOfTasks{"assignments_of_tasks", R"sql(
  select task, unit, role from assignment
  where division = $1 and plan = $2
    and task in (select value::int from json_array_elements_text($3::json))
)sql"};

constexpr Statement kWorkOfTasks{"work_of_tasks", R"sql(
  select a.task, a.unit, a.role, a.state, o.occurrence, o.period, o.due_date, o.due_kind, o.state
  from assignment a left join occurrence o using (division, plan, task, unit, role)
  where a.division = $1 and a.plan = $2
    and a.task in (select value::int from json_array_elements_text($3::json))
  order by a.task, a.unit, a.role, o.due_date, o.occurrence
)sql"};

// Parameters of the statements below: division, plan, rows, actor, reason.

constexpr Statement kCancelAssignments{"amend_cancel_assignments", R"sql(
  with given as (
    select * from json_to_recordset($3::json) as g(task int, unit int, role unit_role)
  ), changed as (
    update assignment a set state = 'CANCELLED', state_comment = $5, revision = a.revision + 1
    from given g
    where (a.division, a.plan, a.task, a.unit, a.role) = ($1, $2, g.task, g.unit, g.role)
    returning a
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (a).division, (a).plan, (a).task, (a).unit, (a).role, 0, (a).revision, 'cancel',
           (a).state, $4, $5
    from changed
  )
  insert into change (division, kind, resource, actor)
  select (a).division, 'assignment', public_resource(a), $4 from changed
)sql"};

constexpr Statement kCancelOccurrences{"amend_cancel_occurrences", R"sql(
  with given as (
    select * from json_to_recordset($3::json)
      as g(task int, unit int, role unit_role, occurrence smallint)
  ), changed as (
    update occurrence o
    set state = 'CANCELLED', review_comment = $5, verify_time = null, revision = o.revision + 1
    from given g
    where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
        = ($1, $2, g.task, g.unit, g.role, g.occurrence)
    returning o
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           'cancel', (o).state, $4, $5
    from changed
  )
  insert into change (division, kind, resource, actor)
  select (o).division, 'occurrence', resource(o), $4 from changed
)sql"};

// One that was cancelled before and is wanted again begins anew; its history stays.
constexpr Statement kAssign{"amend_assign", R"sql(
  with given as (
    select * from json_to_recordset($3::json)
      as g(task int, unit int, role unit_role, source_text text)
  ), changed as (
    insert into assignment as a (division, plan, task, unit, role, source_text)
    select $1, $2, task, unit, role, source_text from given order by task, unit, role
    on conflict (division, plan, task, unit, role) do update
      set state = 'ASSIGNED', state_comment = '', source_text = excluded.source_text, claim_time = null,
          file_time = null, revision = a.revision + 1
    returning a
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (a).division, (a).plan, (a).task, (a).unit, (a).role, 0, (a).revision, 'assign',
           (a).state, $4, $5
    from changed
  )
  insert into change (division, kind, resource, actor)
  select (a).division, 'assignment', public_resource(a), $4 from changed
)sql"};

constexpr Statement kAddOccurrences{"amend_add_occurrences", R"sql(
  with given as (
    select * from json_to_recordset($3::json)
      as g(task int, unit int, role unit_role, occurrence smallint, period text, due_date date,
           due_kind due_kind, due_assumed boolean)
  ), changed as (
    insert into occurrence as o (division, plan, task, unit, role, occurrence, period, due_date,
                                 due_kind, due_assumed)
    select $1, $2, task, unit, role, occurrence, period, due_date, due_kind, due_assumed
    from given order by task, unit, role, occurrence
    returning o
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           'add', (o).state, $4, $5
    from changed
  )
  insert into change (division, kind, resource, actor)
  select (o).division, 'occurrence', resource(o), $4 from changed
)sql"};

constexpr Statement kMoveOccurrences{"amend_move_occurrences", R"sql(
  with given as (
    select * from json_to_recordset($3::json)
      as g(task int, unit int, role unit_role, occurrence smallint, period text, due_date date,
           due_kind due_kind, due_assumed boolean, due_before date)
  ), changed as (
    update occurrence o
    set due_date = g.due_date, original_due_date = coalesce(o.original_due_date, g.due_before),
        due_kind = g.due_kind, due_assumed = g.due_assumed,
        revision = o.revision + 1
    from given g
    where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
        = ($1, $2, g.task, g.unit, g.role, g.occurrence)
    returning o, g.due_before
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment, from_due_date, to_due_date)
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           'moveDueDate', (o).state, $4, $5, due_before, (o).due_date
    from changed
  )
  insert into change (division, kind, resource, actor)
  select (o).division, 'occurrence', resource(o), $4 from changed
)sql"};

json Row(int task, int unit, UnitRole role) {
  return {{"task", task}, {"unit", unit}, {"role", RoleLabel(role)}};
}

json Row(int task, const OccurrencePlace& place) {
  auto row = Row(task, place.unit, place.role);
  row["occurrence"] = place.occurrence;
  return row;
}

json Row(int task, const OccurrencePlace& place, const ScheduledOccurrence& occurrence) {
  auto row = Row(task, place);
  row["period"] = occurrence.period;
  row["due_date"] = FormatDate(occurrence.due);
  row["due_kind"] = Label(occurrence.kind);
  row["due_assumed"] = occurrence.assumed;
  return row;
}

struct Rows {
  json cancelled = json::array();
  json cancelled_occurrences = json::array();
  json assigned = json::array();
  json moved = json::array();
  json added = json::array();
};

Rows RowsOf(const std::vector<WorkChange>& changes) {
  Rows rows;
  for (const auto& change : changes) {
    for (const auto& unit : change.cancelled) {
      rows.cancelled.push_back(Row(change.task, unit.unit, unit.role));
    }
    for (const auto& place : change.cancelled_occurrences) {
      rows.cancelled_occurrences.push_back(Row(change.task, place));
    }
    for (const auto& unit : change.assigned) {
      auto row = Row(change.task, unit.unit, unit.role);
      row["source_text"] = unit.source_text;
      rows.assigned.push_back(std::move(row));
    }
    for (const auto& moved : change.moved) {
      auto row = Row(change.task, moved.place, moved.occurrence);
      row["due_before"] = FormatDate(moved.before);
      rows.moved.push_back(std::move(row));
    }
    for (const auto& added : change.added) {
      rows.added.push_back(Row(change.task, added.place, added.occurrence));
    }
  }
  return rows;
}

}  // namespace

std::map<int, std::vector<PresentAssignment>> LockWork(Session& session, const PlanKey& plan,
                                                       const std::set<int>& tasks) {
  const int division = plan.division.value;
  const auto numbers = json(tasks).dump();
  std::vector<AssignmentKey> locked;
  for (const auto& row : session.Execute(kAssignmentsOfTasks, division, plan.plan, numbers)) {
    locked.push_back({{plan, row[0].as<int>()}, row[1].as<int>(), RoleOf(row[2].c_str())});
  }
  LockAssignments(session, locked);
  std::map<int, std::vector<PresentAssignment>> work;
  for (const auto& row : session.Execute(kWorkOfTasks, division, plan.plan, numbers)) {
    auto& assignments = work[row[0].as<int>()];
    const int unit = row[1].as<int>();
    const auto role = RoleOf(row[2].c_str());
    if (assignments.empty() || assignments.back().unit != unit || assignments.back().role != role) {
      const bool cancelled = row[3].c_str() == Label(AssignmentState::kCancelled);
      assignments.push_back({.unit = unit, .role = role, .cancelled = cancelled});
    }
    if (row[4].is_null()) continue;
    const std::string_view state = row[8].c_str();
    assignments.back().occurrences.push_back(
        {.occurrence = row[4].as<int>(),
         .period = row[5].c_str(),
         .due = ParseDate(row[6].c_str()).value_or(CivilDate{}),
         .kind = DueKindOf(row[7].c_str()).value_or(DueKind::kUnstated),
         .submittable = IsAllowed(state, OccurrenceAction::kSubmit),
         .cancellable = IsAllowed(state, OccurrenceAction::kCancel)});
  }
  return work;
}

void WriteWork(Session& session, const std::string& actor, const PlanKey& plan,
               const std::vector<WorkChange>& changes, const std::string& reason) {
  const auto rows = RowsOf(changes);
  const auto write = [&](const Statement& statement, const json& given) {
    if (given.empty()) return;
    session.Execute(statement, plan.division.value, plan.plan, given.dump(), actor, reason);
  };
  write(kCancelOccurrences, rows.cancelled_occurrences);
  write(kCancelAssignments, rows.cancelled);
  write(kAssign, rows.assigned);
  write(kMoveOccurrences, rows.moved);
  write(kAddOccurrences, rows.added);
}

}  // namespace gongkai::plans
