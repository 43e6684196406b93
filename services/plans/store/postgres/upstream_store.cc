#include "services/plans/store/upstream_store.h"

#include "services/plans/domain/state.h"
#include "services/plans/store/postgres/list_reader.h"
#include "services/plans/store/postgres/list_sources.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/work_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kPlanState{"plan_state", R"sql(
  select state from plan where division = $1 and plan = $2 and delete_time is null
)sql"};

constexpr Statement kHasTask{"has_task", R"sql(
  select 1 from task where division = $1 and plan = $2 and task = $3 and state = 'ACTIVE'
)sql"};

// What is said of the upstream task already; the same as what is to be said comes first.
constexpr Statement kDecided{"upstream_task_decided", R"sql(
  select upstream_link, task is not distinct from $6::int, state from upstream_link
  where (division, plan, upstream_division, upstream_plan, upstream_task) = ($1, $2, $3, $4, $5)
    and state <> 'WITHDRAWN'
    and (task is not distinct from $6::int or task is null or $6::int is null)
  order by 2 desc limit 1
)sql"};

constexpr Statement kInsertLink{"insert_upstream_link", R"sql(
  with added as (
    insert into upstream_link as l (division, plan, upstream_link, upstream_division,
                                    upstream_plan, upstream_task, task, state, reason, author)
    select $1, $2, coalesce(max(o.upstream_link), 0) + 1, $3, $4, $5, $6::int,
           (case when $6::int is null then 'NOT_APPLICABLE' else 'LINKED' end)::upstream_link_state,
           $7, $8
    from upstream_link o where o.division = $1 and o.plan = $2
    returning l
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (l).division, 'upstream_link', resource(l), $8 from added
  )
  select resource(l) from added
)sql"};

constexpr Statement kLinkState{"upstream_link_state", R"sql(
  select state, revision from upstream_link
  where division = $1 and plan = $2 and upstream_link = $3
)sql"};

constexpr Statement kWithdraw{"withdraw_upstream_link", R"sql(
  with withdrawn as (
    update upstream_link l set state = 'WITHDRAWN', reason = $4, revision = l.revision + 1
    where division = $1 and plan = $2 and upstream_link = $3
    returning l
  ), fed as (
    insert into change (division, kind, resource, actor)
    select (l).division, 'upstream_link', resource(l), $5 from withdrawn
  )
  select resource(l) from withdrawn
)sql"};

constexpr Statement kGetLink{"get_upstream_link", R"sql(
  select resource(l) from upstream_link l
  where division = $1 and plan = $2 and upstream_link = $3
)sql"};

constexpr Statement kLinksBetween{"upstream_links_between", R"sql(
  select resource(l) from upstream_link l
  where (division, plan, upstream_division, upstream_plan) = ($1, $2, $3, $4)
    and state <> 'WITHDRAWN'
  order by upstream_task, task, upstream_link
)sql"};

Error PlanNotIssued(const PlanKey& plan, const std::string& state) {
  const auto name = FormatName(plan);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "PLAN_NOT_ISSUED",
          .message = name + " is " + state + ": tasks are linked once both plans are issued",
          .message_zh = "两级方案均印发后才能登记承接关系",
          .metadata = {{"resource", name}, {"state", state}}};
}

Error AlreadyLinked(const UpstreamLinkKey& link) {
  const auto name = FormatName(link);
  return {.code = ErrorCode::kAlreadyExists,
          .reason = "LINK_EXISTS",
          .message = name + " says the same",
          .message_zh = "该承接关系已登记",
          .metadata = {{"resource", name}}};
}

Error UpstreamTaskDecided(const UpstreamLinkKey& link, const std::string& state) {
  const auto name = FormatName(link);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "UPSTREAM_TASK_DECIDED",
          .message = name + " says that the upstream task is " + state +
                     "; withdraw it before you say otherwise",
          .message_zh = "该上级任务已登记为另一种情形，请先撤销原登记",
          .metadata = {{"resource", name}, {"state", state}}};
}

Error LinkWithdrawn(const UpstreamLinkKey& link) {
  const auto name = FormatName(link);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "LINK_WITHDRAWN",
          .message = name + " was withdrawn before",
          .message_zh = "该承接关系已撤销",
          .metadata = {{"resource", name}}};
}

