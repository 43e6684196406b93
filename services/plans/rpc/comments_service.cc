#include "services/plans/rpc/comments_service.h"

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/supervision_forms.h"

namespace gongkai::plans {
namespace {

bool IsOf(const TaskKey& task, const std::string& subject) { return ParseTaskOf(subject) == task; }

constexpr char kSubjectRule[] = "must be the task, or an assignment or occurrence of it";

}  // namespace

Result<v1::Comment> CommentsService::CreateComment(const rpc::Caller& caller,
                                                   const v1::CreateCommentRequest& request) {
  const auto task = ParseTaskName(request.parent());
  if (!task) return Fail(MalformedName("parent", kTaskForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& comment = request.comment();
  const auto subject = comment.subject().empty() ? request.parent() : comment.subject();
  RequestChecks checks;
  checks.Require(IsOf(*task, subject), "comment.subject", kSubjectRule);
  checks.Length(comment.text(), "comment.text", 1, 4000);
  std::optional<int> reply_to;
  if (!comment.reply_to().empty()) {
    const auto answered = ParseCommentName(comment.reply_to());
    checks.Require(answered && answered->task == *task, "comment.reply_to",
                   "must be a comment on the same task");
    if (answered) reply_to = answered->comment;
  }
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::Comment>(
      store_.CreateComment(*context, *task, {subject, reply_to, comment.text()}));
}

Result<v1::Comment> CommentsService::GetComment(const rpc::Caller&,
                                                const v1::GetCommentRequest& request) {
  const auto key = ParseCommentName(request.name());
  if (!key) return Fail(MalformedName("name", kCommentForm));
  return ToMessage<v1::Comment>(store_.GetComment(*key));
}

Result<v1::ListCommentsResponse> CommentsService::ListComments(
    const rpc::Caller&, const v1::ListCommentsRequest& request) {
  const auto task = ParseTaskName(request.parent());
  if (!task) return Fail(MalformedName("parent", kTaskForm));
  if (!request.subject().empty() && !IsOf(*task, request.subject())) {
    return Fail(InvalidArgument("subject", kSubjectRule));
  }
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListComments(*task, request.subject(), *query),
                &v1::ListCommentsResponse::mutable_comments);
}

Result<v1::Comment> CommentsService::WithdrawComment(const rpc::Caller& caller,
                                                     const v1::WithdrawCommentRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseCommentName, kCommentForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Comment>(
      store_.WithdrawComment(start->context, start->key, start->expected));
}

}  // namespace gongkai::plans
