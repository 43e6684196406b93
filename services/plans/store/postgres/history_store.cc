#include "services/plans/store/history_store.h"

#include <nlohmann/json.hpp>
#include <pqxx/stream_to>
#include <set>
#include <tuple>

#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/plan_rows.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kLeaveRowsUnaudited{"leave_rows_unaudited",
                                        "select set_config('gongkai.history_import', 'on', true)"};

// By whom the plan was created, if it is there.
constexpr Statement kFindOrigin{"find_plan_origin", R"sql(
  select r.action = 'importHistory' and r.comment = $3
  from plan p left join plan_revision r
    on r.division = p.division and r.plan = p.plan and r.revision = 1
  where p.division = $1 and p.plan = $2
)sql"};

constexpr Statement kInsertPlan{"insert_historic_plan", R"sql(
  with added as (
    insert into plan as p (division, plan, title, document_number, year, issue_date,
                           claim_deadline, filing_deadline, state, task_count, issues)
    values ($1, $2, $3, $4, $5, $6::date, $7::date, $8::date, $9::plan_state, $10, '[]')
    returning p
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (p).division, 'plan', resource(p), $11 from added
  ), kept as (
    insert into plan_revision (division, plan, revision, action, state, actor, comment)
    select (p).division, (p).plan, (p).revision, 'importHistory', (p).state, $11, $12 from added
  )
  select resource(p) from added
)sql"};

constexpr Statement kInsertTasks{"insert_historic_tasks", R"sql(
  insert into task (division, plan, task, position, content)
  select $1, $2, ordinality, ordinality * 1024, value
  from json_array_elements($3::json) with ordinality
)sql"};

constexpr Statement kFeedRows{"feed_historic_rows", R"sql(
  insert into change (division, kind, resource, actor)
  select $1, kind::resource_kind, resource, $3
  from (
    (select 'task' as kind, resource(t) as resource from task t
     where division = $1 and plan = $2 order by task)
    union all
    (select 'assignment', public_resource(a) from assignment a
     where division = $1 and plan = $2 order by task, unit, role)
    union all
    (select 'occurrence', resource(o) from occurrence o
     where division = $1 and plan = $2 order by task, unit, role, occurrence)
  ) rows
)sql"};

constexpr Statement kAudit{"audit_history_import", R"sql(
  insert into audit_entry (division, resource, action, actor, address, trace_id, method, after)
  values ($1, $2, 'CREATE', $3, $4, $5, $6, $7::jsonb)
)sql"};

// PostgreSQL's COPY into some columns of a table.
class Copy {
 public:
  Copy(Session& session, const char* table, const std::vector<std::string>& columns)
      : stream_(session.raw(), table, columns) {}

  template <typename... Values>
  void Add(const Values&... values) {
    stream_ << std::make_tuple(values...);
  }
  void End() { stream_.complete(); }

 private:
  pqxx::stream_to stream_;
};

void CopyAssignments(Session& session, const HistoricPlan& plan) {
  Copy copy(session, "assignment",
            {"division", "plan", "task", "unit", "role", "source_text", "state", "measures",
             "section", "person", "claim_time", "file_time", "state_comment"});
  for (const auto& row : plan.assignments) {
    copy.Add(plan.key.division.value, plan.key.plan, row.key.task.task, row.key.unit,
             std::string(RoleLabel(row.key.role)), row.source_text, row.state, row.measures,
             row.section, row.person, row.claim_time, row.file_time, row.state_comment);
  }
  copy.End();
}

void CopyOccurrences(Session& session, const HistoricPlan& plan) {
  Copy copy(session, "occurrence",
            {"division", "plan", "task", "unit", "role", "occurrence", "period", "due_date",
             "due_kind", "due_assumed", "state", "report_count", "evidence_count", "submit_time",
             "verify_time", "review_comment"});
  for (const auto& row : plan.occurrences) {
    const auto& assignment = row.key.assignment;
    copy.Add(plan.key.division.value, plan.key.plan, assignment.task.task, assignment.unit,
             std::string(RoleLabel(assignment.role)), row.key.occurrence, row.period, row.due_date,
             row.due_kind, row.due_assumed, row.state, row.report_count, row.evidence_count,
             row.submit_time, row.verify_time, row.review_comment);
  }
  copy.End();
}

std::vector<int> UnitsOf(const HistoricPlan& plan) {
  std::set<int> units;
  for (const auto& assignment : plan.assignments) units.insert(assignment.key.unit);
  return {units.begin(), units.end()};
}

std::string Counts(const HistoricPlan& plan, const Document& document) {
  return nlohmann::json{{"plan", nlohmann::json::parse(document)},
                        {"tasks", plan.tasks.size()},
                        {"assignments", plan.assignments.size()},
                        {"occurrences", plan.occurrences.size()}}
      .dump();
}

Error PlanExists(const PlanKey& plan) {
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "PLAN_EXISTS",
          .message = FormatName(plan) + " exists already and does not come from this import",
          .message_zh = "该方案已存在，且不是由本次迁移导入的",
          .metadata = {{"resource", FormatName(plan)}}};
}

class PostgresHistoryStore : public HistoryStore {
 public:
  explicit PostgresHistoryStore(Access& access) : access_(access) {}

  Result<bool> ImportPlan(const WriteContext& context, const std::string& import_id,
                          const HistoricPlan& plan) override {
    const auto division = plan.key.division;
    bool present = false;
    const auto done = access_.Write(context, division, [&](Session& session) -> Result<Document> {
      if (auto locked = LockDirectory(session, division); !locked) return Fail(locked.error());
      if (auto known = CheckUnits(session, division, UnitsOf(plan)); !known) {
        return Fail(known.error());
      }
      const auto origin = session.Execute(kFindOrigin, division.value, plan.key.plan, import_id);
      present = !origin.empty() && origin[0][0].as<bool>(false);
      if (present) return Document();
      if (!origin.empty()) return Fail(PlanExists(plan.key));
      session.Execute(kLeaveRowsUnaudited);
      const auto document = OneDocument(
          session.Execute(kInsertPlan, division.value, plan.key.plan, plan.title,
                          plan.document_number, plan.year, FormatDate(plan.issue_date),
                          DateOrNull(plan.claim_deadline), DateOrNull(plan.filing_deadline),
                          std::string(Label(plan.state)), static_cast<int>(plan.tasks.size()),
                          context.actor, import_id),
          FormatName(plan.key));
      session.Execute(kInsertTasks, division.value, plan.key.plan, JsonArray(plan.tasks));
      CopyAssignments(session, plan);
      CopyOccurrences(session, plan);
      session.Execute(kFeedRows, division.value, plan.key.plan, context.actor);
      session.Execute(kAudit, division.value, FormatName(plan.key), context.actor, context.address,
                      context.trace_id, context.method, Counts(plan, *document));
      return document;
    });
    if (!done) return Fail(done.error());
    return !present;
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<HistoryStore> MakeHistoryStore(Access& access) {
  return std::make_unique<PostgresHistoryStore>(access);
}

}  // namespace gongkai::plans
