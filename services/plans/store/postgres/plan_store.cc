#include <nlohmann/json.hpp>

#include "services/plans/domain/state.h"
#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/plan_rows.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr int kPlansPerYear = 99;

constexpr Statement kNextPlan{"next_plan", R"sql(
  select coalesce(max(plan), $2 * 100) + 1 from plan
  where division = $1 and plan between $2 * 100 and $2 * 100 + 99
)sql"};

constexpr Statement kInsertPlan{"insert_plan", R"sql(
  with added as (
    insert into plan as p (division, plan, title, document_number, year, issue_date, task_count,
                           issues)
    values ($1, $2, $3, $4, $5, $6::date, $7, $8::json)
    returning p
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (p).division, 'plan', resource(p), $9 from added
  ), kept as (
    insert into plan_revision (division, plan, revision, action, state, actor, comment)
    select (p).division, (p).plan, (p).revision, $10, (p).state, $9, $11 from added
  )
  select resource(p) from added
)sql"};

constexpr Statement kInsertTasks{"insert_tasks", R"sql(
  with added as (
    insert into task as t (division, plan, task, position, content)
    select $1, $2, ordinality, ordinality * 1024, value
    from json_array_elements($3::json) with ordinality
    returning t
  )
  insert into change (division, kind, resource, actor)
  select (t).division, 'task', resource(t), $4 from added order by (t).task
)sql"};

constexpr Statement kGetPlan{"get_plan",
                             "select resource(p) from plan p where division = $1 and plan = $2"};

// $3: the revision that brought it; 0 for the latest document.
constexpr Statement kGetSource{"get_source", R"sql(
  select content_type, content from plan_source
  where division = $1 and plan = $2 and ($3 = 0 or revision = $3)
  order by revision desc limit 1
)sql"};

constexpr Statement kInsertAssignments{"insert_assignments", R"sql(
  with given as (
    select * from json_to_recordset($3::json)
      as g(task int, unit int, role unit_role, source_text text)
  ), added as (
    insert into assignment as a (division, plan, task, unit, role, source_text)
    select $1, $2, task, unit, role, source_text from given order by task, unit, role
    returning a
  )
  insert into change (division, kind, resource, actor)
  select (a).division, 'assignment', public_resource(a), $4 from added
)sql"};

constexpr Statement kInsertOccurrences{"insert_occurrences", R"sql(
  with given as (
    select * from json_to_recordset($3::json)
      as g(task int, occurrence smallint, period text, due_date date, due_kind due_kind,
           due_assumed boolean)
  ), added as (
    insert into occurrence as o (division, plan, task, unit, role, occurrence, period, due_date,
                                 due_kind, due_assumed)
    select a.division, a.plan, a.task, a.unit, a.role, g.occurrence, g.period, g.due_date,
           g.due_kind, g.due_assumed
    from given g join assignment a using (task)
    where a.division = $1 and a.plan = $2
    order by a.task, a.unit, a.role, g.occurrence
    returning o
  )
  insert into change (division, kind, resource, actor)
  select (o).division, 'occurrence', resource(o), $4 from added
)sql"};

constexpr Statement kGetTask{
    "get_task", "select resource(t) from task t where division = $1 and plan = $2 and task = $3"};

std::string DateText(std::optional<CivilDate> date) { return DateOrNull(date).value_or(""); }

std::string AssignmentRows(const std::vector<ExpandedTask>& tasks) {
  auto rows = nlohmann::json::array();
  for (const auto& task : tasks) {
    for (const auto& unit : task.units) {
      rows.push_back({{"task", task.task},
                      {"unit", unit.unit},
                      {"role", RoleLabel(unit.role)},
                      {"source_text", unit.source_text}});
    }
  }
  return rows.dump();
}

std::string OccurrenceRows(const std::vector<ExpandedTask>& tasks) {
  auto rows = nlohmann::json::array();
  for (const auto& task : tasks) {
    int number = 0;
    for (const auto& occurrence : task.occurrences) {
      rows.push_back({{"task", task.task},
                      {"occurrence", ++number},
                      {"period", occurrence.period},
                      {"due_date", FormatDate(occurrence.due)},
                      {"due_kind", Label(occurrence.kind)},
                      {"due_assumed", occurrence.assumed}});
    }
  }
  return rows.dump();
}

