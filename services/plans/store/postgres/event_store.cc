#include "services/plans/store/event_store.h"

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kTaskExists{"task_exists",
                                "select 1 from task where (division, plan, task) = ($1, $2, $3)"};

constexpr Statement kInsertEvent{"insert_event", R"sql(
  insert into task_event as e (division, plan, task, task_event, event_date, description, rule,
                               working_days, calendar_days, due_date)
  select $1, $2, $3, coalesce(max(task_event), 0) + 1, $4::date, $5, $6, $7, $8, $9::date
  from task_event where (division, plan, task) = ($1, $2, $3)
  returning resource(e), task_event
)sql"};

// The same number for every unit and new in the whole task, so that the occurrence keeps it when
// its assignment goes to another unit.
constexpr Statement kAddEventOccurrences{"add_event_occurrences", R"sql(
  with added as (
    insert into occurrence as o (division, plan, task, unit, role, occurrence, period, due_date,
                                 due_kind, due_assumed, task_event)
    select a.division, a.plan, a.task, a.unit, a.role,
           (select coalesce(max(w.occurrence), 0) + 1 from occurrence w
            where (w.division, w.plan, w.task) = ($1, $2, $3)),
           e.event_date::text, e.due_date, 'RELATIVE', false, e.task_event
    from assignment a join task_event e using (division, plan, task)
    where (division, plan, task) = ($1, $2, $3) and e.task_event = $4 and a.state <> 'CANCELLED'
    order by a.unit, a.role
    returning o
  )
  insert into change (division, kind, resource, actor)
  select (o).division, 'occurrence', resource(o), $5 from added
)sql"};

constexpr Statement kEventState{"event_state", R"sql(
  select state, revision from task_event
  where (division, plan, task, task_event) = ($1, $2, $3, $4)
)sql"};

constexpr Statement kEventAssignments{"event_assignments", R"sql(
  select distinct unit, role from occurrence
  where (division, plan, task) = ($1, $2, $3) and task_event = $4
)sql"};

constexpr Statement kCorrectEvent{"correct_event", R"sql(
  with corrected as (
    update task_event e
    set event_date = $5::date, description = $6, due_date = $7::date, reason = $8,
        revision = e.revision + 1
    where (division, plan, task, task_event) = ($1, $2, $3, $4)
    returning e
  ), before as (
    select * from occurrence
    where (division, plan, task) = ($1, $2, $3) and task_event = $4
      and state = any($9::occurrence_state[])
      and (period, due_date) <> ($5::date::text, $7::date)
  ), moved as (
    update occurrence o
    set period = $5::date::text, due_date = $7::date, revision = o.revision + 1
    from before b
    where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
        = (b.division, b.plan, b.task, b.unit, b.role, b.occurrence)
    returning o, b.due_date as from_due_date
  ), told as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment, from_due_date, to_due_date)
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           $10, (o).state, $11, $8, from_due_date, (o).due_date
    from moved
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (o).division, 'occurrence', resource(o), $11 from moved
  )
  select resource(e) from corrected
)sql"};

constexpr Statement kCancelEvent{"cancel_event", R"sql(
  with cancelled as (
    update task_event e set state = 'CANCELLED', reason = $5, revision = e.revision + 1
    where (division, plan, task, task_event) = ($1, $2, $3, $4)
    returning e
  ), ended as (
    update occurrence o
    set state = 'CANCELLED', review_comment = $5, verify_time = null, revision = o.revision + 1
    where (division, plan, task) = ($1, $2, $3) and task_event = $4
      and state = any($6::occurrence_state[])
    returning o
  ), told as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           $7, (o).state, $8, $5
    from ended
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (o).division, 'occurrence', resource(o), $8 from ended
  )
  select resource(e) from cancelled
)sql"};

constexpr Statement kGetEvent{"get_event", R"sql(
  select resource(e) from task_event e where (division, plan, task, task_event) = ($1, $2, $3, $4)
)sql"};

Error EventCancelled(const TaskEventKey& event) {
  const auto name = FormatName(event);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "EVENT_CANCELLED",
          .message = name + " was cancelled: record what happened as a new event",
          .message_zh = "该事项已撤销，如确已发生请重新登记",
          .metadata = {{"resource", name}}};
}