// FAILED_PRECONDITION unless the plan is in force or has been.
Result<void> CheckIssued(Session& session, const PlanKey& plan) {
  const auto rows = session.Execute(kPlanState, plan.division.value, plan.plan);
  if (rows.empty()) return Fail(NotFound(FormatName(plan)));
  const std::string state = rows[0][0].c_str();
  if (state == Label(PlanState::kIssued) || state == Label(PlanState::kClosed)) return {};
  return Fail(PlanNotIssued(plan, state));
}

Result<void> CheckTask(Session& session, const TaskKey& task) {
  if (auto issued = CheckIssued(session, task.plan); !issued) return issued;
  if (!session.Execute(kHasTask, task.plan.division.value, task.plan.plan, task.task).empty()) {
    return {};
  }
  return Fail(NotFound(FormatName(task)));
}

class PostgresUpstreamStore : public UpstreamStore {
 public:
  explicit PostgresUpstreamStore(Access& access) : access_(access) {}

  Result<Document> CreateLink(const WriteContext& context, const PlanKey& plan,
                              const NewUpstreamLink& link) override {
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, plan);
      if (auto issued = CheckIssued(session, plan); !issued) return Fail(issued.error());
      if (link.task) {
        if (auto found = CheckTask(session, {plan, *link.task}); !found) return Fail(found.error());
      }
      const auto& upstream = link.upstream_task;
      if (auto found = CheckTask(session, upstream); !found) return Fail(found.error());
      const auto decided =
          session.Execute(kDecided, plan.division.value, plan.plan, upstream.plan.division.value,
                          upstream.plan.plan, upstream.task, link.task);
      if (!decided.empty()) {
        const UpstreamLinkKey other{plan, decided[0][0].as<int>()};
        if (decided[0][1].as<bool>()) return Fail(AlreadyLinked(other));
        return Fail(UpstreamTaskDecided(other, decided[0][2].c_str()));
      }
      return OneDocument(
          session.Execute(kInsertLink, plan.division.value, plan.plan, upstream.plan.division.value,
                          upstream.plan.plan, upstream.task, link.task, link.reason, context.actor),
          "");
    });
  }

  Result<Document> WithdrawLink(const WriteContext& context, const UpstreamLinkKey& link,
                                ExpectedRevision expected, const std::string& reason) override {
    const auto& plan = link.plan;
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, plan);
      const auto rows =
          session.Execute(kLinkState, plan.division.value, plan.plan, link.upstream_link);
      if (auto found = CheckRevision(rows, 1, FormatName(link), expected); !found)
        return Fail(found.error());
      if (std::string_view(rows[0][0].c_str()) == "WITHDRAWN") return Fail(LinkWithdrawn(link));
      return OneDocument(session.Execute(kWithdraw, plan.division.value, plan.plan,
                                         link.upstream_link, reason, context.actor),
                         FormatName(link));
    });
  }

  Result<Document> GetLink(const UpstreamLinkKey& link) override {
    return access_.Read([&](Session& session) {
      return OneDocument(
          session.Execute(kGetLink, link.plan.division.value, link.plan.plan, link.upstream_link),
          FormatName(link));
    });
  }

  Result<Page> ListLinks(DivisionCode division, std::optional<int> plan,
                         const ListQuery& query) override {
    auto scope = list::Scope().Equal("division", division.value);
    if (plan) scope.Equal("plan", *plan);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kUpstreamLinkList, scope, query); });
  }

  Result<std::vector<Document>> LinksBetween(const PlanKey& plan,
                                             const PlanKey& upstream) override {
    return access_.Read([&](Session& session) -> Result<std::vector<Document>> {
      return AllDocuments(session.Execute(kLinksBetween, plan.division.value, plan.plan,
                                          upstream.division.value, upstream.plan));
    });
  }

  Result<Page> ListCounterparts(const TaskKey& task, const ListQuery& query) override {
    const auto scope = list::Scope()
                           .Equal("upstream_division", task.plan.division.value)
                           .Equal("upstream_plan", task.plan.plan)
                           .Equal("upstream_task", task.task);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kCounterpartList, scope, query); });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<UpstreamStore> MakeUpstreamStore(Access& access) {
  return std::make_unique<PostgresUpstreamStore>(access);
}

}  // namespace gongkai::plans
