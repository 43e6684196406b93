#include "services/plans/store/reminder_store.h"

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/supervision_lists.h"
#include "services/plans/store/postgres/supervision_rows.h"
#include "services/plans/store/postgres/supervision_stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

// The limit stands in the statement as a number for the reason that kReadChanges has.
constexpr Statement kReadOwed{"read_owed", R"sql(
  select work_name(d.division, d.plan, d.task, d.unit, d.role, d.occurrence), resource(d)
  from due_reminder d
  where d.division = $1 and d.due_date <= $2::date and ($3::int is null or d.unit = $3)
    and (d.plan, d.task, d.unit, d.role, d.occurrence) > ($4, $5, $6, $7::unit_role, $8)
  order by d.plan, d.task, d.unit, d.role, d.occurrence limit 1000
)sql"};

constexpr Statement kNextDivision{"next_owing_division", R"sql(
  select min(division) from plan where division > $1 and division <= $2 and state = 'ISSUED'
)sql"};

constexpr Statement kReadRules{"read_reminder_rules", R"sql(
  select resource(r) from reminder_rules r
  where division between $1 and $2 or division in ($1 / 100 * 100, $1 / 10000 * 10000)
)sql"};

constexpr Statement kLock{"lock_reminders", "select lock_aggregate($1, 2)"};

constexpr Statement kRulesRevision{"reminder_rules_revision", R"sql(
  select d.division, coalesce(r.revision, 0)
  from division d left join reminder_rules r using (division) where d.division = $1
)sql"};

constexpr Statement kPutRules{"put_reminder_rules", R"sql(
  insert into reminder_rules as r (division, claim_days, claim_repeat, filing_days, filing_repeat,
                                   submission_days, submission_repeat)
  values ($1, $2::int[], $3, $4::int[], $5, $6::int[], $7)
  on conflict (division) do update
  set claim_days = excluded.claim_days, claim_repeat = excluded.claim_repeat,
      filing_days = excluded.filing_days, filing_repeat = excluded.filing_repeat,
      submission_days = excluded.submission_days, submission_repeat = excluded.submission_repeat,
      update_time = now(), revision = r.revision + 1
  returning resource(r)
)sql"};

// The states of the subjects, in their order; null where there is none. What comes as arrays is the
// subjects' keys without the division.
constexpr Statement kSubjectStates{"reminder_subject_states", R"sql(
  select a.state, o.state
  from unnest($2::int[], $3::int[], $4::int[], $5::unit_role[], $6::int[]) with ordinality
       as s (plan, task, unit, role, occurrence, place)
  left join assignment a on (a.division, a.plan, a.task, a.unit, a.role)
                          = ($1, s.plan, s.task, s.unit, s.role)
  left join occurrence o on (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
                          = ($1, s.plan, s.task, s.unit, s.role, s.occurrence)
  order by s.place
)sql"};

constexpr Statement kInsertReminders{"insert_reminders", R"sql(
  with added as (
    insert into reminder as r (division, reminder, plan, task, unit, role, occurrence, channel,
                               text, author)
    select $1, s.place + (select coalesce(max(b.reminder), 0) from reminder b
                          where b.division = $1),
           s.plan, s.task, s.unit, s.role, s.occurrence, $7::reminder_channel, $8, $9
    from unnest($2::int[], $3::int[], $4::int[], $5::unit_role[], $6::int[]) with ordinality
         as s (plan, task, unit, role, occurrence, place)
    returning r
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (r).division, 'reminder', resource(r), $9 from added order by (r).reminder
  )
  select json_build_object('reminders', json_agg(resource(r) order by (r).reminder)) from added
)sql"};

constexpr Statement kGetReminder{"get_reminder", R"sql(
  select resource(r) from reminder r where division = $1 and reminder = $2
)sql"};

// The keys of subjects as columns.
struct SubjectColumns {
  explicit SubjectColumns(const std::vector<WorkKey>& subjects) {
    std::vector<int> plans, tasks, units, occurrences;
    std::vector<std::string_view> role_labels;
    for (const auto& subject : subjects) {
      plans.push_back(subject.assignment.task.plan.plan);
      tasks.push_back(subject.assignment.task.task);
      units.push_back(subject.assignment.unit);
      role_labels.push_back(RoleLabel(subject.assignment.role));
      occurrences.push_back(subject.occurrence);
    }
    plan = NumbersLiteral(plans);
    task = NumbersLiteral(tasks);
    unit = NumbersLiteral(units);
    role = ArrayLiteral(role_labels);
    occurrence = NumbersLiteral(occurrences);
  }

  std::string plan, task, unit, role, occurrence;
};

Error AtIndex(Error error, std::size_t index) {
  error.message = "subjects[" + std::to_string(index) + "]: " + error.message;
  error.metadata["index"] = std::to_string(index);
  return error;
}

Error NothingOwed(const std::string& name, const std::string& state) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "NOTHING_OWED",
          .message = name + " is " + state + ": there is nothing to remind of",
          .message_zh = "该事项当前状态（" + state + "）无需催办",
          .metadata = {{"resource", name}, {"state", state}}};
}

