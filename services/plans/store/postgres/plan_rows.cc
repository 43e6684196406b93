#include "services/plans/store/postgres/plan_rows.h"

#include <nlohmann/json.hpp>

#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kRead{"read_locked_plan", R"sql(
  select state, revision, delete_time is not null, resource(p) from plan p
  where division = $1 and plan = $2
)sql"};

// A fact that is not in $5 stays as it is; an empty date is none.
constexpr Statement kWrite{"write_plan", R"sql(
  with changed as (
    update plan p
    set state = $3::plan_state,
        delete_time = case when $4 then coalesce(p.delete_time, now()) end,
        title = coalesce($5::jsonb ->> 'title', p.title),
        document_number = coalesce($5::jsonb ->> 'document_number', p.document_number),
        issue_date = nullif(coalesce($5::jsonb ->> 'issue_date', p.issue_date::text), '')::date,
        claim_deadline = nullif(coalesce($5::jsonb ->> 'claim_deadline', p.claim_deadline::text),
                                '')::date,
        filing_deadline = nullif(coalesce($5::jsonb ->> 'filing_deadline',
                                          p.filing_deadline::text), '')::date,
        issues = coalesce($6::json, p.issues), task_count = coalesce($7, p.task_count),
        update_time = now(), revision = p.revision + 1
    where division = $1 and plan = $2
    returning p
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (p).division, 'plan', resource(p), $8 from changed
  ), kept as (
    insert into plan_revision (division, plan, revision, action, state, actor, comment,
                               field_changes, diff)
    select (p).division, (p).plan, (p).revision, $9, (p).state, $8, $10, $11::json, $12::json
    from changed
  )
  select resource(p) from changed
)sql"};

constexpr Statement kInsertSource{"insert_source", R"sql(
  insert into plan_source (division, plan, revision, content_type, content, sha256)
  values ($1, $2, $3, $4, $5::bytea, sha256($5::bytea))
)sql"};

PlanState StateOf(std::string_view label) {
  for (auto state : {PlanState::kConsultation, PlanState::kIssued, PlanState::kClosed}) {
    if (Label(state) == label) return state;
  }
  return PlanState::kDraft;
}

Error PlanDeleted(const std::string& name) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "PLAN_DELETED",
          .message = name + " is deleted: undelete it first",
          .message_zh = "该方案已删除，请先恢复",
          .metadata = {{"resource", name}}};
}

// Each fact that is new, with its old value: JSON array of FieldChange.
std::string FieldChanges(const Document& plan, const PlanFacts& facts) {
  const auto before = nlohmann::json::parse(plan);
  auto changes = nlohmann::json::array();
  for (const auto& [field, after] : facts) {
    const auto& old = before.at(field);
    const std::string old_text = old.is_null() ? "" : old.get<std::string>();
    if (old_text == after) continue;
    changes.push_back({{"field", field}, {"before", old_text}, {"after", after}});
  }
  return changes.dump();
}

}  // namespace

Result<LockedPlan> LockPlan(Session& session, const PlanKey& plan, ExpectedRevision expected) {
  LockPlan(session, plan);
  const auto rows = session.Execute(kRead, plan.division.value, plan.plan);
  const auto name = FormatName(plan);
  if (rows.empty()) return Fail(NotFound(name));
  LockedPlan locked{plan, StateOf(rows[0][0].c_str()), rows[0][1].as<int>(), rows[0][2].as<bool>(),
                    rows[0][3].c_str()};
  if (expected && *expected != locked.revision) {
    return Fail(RevisionMismatch(name, locked.revision));
  }
  return locked;
}

Result<LockedPlan> LockPlanFor(Session& session, const PlanKey& plan, ExpectedRevision expected,
                               PlanAction action) {
  auto locked = LockPlan(session, plan, std::nullopt);
  if (!locked) return locked;
  const auto name = FormatName(plan);
  if (locked->deleted) return Fail(PlanDeleted(name));
  if (!After(locked->state, action)) {
    return Fail(StateNotAllowed(name, Label(locked->state), action));
  }
  if (expected && *expected != locked->revision) {
    return Fail(RevisionMismatch(name, locked->revision));
  }
  return locked;
}

Document WritePlan(Session& session, const std::string& actor, const LockedPlan& plan,
                   const PlanWrite& write) {
  const auto rows = session.Execute(
      kWrite, plan.key.division.value, plan.key.plan, std::string(Label(write.state)),
      write.deleted, nlohmann::json(write.facts).dump(), write.issues, write.task_count, actor,
      write.action, write.comment, FieldChanges(plan.document, write.facts), write.diff);
  if (write.source) InsertSource(session, plan.key, plan.revision + 1, *write.source);
  return rows[0][0].c_str();
}

void InsertSource(Session& session, const PlanKey& plan, int revision,
                  const SourceDocument& source) {
  session.Execute(kInsertSource, plan.division.value, plan.plan, revision, source.content_type,
                  pqxx::binarystring(source.content));
}

std::string JsonArray(const std::vector<Document>& documents) {
  std::string array = "[";
  for (const auto& document : documents) array += (array.size() > 1 ? "," : "") + document;
  return array + "]";
}

}  // namespace gongkai::plans