Error TooManyPlans(DivisionCode division, int year) {
  return {.code = ErrorCode::kResourceExhausted,
          .reason = "TOO_MANY_PLANS",
          .message = FormatName(division) + " has 99 plans for " + std::to_string(year) +
                     " already, the most that one year can have",
          .message_zh = "该行政区划本年度的方案数量已达上限（99 个）"};
}

class PostgresPlanStore : public PlanStore {
 public:
  explicit PostgresPlanStore(Access& access) : access_(access) {}

  Result<Document> CreatePlan(const WriteContext& context, DivisionCode division,
                              const NewPlan& plan) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      if (auto units = PutUnitRows(session, context.actor, division, plan.units); !units) {
        return Fail(units.error());
      }
      const int number = session.Execute(kNextPlan, division.value, plan.year)[0][0].as<int>();
      if (number > plan.year * 100 + kPlansPerYear) return Fail(TooManyPlans(division, plan.year));
      const auto added = session.Execute(
          kInsertPlan, division.value, number, plan.title, plan.document_number, plan.year,
          DateOrNull(plan.issue_date), static_cast<int>(plan.tasks.size()), plan.issues,
          context.actor, plan.action, plan.comment);
      session.Execute(kInsertTasks, division.value, number, JsonArray(plan.tasks), context.actor);
      if (plan.source) {
        InsertSource(session, {division, number}, 1, *plan.source);
      }
      return OneDocument(added, "");
    });
  }

  Result<Document> GetPlan(const PlanKey& plan) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetPlan, plan.division.value, plan.plan),
                         FormatName(plan));
    });
  }

  Result<Page> ListPlans(DivisionCode division, bool with_deleted,
                         const ListQuery& query) override {
    auto scope = list::Scope().Equal("division", division.value);
    if (!with_deleted) scope.Compare("(delete_time is null)", "=", "boolean", "true");
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kPlanList, scope, query); });
  }

  Result<SourceDocument> GetSource(const PlanKey& plan, int revision) override {
    return access_.Read([&](Session& session) -> Result<SourceDocument> {
      const auto rows = session.Execute(kGetSource, plan.division.value, plan.plan, revision);
      if (rows.empty()) return Fail(NotFound(FormatName(plan) + "/source"));
      return SourceDocument{rows[0][0].c_str(), pqxx::binarystring(rows[0][1]).str()};
    });
  }

  Result<Document> IssuePlan(const WriteContext& context, const PlanKey& plan, int unchanged_since,
                             const PlanIssue& issue) override {
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      const int division = plan.division.value;
      const auto locked = LockPlanFor(session, plan, unchanged_since, PlanAction::kIssue);
      if (!locked) return Fail(locked.error());
      const auto issued =
          WritePlan(session, context.actor, *locked,
                    {.action = std::string(Label(PlanAction::kIssue)),
                     .state = PlanState::kIssued,
                     .facts = {{"issue_date", FormatDate(issue.issue_date)},
                               {"claim_deadline", DateText(issue.claim_deadline)},
                               {"filing_deadline", DateText(issue.filing_deadline)}}});
      session.Execute(kInsertAssignments, division, plan.plan, AssignmentRows(issue.tasks),
                      context.actor);
      session.Execute(kInsertOccurrences, division, plan.plan, OccurrenceRows(issue.tasks),
                      context.actor);
      return issued;
    });
  }

  Result<Document> GetTask(const TaskKey& task) override {
    return access_.Read([&](Session& session) {
      return OneDocument(
          session.Execute(kGetTask, task.plan.division.value, task.plan.plan, task.task),
          FormatName(task));
    });
  }

  Result<Page> ListTasks(const PlanKey& plan, const ListQuery& query) override {
    const auto scope = list::Scope()
                           .Equal("division", plan.division.value)
                           .Equal("plan", plan.plan)
                           .Compare("state", "=", "task_state", "ACTIVE");
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kTaskList, scope, query); });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<PlanStore> MakePlanStore(Access& access) {
  return std::make_unique<PostgresPlanStore>(access);
}

}  // namespace gongkai::plans