// The first subject of which nobody can be reminded.
Result<void> CheckSubjects(const pqxx::result& states, const std::vector<WorkKey>& subjects) {
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const auto row = states[static_cast<int>(i)];
    const bool of_occurrence = subjects[i].occurrence != 0;
    const auto field = of_occurrence ? row[1] : row[0];
    const auto name = FormatName(subjects[i]);
    if (field.is_null()) return Fail(AtIndex(NotFound(name), i));
    const std::string state = field.c_str();
    const bool owed =
        of_occurrence ? IsAllowed(state, OccurrenceAction::kSubmit) : state != "CANCELLED";
    if (!owed) return Fail(AtIndex(NothingOwed(name, state), i));
  }
  return {};
}

class PostgresReminderStore : public ReminderStore {
 public:
  explicit PostgresReminderStore(Access& access) : access_(access) {}

  Result<Page> ListOwed(const OwedScope& scope, const ListQuery& query) override {
    list::Scope narrowed;
    narrowed.Between("d.division", scope.divisions.from, scope.divisions.to)
        .Compare("d.due_date", "<=", "date", FormatDate(scope.latest_due));
    if (scope.unit) narrowed.Equal("d.unit", *scope.unit);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kDueReminderList, narrowed, query); });
  }

  Result<std::vector<OwedWork>> ReadOwed(const OwedScope& scope,
                                         const std::optional<WorkKey>& after) override {
    return access_.Read([&](Session& session) -> Result<std::vector<OwedWork>> {
      auto from = after;
      int division = after ? after->assignment.task.plan.division.value : 0;
      for (;;) {
        if (from) {
          auto owed = ReadOwedOf(session, scope, *from);
          if (!owed.empty()) return owed;
        }
        const auto next = session.Execute(
            kNextDivision, std::max(division, scope.divisions.from - 1), scope.divisions.to);
        if (next[0][0].is_null()) return std::vector<OwedWork>{};
        division = next[0][0].as<int>();
        from = WorkKey{{{{{division}, 0}, 0}, 0, UnitRole::kLead}, 0};
      }
    });
  }

  Result<std::vector<Document>> ReadRules(const DivisionRange& divisions) override {
    return access_.Read([&](Session& session) -> Result<std::vector<Document>> {
      return AllDocuments(session.Execute(kReadRules, divisions.from, divisions.to));
    });
  }

  Result<Document> PutRules(const WriteContext& context, DivisionCode division,
                            ExpectedRevision expected, const ReminderRuleSet& rules) override {
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, division.value);
      const auto found = session.Execute(kRulesRevision, division.value);
      if (found.empty()) return Fail(NotFound(FormatName(division)));
      const int revision = found[0][1].as<int>();
      const auto name = FormatName(division) + "/reminderRules";
      if (expected && *expected != revision) return Fail(RevisionMismatch(name, revision));
      return OneDocument(
          session.Execute(kPutRules, division.value, NumbersLiteral(rules.claim.days),
                          rules.claim.repeat_days, NumbersLiteral(rules.filing.days),
                          rules.filing.repeat_days, NumbersLiteral(rules.submission.days),
                          rules.submission.repeat_days),
          name);
    });
  }

  Result<Document> RecordReminders(const WriteContext& context, DivisionCode division,
                                   const NewReminders& reminders) override {
    const SubjectColumns keys(reminders.subjects);
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      session.Execute(kLock, division.value);
      const auto states = session.Execute(kSubjectStates, division.value, keys.plan, keys.task,
                                          keys.unit, keys.role, keys.occurrence);
      if (auto checked = CheckSubjects(states, reminders.subjects); !checked) {
        return Fail(checked.error());
      }
      return OneDocument(session.Execute(kInsertReminders, division.value, keys.plan, keys.task,
                                         keys.unit, keys.role, keys.occurrence, reminders.channel,
                                         reminders.text, context.actor),
                         FormatName(division));
    });
  }

  Result<Document> GetReminder(const ReminderKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetReminder, key.division.value, key.reminder),
                         FormatName(key));
    });
  }

  Result<Page> ListReminders(const DivisionRange& divisions, const std::optional<WorkKey>& subject,
                             const ListQuery& query) override {
    list::Scope scope;
    scope.Between("r.division", divisions.from, divisions.to);
    if (subject) {
      const auto& assignment = subject->assignment;
      scope.Equal("r.plan", assignment.task.plan.plan)
          .Equal("r.task", assignment.task.task)
          .Equal("r.unit", assignment.unit)
          .Compare("r.role", "=", "unit_role", std::string(RoleLabel(assignment.role)))
          .Equal("r.occurrence", subject->occurrence);
    }
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kReminderList, scope, query); });
  }

 private:
  // Those of one division behind a key of it.
  static std::vector<OwedWork> ReadOwedOf(Session& session, const OwedScope& scope,
                                          const WorkKey& after) {
    const auto& task = after.assignment.task;
    const auto rows =
        session.Execute(kReadOwed, task.plan.division.value, FormatDate(scope.latest_due),
                        scope.unit, task.plan.plan, task.task, after.assignment.unit,
                        std::string(RoleLabel(after.assignment.role)), after.occurrence);
    std::vector<OwedWork> owed;
    owed.reserve(rows.size());
    for (const auto& row : rows) owed.push_back({*ParseWorkName(row[0].c_str()), row[1].c_str()});
    return owed;
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<ReminderStore> MakeReminderStore(Access& access) {
  return std::make_unique<PostgresReminderStore>(access);
}

}  // namespace gongkai::plans
