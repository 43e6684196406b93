#include "services/plans/store/deadline_store.h"

#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kOccurrenceDue{"occurrence_due", R"sql(
  select o.state, o.revision, o.due_date, p.issue_date,
         exists (select 1 from due_date_change d
                 where (d.division, d.plan, d.task, d.unit, d.role, d.occurrence)
                     = (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
                   and d.state = 'REQUESTED')
  from occurrence o join plan p using (division, plan)
  where (o.division, o.plan, o.task, o.unit, o.role, o.occurrence)
      = ($1, $2, $3, $4, $5::unit_role, $6)
)sql"};

constexpr Statement kAddDueDateChange{"add_due_date_change", R"sql(
  insert into due_date_change as d (division, plan, task, unit, role, occurrence, due_date_change,
                                    origin, state, from_due_date, to_due_date, reason, requester,
                                    decider, decide_time)
  select $1, $2, $3, $4, $5::unit_role, $6, coalesce(max(due_date_change), 0) + 1,
         $7::due_date_origin, $8::extension_state, $9::date, $10::date, $11, $12,
         case when $8 = 'APPROVED' then $12 else '' end,
         case when $8 = 'APPROVED' then now() end
  from due_date_change
  where (division, plan, task, unit, role, occurrence) = ($1, $2, $3, $4, $5::unit_role, $6)
  returning resource(d)
)sql"};

constexpr Statement kMoveDueDate{"move_due_date", R"sql(
  with moved as (
    update occurrence o
    set original_due_date = coalesce(o.original_due_date, o.due_date), due_date = $8::date,
        due_assumed = false, revision = o.revision + 1
    where (division, plan, task, unit, role, occurrence) = ($1, $2, $3, $4, $5::unit_role, $6)
    returning o
  ), told as (
    insert into transition (division, plan, task, unit, role, occurrence, revision, action,
                            to_state, actor, comment, from_due_date, to_due_date)
    select (o).division, (o).plan, (o).task, (o).unit, (o).role, (o).occurrence, (o).revision,
           $9, (o).state, $10, $11, $7::date, (o).due_date
    from moved
  )
  insert into change (division, kind, resource, actor)
  select (o).division, 'occurrence', resource(o), $10 from moved
)sql"};

constexpr Statement kGetDueDateChange{"get_due_date_change", R"sql(
  select state, revision, to_due_date from due_date_change
  where (division, plan, task, unit, role, occurrence) = ($1, $2, $3, $4, $5::unit_role, $6)
    and due_date_change = $7
)sql"};

constexpr Statement kDecideExtension{"decide_extension", R"sql(
  update due_date_change d
  set state = $8::extension_state, decider = $9, decision_comment = $10, decide_time = now(),
      revision = d.revision + 1
  where (division, plan, task, unit, role, occurrence) = ($1, $2, $3, $4, $5::unit_role, $6)
    and due_date_change = $7
  returning resource(d)
)sql"};

constexpr Statement kListDueDateChanges{"list_due_date_changes", R"sql(
  select resource(d) from due_date_change d
  where (division, plan, task, unit, role, occurrence) = ($1, $2, $3, $4, $5::unit_role, $6)
  order by due_date_change
)sql"};

// An occurrence as far as its due date is concerned.
struct Standing {
  std::string state;
  std::string due_date;
  std::string issue_date;
  bool extension_pending = false;
};

Result<Standing> ReadStanding(Session& session, const OccurrenceKey& key, ExpectedRevision expected,
                              OccurrenceAction action) {
  const auto rows = ExecuteFor(session, kOccurrenceDue, key);
  const auto name = FormatName(key);
  if (auto found = CheckRevision(rows, 1, name, expected); !found) return Fail(found.error());
  Standing standing{rows[0][0].c_str(), rows[0][2].c_str(), rows[0][3].c_str(),
                    rows[0][4].as<bool>()};
  if (!IsAllowed(standing.state, action)) {
    return Fail(StateNotAllowed(name, standing.state, action));
  }
  return standing;
}

Error ExtensionPending(const OccurrenceKey& key) {
  const auto name = FormatName(key);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "EXTENSION_PENDING",
          .message = name + " has a request for extension already: wait for its decision",
          .message_zh = "已有延期申请正在等待审批",
          .metadata = {{"resource", name}}};
}

