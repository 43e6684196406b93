#include "services/plans/store/decision_store.h"

#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// The assignment and, as an array, the numbers of the occurrences that ended with it.
constexpr Statement kEndAssignment{"end_assignment", R"sql(
  with changed as (
    update assignment a
    set state = 'CANCELLED', state_comment = $8, revision = a.revision + 1
    where (division, plan, task, unit, role) = ($1, $2, $3, $4, $5::unit_role)
      and a.state = any($6::assignment_state[]) and ($7::int is null or a.revision = $7)
    returning a
  ), ended as (
    update occurrence o
    set state = 'CANCELLED', review_comment = $8, verify_time = null, revision = o.revision + 1
    from changed
    where (o.division, o.plan, o.task, o.unit, o.role) = ($1, $2, $3, $4, $5::unit_role)
      and o.state = any($9::occurrence_state[])
    returning o
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (a).division, (a).plan, (a).task, (a).unit, (a).role, 0, (a).revision, $10,
           (a).state::text, $11, $8
    from changed
    union all
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           'cancel', (o).state::text, $11, $8
    from ended
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (a).division, 'assignment'::resource_kind, public_resource(a), $11 from changed
    union all
    select (o).division, 'occurrence'::resource_kind, resource(o), $11 from ended
  )
  select resource(a), array(select (o).occurrence from ended)::text from changed
)sql"};

constexpr Statement kUnitExists{"unit_exists",
                                "select 1 from unit where division = $1 and unit = $2"};

// A unit that had the work before gets the same assignment back, as new.
constexpr Statement kReceiveAssignment{"receive_assignment", R"sql(
  with added as (
    insert into assignment as a (division, plan, task, unit, role, source_text, state_comment,
                                 reassigned_from)
    select division, plan, task, $6, role, source_text, $9, unit from assignment
    where (division, plan, task, unit, role) = ($1, $2, $3, $4, $5::unit_role)
    on conflict (division, plan, task, unit, role) do update
      set state = 'ASSIGNED', state_comment = excluded.state_comment,
          reassigned_from = excluded.reassigned_from, claim_time = null, file_time = null,
          measures = '', section = '', person = '', contact = '', contact_masked = '',
          contact_key = '', contact_sealed = '', revision = a.revision + 1
      where a.state = any($8::assignment_state[])
    returning a
  ), given as (
    insert into occurrence as o (division, plan, task, unit, role, occurrence, period, due_date,
                                 due_kind, due_assumed, original_due_date, task_event)
    select w.division, w.plan, w.task, $6, w.role, w.occurrence, w.period, w.due_date, w.due_kind,
           w.due_assumed, w.original_due_date, w.task_event
    from occurrence w, added
    where (w.division, w.plan, w.task, w.unit, w.role) = ($1, $2, $3, $4, $5::unit_role)
      and w.occurrence = any($7::smallint[])
    on conflict (division, plan, task, unit, role, occurrence) do update
      set state = 'OPEN', period = excluded.period, due_date = excluded.due_date,
          due_assumed = excluded.due_assumed, original_due_date = excluded.original_due_date,
          submit_time = null, verify_time = null, review_comment = '', revision = o.revision + 1
      where o.state = any($10::occurrence_state[])
    returning o
  ), moved as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment)
    select (a).division, (a).plan, (a).task, (a).unit, (a).role, 0, (a).revision, $11,
           (a).state::text, $13, $9
    from added
    union all
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           $12, (o).state::text, $13, $9
    from given
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (a).division, 'assignment'::resource_kind, public_resource(a), $13 from added
    union all
    select (o).division, 'occurrence'::resource_kind, resource(o), $13 from given
  )
  select resource(a) from added
)sql"};

