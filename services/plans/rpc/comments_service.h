// gongkai.plans.v1.Comments.
#pragma once

#include "gongkai/plans/v1/comments.grpc.pb.h"
#include "services/common/rpc/call.h"
#include "services/plans/store/comment_store.h"

namespace gongkai::plans {

// The handlers: thread-safe, know no network. The store must outlive the service.
class CommentsService {
 public:
  explicit CommentsService(CommentStore& store) : store_(store) {}

  Result<v1::Comment> CreateComment(const rpc::Caller&, const v1::CreateCommentRequest&);
  Result<v1::Comment> GetComment(const rpc::Caller&, const v1::GetCommentRequest&);
  Result<v1::ListCommentsResponse> ListComments(const rpc::Caller&, const v1::ListCommentsRequest&);
  Result<v1::Comment> WithdrawComment(const rpc::Caller&, const v1::WithdrawCommentRequest&);

 private:
  CommentStore& store_;
};

}  // namespace gongkai::plans