template <typename... Further>
pqxx::result ExecuteFor(Session& session, const Statement& statement, const TaskKey& key,
                        Further&&... further) {
  return session.Execute(statement, key.plan.division.value, key.plan.plan, key.task,
                         std::forward<Further>(further)...);
}

// Those that have an occurrence of the event.
std::vector<AssignmentKey> AssignmentsOf(Session& session, const TaskEventKey& event) {
  std::vector<AssignmentKey> keys;
  for (const auto& row : ExecuteFor(session, kEventAssignments, event.task, event.task_event)) {
    keys.push_back({event.task, row[0].as<int>(), RoleOf(row[1].c_str())});
  }
  return keys;
}

class PostgresEventStore : public EventStore {
 public:
  explicit PostgresEventStore(Access& access) : access_(access) {}

  Result<Document> RecordEvent(const WriteContext& context, const TaskKey& task,
                               const NewTaskEvent& event) override {
    return access_.Write(context, task.plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, task.plan);
      if (ExecuteFor(session, kTaskExists, task).empty()) return Fail(NotFound(FormatName(task)));
      if (auto issued = CheckPlanIssued(session, task.plan); !issued) return Fail(issued.error());
      const auto added =
          ExecuteFor(session, kInsertEvent, task, FormatDate(event.event_date), event.description,
                     event.rule, event.working_days, event.calendar_days, FormatDate(event.due));
      ExecuteFor(session, kAddEventOccurrences, task, added[0][1].as<int>(), context.actor);
      return Document(added[0][0].c_str());
    });
  }

  Result<Document> CorrectEvent(const WriteContext& context, const TaskEventKey& key,
                                ExpectedRevision expected,
                                const TaskEventCorrection& correction) override {
    return Change(context, key, expected, [&](Session& session) {
      return ExecuteFor(session, kCorrectEvent, key.task, key.task_event,
                        FormatDate(correction.event_date), correction.description,
                        FormatDate(correction.due), correction.reason,
                        ArrayLiteral(AllowedFrom(OccurrenceAction::kMoveDueDate)),
                        std::string(Label(OccurrenceAction::kMoveDueDate)), context.actor);
    });
  }

  Result<Document> CancelEvent(const WriteContext& context, const TaskEventKey& key,
                               ExpectedRevision expected, const std::string& reason) override {
    return Change(context, key, expected, [&](Session& session) {
      return ExecuteFor(session, kCancelEvent, key.task, key.task_event, reason,
                        ArrayLiteral(AllowedFrom(OccurrenceAction::kCancel)),
                        std::string(Label(OccurrenceAction::kCancel)), context.actor);
    });
  }

  Result<Document> GetEvent(const TaskEventKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(ExecuteFor(session, kGetEvent, key.task, key.task_event), FormatName(key));
    });
  }

  Result<Page> ListEvents(const TaskKey& task, const ListQuery& query) override {
    const auto scope = list::Scope()
                           .Equal("division", task.plan.division.value)
                           .Equal("plan", task.plan.plan)
                           .Equal("task", task.task);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kTaskEventList, scope, query); });
  }

 private:
  template <typename Work>
  Result<Document> Change(const WriteContext& context, const TaskEventKey& key,
                          ExpectedRevision expected, Work work) {
    const auto& plan = key.task.plan;
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, plan);
      LockAssignments(session, AssignmentsOf(session, key));
      if (auto issued = CheckPlanIssued(session, plan); !issued) return Fail(issued.error());
      const auto rows = ExecuteFor(session, kEventState, key.task, key.task_event);
      const auto name = FormatName(key);
      if (auto found = CheckRevision(rows, 1, name, expected); !found) return Fail(found.error());
      if (std::string_view(rows[0][0].c_str()) == "CANCELLED") return Fail(EventCancelled(key));
      return OneDocument(work(session), name);
    });
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<EventStore> MakeEventStore(Access& access) {
  return std::make_unique<PostgresEventStore>(access);
}

}  // namespace gongkai::plans
