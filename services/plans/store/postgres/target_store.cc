#include "services/plans/store/target_store.h"

#include <sstream>

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kGetTarget{"get_task_target", R"sql(
  select task_target(t, e.target, e.number), target_etag(t, e.target), clause_of(e.target)
  from task t
    cross join lateral json_array_elements(coalesce(t.content -> 'targets', '[]'))
      with ordinality as e (target, number)
  where (t.division, t.plan, t.task) = ($1, $2, $3) and e.number = $4 and t.state = 'ACTIVE'
)sql"};

constexpr Statement kBindTarget{"bind_target", R"sql(
  insert into target_binding as b (division, plan, task, clause, source, forms, interpreter,
                                   activity_kind, reason, actor)
  values ($1, $2, $3, $4, nullif($5, '')::counted_source, $6::interpretation_form[],
          nullif($7, '')::interpreter, nullif($8, '')::activity_kind, $9, $10)
  on conflict (division, plan, task, clause) do update
    set source = excluded.source, forms = excluded.forms, interpreter = excluded.interpreter,
        activity_kind = excluded.activity_kind, reason = excluded.reason, actor = excluded.actor,
        bind_time = now(), revision = b.revision + 1
)sql"};

constexpr Statement kRecordedInterpretations{"recorded_interpretations", R"sql(
  select interpretation, title, publish_date, unit, form, interpreter from interpretation
  where division = $1 and publish_date between $2::date and $3::date and delete_time is null
)sql"};

constexpr Statement kRecordedActivities{"recorded_activities", R"sql(
  select activity, title, activity_date, array_to_string(units, ' '), kind from activity
  where division = $1 and activity_date between $2::date and $3::date and delete_time is null
)sql"};

constexpr Statement kRecordedDocuments{"recorded_documents", R"sql(
  select policy_document, title, publish_date, unit, issuing_level = 'GOVERNMENT', must_interpret,
         array_to_string(array(
           select distinct i.form from interpretation i
           where i.division = p.division and i.policy_documents @> array[p.policy_document]
             and i.delete_time is null order by i.form), ' ')
  from policy_document p
  where division = $1 and publish_date between $2::date and $3::date and delete_time is null
)sql"};

constexpr Statement kVerifiedOccurrences{"verified_occurrences", R"sql(
  select resource_name(o), period, due_date, task, unit from occurrence o
  where division = $1 and plan = $2 and state = 'VERIFIED' and role <> 'SUPPORTING'
)sql"};

constexpr Statement kOwingUnits{"owing_units", R"sql(
  select distinct task, unit from assignment
  where division = $1 and plan = $2 and role <> 'SUPPORTING'
    and state not in ('DECLINED', 'CANCELLED')
  order by task, unit
)sql"};

Error EtagMismatch(const std::string& name, const std::string& etag) {
  return {
      .code = ErrorCode::kAborted,
      .reason = "ETAG_MISMATCH",
      .message = name + " was changed meanwhile; read it again (its etag is now \"" + etag + "\")",
      .message_zh = "数据已被他人修改，请刷新后重试",
      .metadata = {{"resource", name}, {"etag", etag}}};
}

CivilDate DateOf(const pqxx::field& field) { return *ParseDate(field.c_str()); }

// `1 2 3` → each.
template <typename T>
std::vector<T> Split(const char* text) {
  std::istringstream stream{std::string(text)};
  std::vector<T> values;
  for (T value; stream >> value;) values.push_back(std::move(value));
  return values;
}

pqxx::result GetRow(Session& session, const TaskTargetKey& key) {
  const auto& task = key.task;
  return session.Execute(kGetTarget, task.plan.division.value, task.plan.plan, task.task,
                         key.target);
}

class PostgresTargetStore : public TargetStore {
 public:
  explicit PostgresTargetStore(Access& access) : access_(access) {}

  Result<Document> GetTarget(const TaskTargetKey& key) override {
    return access_.Read(
        [&](Session& session) { return OneDocument(GetRow(session, key), FormatName(key)); });
  }