constexpr Statement kListTransitions{"list_transitions", R"sql(
  select json_build_object(
    'resource', assignment_name(division, plan, task, unit, role) ||
                case when occurrence > 0 then '/occurrences/' || occurrence else '' end,
    'action', action, 'from_state', from_state, 'to_state', to_state,
    'from_due_date', from_due_date, 'to_due_date', to_due_date, 'actor', actor,
    'comment', comment, 'change_time', change_time)
  from (
    select t.*,
           case when revision = 1 then ''
                else coalesce(lag(to_state) over (partition by occurrence order by revision),
                              case occurrence when 0 then 'ASSIGNED' else 'OPEN' end) end
             as from_state
    from transition t
    where (division, plan, task, unit, role) = ($1, $2, $3, $4, $5::unit_role)
  ) t
  where $6::int is null or occurrence = $6
  order by change_time, occurrence, revision
)sql"};

Error AssignmentExists(const AssignmentKey& key) {
  const auto name = FormatName(key);
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "ASSIGNMENT_EXISTS",
          .message =
              name + " exists already: cancel the present one instead, or choose another " + "unit",
          .message_zh = "该单位已承担此任务，请选择其他单位，或直接取消原分工",
          .metadata = {{"resource", name}}};
}

class PostgresDecisionStore : public DecisionStore {
 public:
  explicit PostgresDecisionStore(Access& access) : access_(access) {}

  Result<Document> CancelAssignment(const WriteContext& context, const AssignmentKey& key,
                                    ExpectedRevision expected, const std::string& reason) override {
    const auto& plan = key.task.plan;
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, plan);
      LockAssignments(session, {key});
      if (auto issued = CheckPlanIssued(session, plan); !issued) return Fail(issued.error());
      const auto rows = End(session, context, key, expected, AssignmentAction::kCancel, reason);
      if (!rows.empty()) return Document(rows[0][0].c_str());
      return Fail(WhyNot(session, key, expected, AssignmentAction::kCancel));
    });
  }

  Result<Document> ReassignAssignment(const WriteContext& context, const AssignmentKey& key,
                                      ExpectedRevision expected, int unit,
                                      const std::string& reason) override {
    const auto& plan = key.task.plan;
    AssignmentKey receiver = key;
    receiver.unit = unit;
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, plan);
      LockAssignments(session, {key, receiver});
      if (auto issued = CheckPlanIssued(session, plan); !issued) return Fail(issued.error());
      if (session.Execute(kUnitExists, plan.division.value, unit).empty()) {
        return Fail(NotFound(FormatName(UnitKey{plan.division, unit})));
      }
      const auto ended = End(session, context, key, expected, AssignmentAction::kReassign, reason);
      if (ended.empty()) return Fail(WhyNot(session, key, expected, AssignmentAction::kReassign));
      const auto received =
          ExecuteFor(session, kReceiveAssignment, key, unit, ended[0][1].c_str(),
                     ArrayLiteral(AllowedFrom(AssignmentAction::kReceive)), reason,
                     ArrayLiteral(AllowedFrom(OccurrenceAction::kReopen)),
                     std::string(Label(AssignmentAction::kReceive)),
                     std::string(Label(OccurrenceAction::kReopen)), context.actor);
      if (received.empty()) return Fail(AssignmentExists(receiver));
      return Document(received[0][0].c_str());
    });
  }

  Result<std::vector<Document>> ListTransitions(const AssignmentKey& key,
                                                std::optional<int> occurrence) override {
    return access_.Read([&](Session& session) -> Result<std::vector<Document>> {
      return AllDocuments(ExecuteFor(session, kListTransitions, key, occurrence));
    });
  }

 private:
  static pqxx::result End(Session& session, const WriteContext& context, const AssignmentKey& key,
                          ExpectedRevision expected, AssignmentAction action,
                          const std::string& reason) {
    return ExecuteFor(session, kEndAssignment, key, ArrayLiteral(AllowedFrom(action)), expected,
                      reason, ArrayLiteral(AllowedFrom(OccurrenceAction::kCancel)),
                      std::string(Label(action)), context.actor);
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<DecisionStore> MakeDecisionStore(Access& access) {
  return std::make_unique<PostgresDecisionStore>(access);
}

}  // namespace gongkai::plans
