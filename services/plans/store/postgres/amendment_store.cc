#include "services/plans/store/amendment_store.h"

#include <nlohmann/json.hpp>

#include "services/plans/store/postgres/amended_work.h"
#include "services/plans/store/postgres/directory_rows.h"
#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/plan_rows.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/task_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kInsert{"insert_amendment", R"sql(
  insert into amendment as a (division, plan, amendment, reason, diff, content_type, content,
                              proposer)
  select $1, $2, coalesce(max(amendment), 0) + 1, $3, $4::json, $5, $6::bytea, $7
  from amendment where division = $1 and plan = $2
  returning resource(a)
)sql"};

constexpr Statement kGet{"get_amendment", R"sql(
  select resource(a) from amendment a where division = $1 and plan = $2 and amendment = $3
)sql"};

constexpr Statement kRead{"read_amendment", R"sql(
  select state, revision, reason, diff, content_type, content, resource(a) from amendment a
  where division = $1 and plan = $2 and amendment = $3
)sql"};

constexpr Statement kApprove{"approve_amendment", R"sql(
  update amendment a
  set state = 'APPROVED', approver = $4, document_number = $5, approval_date = $6::date,
      update_time = now(), revision = a.revision + 1
  where division = $1 and plan = $2 and amendment = $3
  returning resource(a)
)sql"};

constexpr Statement kWithdraw{"withdraw_amendment", R"sql(
  update amendment a set state = 'WITHDRAWN', update_time = now(), revision = a.revision + 1
  where division = $1 and plan = $2 and amendment = $3
  returning resource(a)
)sql"};

// $4: what was applied; $5: the revision of the plan.
constexpr Statement kApplied{"applied_amendment", R"sql(
  update amendment a
  set state = 'APPLIED', diff = $4::json, plan_revision = $5, update_time = now(),
      revision = a.revision + 1
  where division = $1 and plan = $2 and amendment = $3
  returning resource(a)
)sql"};

struct LockedAmendment {
  std::string reason;
  Document diff;
  SourceDocument source;
  Document document;
};

// The tasks of the plan that a diff changes.
std::set<int> TasksOf(const Document& diff) {
  std::set<int> tasks;
  for (const auto& change : nlohmann::json::parse(diff).value("changes", nlohmann::json::array())) {
    if (const auto task = ParseTaskName(change.value("task", ""))) tasks.insert(task->task);
  }
  return tasks;
}

class PostgresAmendmentStore : public AmendmentStore {
 public:
  explicit PostgresAmendmentStore(Access& access) : access_(access) {}

