// Keeps the feed, the answers to requests and files that nobody uses from growing for ever.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "services/plans/store/retention_store.h"

namespace gongkai::plans {

// Deletes on a thread of its own from construction to destruction, in small batches with a rest
// after each, so that writers are not held up. Replicas may run it side by side.
class Retention {
 public:
  struct Rules {
    std::chrono::seconds changes = std::chrono::hours(24) * 400;
    std::chrono::seconds answers = std::chrono::hours(24) * 30;
    std::chrono::seconds unused_evidence = std::chrono::hours(24);
  };

  // `store` must outlive it.
  Retention(RetentionStore& store, const Rules& rules);
  ~Retention();

  Retention(const Retention&) = delete;
  Retention& operator=(const Retention&) = delete;

 private:
  void Run();
  // True if there may be more to delete.
  bool DeleteBatch();

  RetentionStore& store_;
  const Rules rules_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gongkai::plans
