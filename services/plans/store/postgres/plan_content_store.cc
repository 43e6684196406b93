#include "services/plans/store/plan_content_store.h"

#include "services/plans/store/postgres/plan_rows.h"
#include "services/plans/store/postgres/rows.h"
#include "services/plans/store/postgres/stores.h"
#include "services/plans/store/postgres/task_rows.h"

namespace gongkai::plans {
namespace {

using postgres::Session;
using postgres::Statement;

constexpr Statement kReadTask{
    "read_task", "select resource(t) from task t where division = $1 and plan = $2 and task = $3"};

class PostgresPlanContentStore : public PlanContentStore {
 public:
  explicit PostgresPlanContentStore(Access& access) : access_(access) {}

  Result<PlanContent> GetContent(const PlanKey& plan) override {
    return access_.Read([&](Session& session) { return ReadContent(session, plan); });
  }

  Result<Document> ChangeContent(const WriteContext& context, const PlanKey& plan,
                                 ExpectedRevision expected, PlanAction action,
                                 const std::string& comment, const ContentEdit& edit) override {
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      const auto locked = LockPlanFor(session, plan, expected, action);
      if (!locked) return Fail(locked.error());
      const auto content = ReadContent(session, plan);
      if (!content) return Fail(content.error());
      auto change = edit(*content);
      if (!change) return Fail(change.error());
      if (auto written = WriteTasks(session, context.actor, plan, *change, {.state = "DELETED"});
          !written) {
        return Fail(written.error());
      }
      const auto written = WritePlan(session, context.actor, *locked,
                                     {.action = std::string(Label(action)),
                                      .comment = comment,
                                      .state = locked->state,
                                      .facts = change->facts,
                                      .issues = change->issues,
                                      .task_count = change->task_count,
                                      .diff = change->diff,
                                      .source = change->source});
      if (!change->answer) {
        return R"({"plan":)" + written + R"(,"diff":)" + change->diff + "}";
      }
      const TaskKey answer{plan, *change->answer};
      return OneDocument(session.Execute(kReadTask, plan.division.value, plan.plan, answer.task),
                         FormatName(answer));
    });
  }

  Result<Document> AttachSource(const WriteContext& context, const PlanKey& plan,
                                ExpectedRevision expected, const std::string& comment,
                                const SourceDocument& source) override {
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      const auto locked = LockPlanFor(session, plan, expected, PlanAction::kAttachSource);
      if (!locked) return Fail(locked.error());
      return WritePlan(session, context.actor, *locked,
                       {.action = std::string(Label(PlanAction::kAttachSource)),
                        .comment = comment,
                        .state = locked->state,
                        .source = source});
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<PlanContentStore> MakePlanContentStore(Access& access) {
  return std::make_unique<PostgresPlanContentStore>(access);
}

}  // namespace gongkai::plans
