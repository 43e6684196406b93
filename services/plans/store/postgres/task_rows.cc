#include "services/plans/store/postgres/task_rows.h"

#include <nlohmann/json.hpp>

#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/plan_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kReadContent{"read_content", R"sql(
  select resource(p),
         (select coalesce(max(task), 0) from task where division = $1 and plan = $2),
         t.task, t.position, t.revision, t.content
  from plan p
  left join task t on (t.division, t.plan) = (p.division, p.plan) and t.state = 'ACTIVE'
  where p.division = $1 and p.plan = $2
  order by t.position, t.task
)sql"};

constexpr Statement kPutTasks{"put_tasks", R"sql(
  with given as (
    select * from json_to_recordset($3::json) as g(task int, position int, content json)
  ), put as (
    insert into task as t (division, plan, task, position, content)
    select $1, $2, task, position, content from given order by task
    on conflict (division, plan, task) do update
      set position = excluded.position, content = excluded.content, revision = t.revision + 1
    returning t
  )
  insert into change (division, kind, resource, actor)
  select (t).division, 'task', resource(t), $4 from put order by (t).position
)sql"};

constexpr Statement kRemoveTasks{"remove_tasks", R"sql(
  with removed as (
    update task t set state = $4::task_state, state_reason = $5, revision = t.revision + 1
    where division = $1 and plan = $2
      and task in (select value::int from json_array_elements_text($3::json))
    returning t
  )
  insert into change (division, kind, resource, actor)
  select (t).division, 'task', resource(t), $6 from removed order by (t).task
)sql"};

// The content is JSON already and goes in as it is.
std::string TaskRows(const std::vector<TaskWrite>& tasks) {
  std::vector<Document> rows;
  for (const auto& task : tasks) {
    rows.push_back(R"({"task":)" + std::to_string(task.task) + R"(,"position":)" +
                   std::to_string(task.position) + R"(,"content":)" + task.content + "}");
  }
  return JsonArray(rows);
}

}  // namespace

Result<PlanContent> ReadContent(Session& session, const PlanKey& plan) {
  const auto rows = session.Execute(kReadContent, plan.division.value, plan.plan);
  if (rows.empty()) return Fail(NotFound(FormatName(plan)));
  PlanContent content{.plan = rows[0][0].c_str(), .next_task = rows[0][1].as<int>() + 1};
  for (const auto& row : rows) {
    if (row[2].is_null()) continue;
    content.tasks.push_back({row[2].as<int>(), row[3].as<int>(), row[4].as<int>(), row[5].c_str()});
  }
  return content;
}

Result<void> WriteTasks(Session& session, const std::string& actor, const PlanKey& plan,
                        const ContentChange& change, const TaskRemoval& removal) {
  if (!change.units.empty()) {
    const auto units = PutUnitRows(session, actor, plan.division, change.units);
    if (!units) return Fail(units.error());
  }
  const int division = plan.division.value;
  if (!change.tasks.empty()) {
    session.Execute(kPutTasks, division, plan.plan, TaskRows(change.tasks), actor);
  }
  if (!change.removed.empty()) {
    session.Execute(kRemoveTasks, division, plan.plan, nlohmann::json(change.removed).dump(),
                    removal.state, removal.reason, actor);
  }
  return {};
}

}  // namespace gongkai::plans