  Result<Page> ListTargets(const PlanKey& plan, std::optional<int> task,
                           const ListQuery& query) override {
    auto scope = list::Scope()
                     .Equal("division", plan.division.value)
                     .Equal("plan", plan.plan)
                     .Compare("t.state", "=", "task_state", "ACTIVE");
    if (task) scope.Equal("task", *task);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kTaskTargetList, scope, query); });
  }

  Result<Document> BindTarget(const WriteContext& context, const TaskTargetKey& key,
                              const std::string& etag, const OfficeBinding& binding) override {
    const auto& task = key.task;
    return access_.Write(context, task.plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, task.plan);
      const auto name = FormatName(key);
      const auto rows = GetRow(session, key);
      if (rows.empty()) return Fail(NotFound(name));
      if (!etag.empty() && etag != rows[0][1].c_str()) {
        return Fail(EtagMismatch(name, rows[0][1].c_str()));
      }
      session.Execute(kBindTarget, task.plan.division.value, task.plan.plan, task.task,
                      rows[0][2].as<std::string>(), binding.source, ArrayLiteral(binding.forms),
                      binding.interpreter, binding.activity_kind, binding.reason, context.actor);
      return OneDocument(GetRow(session, key), name);
    });
  }

  Result<RecordedFacts> LoadRecordedFacts(const PlanKey& plan, int year) override {
    const auto first = std::to_string(year) + "-01-01";
    const auto last = std::to_string(year) + "-12-31";
    const auto division = plan.division;
    return access_.Read([&](Session& session) -> Result<RecordedFacts> {
      RecordedFacts facts;
      for (const auto& row :
           session.Execute(kRecordedInterpretations, division.value, first, last)) {
        facts.interpretations.push_back(
            {.resource = FormatName(InterpretationKey{division, row[0].as<int>()}),
             .title = row[1].c_str(),
             .date = DateOf(row[2]),
             .unit = row[3].as<int>(),
             .form = row[4].c_str(),
             .interpreter = row[5].c_str()});
      }
      for (const auto& row : session.Execute(kRecordedActivities, division.value, first, last)) {
        facts.activities.push_back({.resource = FormatName(ActivityKey{division, row[0].as<int>()}),
                                    .title = row[1].c_str(),
                                    .date = DateOf(row[2]),
                                    .units = Split<int>(row[3].c_str()),
                                    .kind = row[4].c_str()});
      }
      for (const auto& row : session.Execute(kRecordedDocuments, division.value, first, last)) {
        facts.documents.push_back(
            {.resource = FormatName(PolicyDocumentKey{division, row[0].as<int>()}),
             .title = row[1].c_str(),
             .date = DateOf(row[2]),
             .unit = row[3].as<int>(),
             .by_government = row[4].as<bool>(),
             .must_interpret = row[5].as<bool>(),
             .forms = Split<std::string>(row[6].c_str())});
      }
      for (const auto& row : session.Execute(kVerifiedOccurrences, division.value, plan.plan)) {
        facts.occurrences.push_back({.resource = row[0].c_str(),
                                     .period = row[1].c_str(),
                                     .date = DateOf(row[2]),
                                     .task = row[3].as<int>(),
                                     .unit = row[4].as<int>()});
      }
      return facts;
    });
  }

  Result<std::map<int, std::vector<int>>> LoadOwingUnits(const PlanKey& plan) override {
    return access_.Read([&](Session& session) -> Result<std::map<int, std::vector<int>>> {
      std::map<int, std::vector<int>> units;
      for (const auto& row : session.Execute(kOwingUnits, plan.division.value, plan.plan)) {
        units[row[0].as<int>()].push_back(row[1].as<int>());
      }
      return units;
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<TargetStore> MakeTargetStore(Access& access) {
  return std::make_unique<PostgresTargetStore>(access);
}

}  // namespace gongkai::plans
