#include "services/plans/store/plan_life_store.h"

#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/plan_rows.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kOpenWork{"open_work", R"sql(
  with open_work as (
    select assignment_name(division, plan, task, unit, role) || '/occurrences/' || occurrence as name,
           row_number() over (order by task, unit, role, occurrence) as place
    from occurrence
    where division = $1 and plan = $2 and state in ('OPEN', 'SUBMITTED', 'RETURNED')
  )
  select count(*),
         coalesce(json_agg(name order by place) filter (where place <= 1000), '[]')
  from open_work
)sql"};

constexpr Statement kGetRevision{"get_plan_revision", R"sql(
  select resource(r) from plan_revision r where division = $1 and plan = $2 and revision = $3
)sql"};

Error WorkStillOpen(const std::string& name, int open) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "WORK_STILL_OPEN",
          .message = name + " has " + std::to_string(open) +
                     " occurrences that are neither verified nor cancelled; verify or cancel " +
                     "them, or close with allow_open",
          .message_zh = "方案尚有 " + std::to_string(open) +
                        " 项工作未核验或取消，请处理后再办结，或确认带未完成事项办结",
          .metadata = {{"resource", name}, {"open", std::to_string(open)}}};
}

Error PlanNotDeleted(const std::string& name) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "PLAN_NOT_DELETED",
          .message = name + " is not deleted",
          .message_zh = "该方案未被删除，无需恢复",
          .metadata = {{"resource", name}}};
}

class PostgresPlanLifeStore : public PlanLifeStore {
 public:
  explicit PostgresPlanLifeStore(Access& access) : access_(access) {}

  Result<Document> ChangeState(const WriteContext& context, const PlanKey& plan,
                               ExpectedRevision expected, PlanAction action,
                               const std::string& comment) override {
    return Change(context, plan, expected, action,
                  [&](Session& session, const LockedPlan& locked) -> Result<Document> {
                    return WritePlan(session, context.actor, locked,
                                     StepOf(locked, action, comment));
                  });
  }

  Result<Document> ClosePlan(const WriteContext& context, const PlanKey& plan,
                             ExpectedRevision expected, bool allow_open,
                             const std::string& comment) override {
    return Change(context, plan, expected, PlanAction::kClose,
                  [&](Session& session, const LockedPlan& locked) -> Result<Document> {
                    const auto open = session.Execute(kOpenWork, plan.division.value, plan.plan)[0];
                    const int count = open[0].as<int>();
                    if (count > 0 && !allow_open) {
                      return Fail(WorkStillOpen(FormatName(plan), count));
                    }
                    const auto closed = WritePlan(session, context.actor, locked,
                                                  StepOf(locked, PlanAction::kClose, comment));
                    return R"({"plan":)" + closed + R"(,"open_count":)" + std::to_string(count) +
                           R"(,"open_occurrences":)" + open[1].c_str() + "}";
                  });
  }

  Result<Document> UpdateFacts(const WriteContext& context, const PlanKey& plan,
                               ExpectedRevision expected, PlanAction action,
                               const std::string& comment, const FactsEdit& edit) override {
    return Change(context, plan, expected, action,
                  [&](Session& session, const LockedPlan& locked) -> Result<Document> {
                    auto facts = edit(locked.document);
                    if (!facts) return Fail(facts.error());
                    auto write = StepOf(locked, action, comment);
                    write.facts = std::move(*facts);
                    return WritePlan(session, context.actor, locked, write);
                  });
  }

  Result<Document> DeletePlan(const WriteContext& context, const PlanKey& plan,
                              ExpectedRevision expected) override {
    return Change(context, plan, expected, PlanAction::kDelete,
                  [&](Session& session, const LockedPlan& locked) -> Result<Document> {
                    auto write = StepOf(locked, PlanAction::kDelete, "");
                    write.deleted = true;
                    return WritePlan(session, context.actor, locked, write);
                  });
  }

  Result<Document> UndeletePlan(const WriteContext& context, const PlanKey& plan,
                                ExpectedRevision expected) override {
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      const auto locked = LockPlan(session, plan, expected);
      if (!locked) return Fail(locked.error());
      if (!locked->deleted) return Fail(PlanNotDeleted(FormatName(plan)));
      return WritePlan(session, context.actor, *locked,
                       {.action = "undelete", .state = locked->state});
    });
  }

  Result<Document> GetRevision(const RevisionKey& revision) override {
    return access_.Read([&](Session& session) {
      return OneDocument(session.Execute(kGetRevision, revision.plan.division.value,
                                         revision.plan.plan, revision.revision),
                         FormatName(revision));
    });
  }

  Result<Page> ListRevisions(const PlanKey& plan, const ListQuery& query) override {
    const auto scope =
        list::Scope().Equal("division", plan.division.value).Equal("plan", plan.plan);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kPlanRevisionList, scope, query); });
  }

 private:
  // The write of an action that `locked` allows.
  static PlanWrite StepOf(const LockedPlan& locked, PlanAction action, const std::string& comment) {
    return {.action = std::string(Label(action)),
            .comment = comment,
            .state = *After(locked.state, action)};
  }

  template <typename Work>
  Result<Document> Change(const WriteContext& context, const PlanKey& plan,
                          ExpectedRevision expected, PlanAction action, Work work) {
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      const auto locked = LockPlanFor(session, plan, expected, action);
      if (!locked) return Fail(locked.error());
      return work(session, *locked);
    });
  }

  Access& access_;
};

}  // namespace

std::unique_ptr<PlanLifeStore> MakePlanLifeStore(Access& access) {
  return std::make_unique<PostgresPlanLifeStore>(access);
}

}  // namespace gongkai::plans
