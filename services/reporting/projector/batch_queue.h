// Batches on their way from the feed to the store: while one is written, the next are read.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>

#include "services/common/status/error.h"
#include "services/reporting/store/batch.h"

namespace gongkai::reporting {

// Joins `next` to `batch` if it goes on where that ends, is of the same day and both together have
// at most `most` facts; false, and no change, if not.
bool Join(Batch& batch, Batch&& next, std::size_t most);

// One thread puts and one takes.
class BatchQueue {
 public:
  explicit BatchQueue(std::size_t most_facts) : most_facts_(most_facts) {}

  // Waits while the queue is full. False, and nothing is put, once nobody takes any more.
  bool Put(Batch batch);
  // Nothing more will be put: because of an error, or at the end of the feed.
  void End(Result<void> end);
  // What waits, several batches joined to one; waits for a batch where there is none. Nothing at
  // the end, whose error is then `end()`.
  std::optional<Batch> Take();
  // Nothing more will be taken.
  void Stop();

  Result<void> end();

 private:
  const std::size_t most_facts_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> batches_;
  std::size_t facts_ = 0;  // in all of them
  std::optional<Result<void>> end_;
  bool stopped_ = false;
};

}  // namespace gongkai::reporting