  Result<Document> Create(const WriteContext& context, const PlanKey& plan,
                          const NewAmendment& amendment,
                          const AmendmentProposal& propose) override {
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      const auto locked = LockPlanFor(session, plan, std::nullopt, PlanAction::kAmend);
      if (!locked) return Fail(locked.error());
      const auto content = ReadContent(session, plan);
      if (!content) return Fail(content.error());
      const auto draft = propose(*content);
      if (!draft) return Fail(draft.error());
      if (auto units = PutUnitRows(session, context.actor, plan.division, draft->units); !units) {
        return Fail(units.error());
      }
      const auto added =
          session.Execute(kInsert, plan.division.value, plan.plan, amendment.reason, draft->diff,
                          amendment.source.content_type,
                          pqxx::binarystring(amendment.source.content), context.actor);
      return OneDocument(added, FormatName(plan));
    });
  }

  Result<Document> Get(const AmendmentKey& amendment) override {
    return access_.Read([&](Session& session) {
      return OneDocument(ExecuteFor(session, kGet, amendment), FormatName(amendment));
    });
  }

  Result<Page> List(const PlanKey& plan, const ListQuery& query) override {
    const auto scope =
        list::Scope().Equal("division", plan.division.value).Equal("plan", plan.plan);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kAmendmentList, scope, query); });
  }

  Result<Document> Approve(const WriteContext& context, const AmendmentKey& amendment,
                           ExpectedRevision expected, const Approval& approval) override {
    return access_.Write(
        context, amendment.plan.division, [&](Session& session) -> Result<Document> {
          const auto plan = LockPlan(session, amendment.plan, std::nullopt);
          if (!plan) return Fail(plan.error());
          const auto locked = Read(session, amendment, expected, AmendmentAction::kApprove);
          if (!locked) return Fail(locked.error());
          return OneDocument(ExecuteFor(session, kApprove, amendment, approval.approver,
                                        approval.document_number, FormatDate(approval.date)),
                             FormatName(amendment));
        });
  }

  Result<Document> Withdraw(const WriteContext& context, const AmendmentKey& amendment,
                            ExpectedRevision expected) override {
    return access_.Write(
        context, amendment.plan.division, [&](Session& session) -> Result<Document> {
          const auto plan = LockPlan(session, amendment.plan, std::nullopt);
          if (!plan) return Fail(plan.error());
          const auto locked = Read(session, amendment, expected, AmendmentAction::kWithdraw);
          if (!locked) return Fail(locked.error());
          return OneDocument(ExecuteFor(session, kWithdraw, amendment), FormatName(amendment));
        });
  }

  Result<Document> Apply(const WriteContext& context, const AmendmentKey& amendment,
                         ExpectedRevision expected, const AmendmentEdit& edit) override {
    const auto& key = amendment.plan;
    return access_.Write(context, key.division, [&](Session& session) -> Result<Document> {
      const auto plan = LockPlanFor(session, key, std::nullopt, PlanAction::kAmend);
      if (!plan) return Fail(plan.error());
      const auto locked = Read(session, amendment, expected, AmendmentAction::kApply);
      if (!locked) return Fail(locked.error());
      AmendedPlan amended{.amendment = locked->document};
      amended.work = LockWork(session, key, TasksOf(locked->diff));
      auto content = ReadContent(session, key);
      if (!content) return Fail(content.error());
      amended.content = std::move(*content);
      const auto effect = edit(amended);
      if (!effect) return Fail(effect.error());
      if (auto written = WriteTasks(session, context.actor, key, effect->content,
                                    {.state = "CANCELLED", .reason = locked->reason});
          !written) {
        return Fail(written.error());
      }
      WriteWork(session, context.actor, key, effect->work, locked->reason);
      WritePlan(session, context.actor, *plan,
                {.action = std::string(Label(PlanAction::kAmend)),
                 .comment = locked->reason,
                 .state = plan->state,
                 .issues = effect->content.issues,
                 .task_count = effect->content.task_count,
                 .diff = effect->content.diff,
                 .source = locked->source});
      return OneDocument(
          ExecuteFor(session, kApplied, amendment, effect->content.diff, plan->revision + 1),
          FormatName(amendment));
    });
  }

 private:
  template <typename... Further>
  static pqxx::result ExecuteFor(Session& session, const Statement& statement,
                                 const AmendmentKey& key, Further&&... further) {
    return session.Execute(statement, key.plan.division.value, key.plan.plan, key.amendment,
                           further...);
  }

  // The plan must be locked, so that the amendment stays as it is.
  static Result<LockedAmendment> Read(Session& session, const AmendmentKey& key,
                                      ExpectedRevision expected, AmendmentAction action) {
    const auto rows = ExecuteFor(session, kRead, key);
    const auto name = FormatName(key);
    if (rows.empty()) return Fail(NotFound(name));
    const auto row = rows[0];
    const std::string_view state = row[0].c_str();
    if (!IsAllowed(state, action)) return Fail(StateNotAllowed(name, state, action));
    const int revision = row[1].as<int>();
    if (expected && *expected != revision) return Fail(RevisionMismatch(name, revision));
    return LockedAmendment{row[2].c_str(),
                           row[3].c_str(),
                           {row[4].c_str(), pqxx::binarystring(row[5]).str()},
                           row[6].c_str()};
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<AmendmentStore> MakeAmendmentStore(Access& access) {
  return std::make_unique<PostgresAmendmentStore>(access);
}

}  // namespace gongkai::plans
