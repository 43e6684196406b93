// Deletes what is kept for a time only.
#pragma once

#include <chrono>

#include "services/plans/store/store.h"

namespace gongkai::plans {

// Thread-safe; several replicas may delete at once. Each call is one short transaction and returns
// how many rows it deleted, at most `limit`; 0 when nothing is left to delete, or another replica
// is at it. By the clock of the database; nothing younger than `age` is ever deleted.
class RetentionStore {
 public:
  virtual ~RetentionStore() = default;

  // From the old end of the feed on. Tokens from before what was deleted are TOKEN_EXPIRED from the
  // same moment on.
  virtual Result<int> DeleteChanges(std::chrono::seconds age, int limit) = 0;
  // Answers to requests that carried a request_id.
  virtual Result<int> DeleteAnswers(std::chrono::seconds age, int limit) = 0;
  // Files of evidence that no report uses, and content that no file has any more.
  virtual Result<int> DeleteUnusedEvidence(std::chrono::seconds age, int limit) = 0;
};

}  // namespace gongkai::plans
