#include "services/plans/store/comment_store.h"

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

constexpr Statement kInsertComment{"insert_comment", R"sql(
  insert into comment as c (division, plan, task, comment, subject, reply_to, text, author)
  select $1, $2, $3, coalesce(max(b.comment), 0) + 1, $4, $5, $6, $7
  from comment b where (b.division, b.plan, b.task) = ($1, $2, $3)
  returning resource(c)
)sql"};

constexpr Statement kCommentStanding{"comment_standing", R"sql(
  select revision, author, withdraw_time is not null from comment
  where (division, plan, task, comment) = ($1, $2, $3, $4)
)sql"};

constexpr Statement kWithdraw{"withdraw_comment", R"sql(
  update comment c set withdraw_time = now(), revision = c.revision + 1
  where (division, plan, task, comment) = ($1, $2, $3, $4)
  returning resource(c)
)sql"};

constexpr Statement kGetComment{"get_comment", R"sql(
  select resource(c) from comment c where (division, plan, task, comment) = ($1, $2, $3, $4)
)sql"};

Error CommentWithdrawn(const std::string& name) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "COMMENT_WITHDRAWN",
          .message = name + " was withdrawn already",
          .message_zh = "该留言已撤回",
          .metadata = {{"resource", name}}};
}

Error NotTheAuthor(const std::string& name) {
  return {.code = ErrorCode::kPermissionDenied,
          .reason = "NOT_THE_AUTHOR",
          .message = name + " can be withdrawn only by whoever wrote it",
          .message_zh = "只能由留言人本人撤回",
          .metadata = {{"resource", name}}};
}

template <typename... Further>
pqxx::result ExecuteOn(Session& session, const Statement& statement, const TaskKey& key,
                       Further&&... further) {
  return session.Execute(statement, key.plan.division.value, key.plan.plan, key.task,
                         std::forward<Further>(further)...);
}

class PostgresCommentStore : public CommentStore {
 public:
  explicit PostgresCommentStore(Access& access) : access_(access) {}

  Result<Document> CreateComment(const WriteContext& context, const TaskKey& task,
                                 const NewComment& comment) override {
    const auto division = task.plan.division;
    return access_.Write(context, division, [&](Session& session) -> Result<Document> {
      LockPlan(session, task.plan);
      if (auto exist = CheckExist(session, division, {}, {comment.subject}); !exist) {
        return Fail(exist.error());
      }
      if (comment.reply_to) {
        const CommentKey answered{task, *comment.reply_to};
        if (ExecuteOn(session, kCommentStanding, task, answered.comment).empty()) {
          return Fail(NotFound(FormatName(answered)));
        }
      }
      return OneDocument(ExecuteOn(session, kInsertComment, task, comment.subject, comment.reply_to,
                                   comment.text, context.actor),
                         FormatName(task));
    });
  }

  Result<Document> GetComment(const CommentKey& key) override {
    return access_.Read([&](Session& session) {
      return OneDocument(ExecuteOn(session, kGetComment, key.task, key.comment), FormatName(key));
    });
  }

  Result<Page> ListComments(const TaskKey& task, const std::string& subject,
                            const ListQuery& query) override {
    auto scope = list::Scope()
                     .Equal("c.division", task.plan.division.value)
                     .Equal("c.plan", task.plan.plan)
                     .Equal("c.task", task.task);
    if (!subject.empty()) scope.Compare("c.subject", "=", "text", subject);
    return access_.Read(
        [&](Session& session) { return ReadPage(session, kCommentList, scope, query); });
  }

  Result<Document> WithdrawComment(const WriteContext& context, const CommentKey& key,
                                   ExpectedRevision expected) override {
    const auto name = FormatName(key);
    const auto& plan = key.task.plan;
    return access_.Write(context, plan.division, [&](Session& session) -> Result<Document> {
      LockPlan(session, plan);
      const auto rows = ExecuteOn(session, kCommentStanding, key.task, key.comment);
      if (auto found = CheckRevision(rows, 0, name, expected); !found) return Fail(found.error());
      if (rows[0][1].c_str() != context.actor) return Fail(NotTheAuthor(name));
      if (rows[0][2].as<bool>()) return Fail(CommentWithdrawn(name));
      return OneDocument(ExecuteOn(session, kWithdraw, key.task, key.comment), name);
    });
  }

 private:
  Access& access_;
};

}  // namespace

std::unique_ptr<CommentStore> MakeCommentStore(Access& access) {
  return std::make_unique<PostgresCommentStore>(access);
}

}  // namespace gongkai::plans
