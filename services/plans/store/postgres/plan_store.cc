#include <nlohmann/json.hpp>

#include "services/plans/domain/state.h"
#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
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
  )
  select resource(p) from added
)sql"};

constexpr Statement kInsertTasks{"insert_tasks", R"sql(
  with added as (
    insert into task as t (division, plan, task, content)
    select $1, $2, ordinality, value
    from json_array_elements($3::json) with ordinality
    returning t
  )
  insert into change (division, kind, resource, actor)
  select (t).division, 'task', resource(t), $4 from added order by (t).task
)sql"};

constexpr Statement kInsertSource{"insert_source", R"sql(
  insert into plan_source (division, plan, content_type, content, sha256)
  values ($1, $2, $3, $4::bytea, sha256($4::bytea))
)sql"};

constexpr Statement kGetPlan{"get_plan",
                             "select resource(p) from plan p where division = $1 and plan = $2"};

constexpr Statement kGetSource{
    "get_source",
    "select content_type, content from plan_source where division = $1 and plan = $2"};

constexpr Statement kLockPlan{"lock_plan", "select lock_aggregate($1, $2)"};

constexpr Statement kPlanState{
    "plan_state", "select state, revision from plan where division = $1 and plan = $2"};

constexpr Statement kIssuePlan{"issue_plan", R"sql(
  with issued as (
    update plan p
    set state = 'ISSUED', issue_date = $3::date, claim_deadline = $4::date,
        filing_deadline = $5::date, update_time = now(), revision = p.revision + 1
    where division = $1 and plan = $2
    returning p
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (p).division, 'plan', resource(p), $6 from issued
  )
  select resource(p) from issued
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

std::optional<std::string> DateOrNull(std::optional<CivilDate> date) {
  if (!date) return std::nullopt;
  return FormatDate(*date);
}

std::string_view Label(DueKind kind) {
  switch (kind) {
    case DueKind::kFixed:
      return "FIXED";
    case DueKind::kRecurring:
      return "RECURRING";
    case DueKind::kOngoing:
      return "ONGOING";
    case DueKind::kRelative:
      return "RELATIVE";
    case DueKind::kUnstated:
      return "UNSTATED";
  }
  return "UNSTATED";
}

std::string JsonArray(const std::vector<Document>& documents) {
  std::string array = "[";
  for (const auto& document : documents) array += (array.size() > 1 ? "," : "") + document;
  return array + "]";
}

std::string AssignmentRows(const std::vector<ExpandedTask>& tasks) {
  auto rows = nlohmann::json::array();
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    for (const auto& unit : tasks[i].units) {
      rows.push_back({{"task", i + 1},
                      {"unit", unit.unit},
                      {"role", RoleLabel(unit.role)},
                      {"source_text", unit.source_text}});
    }
  }
  return rows.dump();
}

std::string OccurrenceRows(const std::vector<ExpandedTask>& tasks) {
  auto rows = nlohmann::json::array();
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    int number = 0;
    for (const auto& occurrence : tasks[i].occurrences) {
      rows.push_back({{"task", i + 1},
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
      const auto added =
          session.Execute(kInsertPlan, division.value, number, plan.title, plan.document_number,
                          plan.year, DateOrNull(plan.issue_date),
                          static_cast<int>(plan.tasks.size()), plan.issues, context.actor);
      session.Execute(kInsertTasks, division.value, number, JsonArray(plan.tasks), context.actor);
      if (plan.source) {
        session.Execute(kInsertSource, division.value, number, plan.source->content_type,
                        pqxx::binarystring(plan.source->content));
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

  Result<Page> ListPlans(DivisionCode division, const ListQuery& query) override {
    const auto scope = list::Scope().Equal("division", division.value);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kPlanList, scope, query); });
  }

  Result<SourceDocument> GetSource(const PlanKey& plan) override {
    return access_.Read([&](Session& session) -> Result<SourceDocument> {
      const auto rows = session.Execute(kGetSource, plan.division.value, plan.plan);
      if (rows.empty()) return Fail(NotFound(FormatName(plan) + "/source"));
      return SourceDocument{rows[0][0].c_str(), pqxx::binarystring(rows[0][1]).str()};
    });
  }

  Result<Document> IssuePlan(const WriteContext& context, const PlanKey& plan, int unchanged_since,
                             const PlanIssue& issue) override {
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      const int division = plan.division.value;
      session.Execute(kLockPlan, division, plan.plan);
      if (auto checked = CheckIssue(session, plan, unchanged_since); !checked) {
        return Fail(checked.error());
      }
      const auto issued = session.Execute(
          kIssuePlan, division, plan.plan, FormatDate(issue.issue_date),
          DateOrNull(issue.claim_deadline), DateOrNull(issue.filing_deadline), context.actor);
      session.Execute(kInsertAssignments, division, plan.plan, AssignmentRows(issue.tasks),
                      context.actor);
      session.Execute(kInsertOccurrences, division, plan.plan, OccurrenceRows(issue.tasks),
                      context.actor);
      return OneDocument(issued, FormatName(plan));
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
    const auto scope =
        list::Scope().Equal("division", plan.division.value).Equal("plan", plan.plan);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kTaskList, scope, query); });
  }

 private:
  static Result<void> CheckIssue(Session& session, const PlanKey& plan, int unchanged_since) {
    const auto rows = session.Execute(kPlanState, plan.division.value, plan.plan);
    const auto name = FormatName(plan);
    if (rows.empty()) return Fail(NotFound(name));
    const std::string_view state = rows[0][0].c_str();
    if (!IsAllowed(state, PlanAction::kIssue)) {
      return Fail(StateNotAllowed(name, state, PlanAction::kIssue));
    }
    const int revision = rows[0][1].as<int>();
    if (revision != unchanged_since) return Fail(RevisionMismatch(name, revision));
    return {};
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<PlanStore> MakePlanStore(Access& access) {
  return std::make_unique<PostgresPlanStore>(access);
}

}  // namespace gongkai::plans