void MoveDueDate(Session& session, const WriteContext& context, const OccurrenceKey& key,
                 const std::string& from, const std::string& to, const std::string& comment) {
  ExecuteFor(session, kMoveDueDate, key, from, to,
             std::string(Label(OccurrenceAction::kMoveDueDate)), context.actor, comment);
}

class PostgresDeadlineStore : public DeadlineStore {
 public:
  explicit PostgresDeadlineStore(Access& access) : access_(access) {}

  Result<Document> RequestExtension(const WriteContext& context, const OccurrenceKey& key,
                                    ExpectedRevision expected, CivilDate due,
                                    const std::string& reason) override {
    return Write(context, key, [&](Session& session) -> Result<Document> {
      const auto standing =
          ReadStanding(session, key, expected, OccurrenceAction::kRequestExtension);
      if (!standing) return Fail(standing.error());
      if (FormatDate(due) <= standing->due_date) {
        return Fail(InvalidArgument("due_date",
                                    "must be later than the present due date " + standing->due_date,
                                    "申请的期限应晚于现有期限" + standing->due_date));
      }
      if (standing->extension_pending) return Fail(ExtensionPending(key));
      return OneDocument(ExecuteFor(session, kAddDueDateChange, key, "EXTENSION", "REQUESTED",
                                    standing->due_date, FormatDate(due), reason, context.actor),
                         FormatName(key));
    });
  }

  Result<Document> DecideExtension(const WriteContext& context, const DueDateChangeKey& key,
                                   ExpectedRevision expected, ExtensionAction action,
                                   const std::string& comment) override {
    return Write(context, key.occurrence, [&](Session& session) -> Result<Document> {
      const auto rows = ExecuteFor(session, kGetDueDateChange, key.occurrence, key.due_date_change);
      const auto name = FormatName(key);
      if (auto found = CheckRevision(rows, 1, name, expected); !found) return Fail(found.error());
      if (!IsAllowed(rows[0][0].c_str(), action)) {
        return Fail(StateNotAllowed(name, rows[0][0].c_str(), action));
      }
      if (action == ExtensionAction::kApprove) {
        const auto standing =
            ReadStanding(session, key.occurrence, {}, OccurrenceAction::kMoveDueDate);
        if (!standing) return Fail(standing.error());
        MoveDueDate(session, context, key.occurrence, standing->due_date, rows[0][2].c_str(),
                    comment);
      }
      const auto decided = *After(ExtensionState::kRequested, action);
      return OneDocument(ExecuteFor(session, kDecideExtension, key.occurrence, key.due_date_change,
                                    std::string(Label(decided)), context.actor, comment),
                         name);
    });
  }

  Result<Document> ResetDueDate(const WriteContext& context, const OccurrenceKey& key,
                                ExpectedRevision expected, CivilDate due,
                                const std::string& reason) override {
    const auto date = FormatDate(due);
    return Write(context, key, [&](Session& session) -> Result<Document> {
      const auto standing = ReadStanding(session, key, expected, OccurrenceAction::kMoveDueDate);
      if (!standing) return Fail(standing.error());
      if (date == standing->due_date) {
        return Fail(InvalidArgument("due_date", "is the due date already"));
      }
      if (date < standing->issue_date) {
        return Fail(InvalidArgument("due_date",
                                    "must not be before the issue date " + standing->issue_date,
                                    "期限不得早于方案印发日期" + standing->issue_date));
      }
      MoveDueDate(session, context, key, standing->due_date, date, reason);
      return OneDocument(ExecuteFor(session, kAddDueDateChange, key, "RESET", "APPROVED",
                                    standing->due_date, date, reason, context.actor),
                         FormatName(key));
    });
  }

  Result<std::vector<Document>> ListDueDateChanges(const OccurrenceKey& key) override {
    return access_.Read([&](Session& session) -> Result<std::vector<Document>> {
      return AllDocuments(ExecuteFor(session, kListDueDateChanges, key));
    });
  }

 private:
  template <typename Work>
  Result<Document> Write(const WriteContext& context, const OccurrenceKey& key, Work work) {
    return access_.Write(context, key.assignment.task.plan.division, [&](Session& session) {
      LockAssignments(session, {key.assignment});
      if (auto issued = CheckPlanIssued(session, key.assignment.task.plan); !issued) {
        return Result<Document>(Fail(issued.error()));
      }
      return work(session);
    });
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<DeadlineStore> MakeDeadlineStore(Access& access) {
  return std::make_unique<PostgresDeadlineStore>(access);
}

}  // namespace gongkai::plans
