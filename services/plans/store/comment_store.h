// What people write to each other about tasks and their work.
#pragma once

#include <optional>
#include <string>

#include "services/plans/domain/supervision_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct NewComment {
  std::string subject;  // the name of the task, or of an assignment or occurrence of it
  std::optional<int> reply_to;
  std::string text;
};

// Thread-safe.
class CommentStore {
 public:
  virtual ~CommentStore() = default;

  // NOT_FOUND for a task, a subject or an answered comment that does not exist.
  virtual Result<Document> CreateComment(const WriteContext& context, const TaskKey& task,
                                         const NewComment& comment) = 0;
  virtual Result<Document> GetComment(const CommentKey& comment) = 0;
  // Only about `subject`, unless it is empty.
  virtual Result<Page> ListComments(const TaskKey& task, const std::string& subject,
                                    const ListQuery& query) = 0;
  // FAILED_PRECONDITION with reason COMMENT_WITHDRAWN, PERMISSION_DENIED with reason
  // NOT_THE_AUTHOR.
  virtual Result<Document> WithdrawComment(const WriteContext& context, const CommentKey& comment,
                                           ExpectedRevision expected) = 0;
};

}  // namespace gongkai::plans
