// Reads of the feed that watchers share.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

#include "gongkai/plans/v1/change_feed.pb.h"
#include "services/common/rpc/executor.h"
#include "services/plans/rpc/feed_messages.h"
#include "services/plans/store/change_store.h"

namespace gongkai::plans {

// A page of the feed, and the same as a message with everything in it.
struct FeedBatch {
  FeedPage page;
  v1::WatchResponse response;
};

// Watchers at the end of the feed are woken together and want the same: those at the same place are
// served by one read, so that many followers cost the database hardly more than one. Thread-safe.
class SharedReads {
 public:
  using Batch = std::shared_ptr<const Result<FeedBatch>>;
  using Done = std::function<void(const Batch&)>;

  // Both must outlive it.
  SharedReads(ChangeStore& store, rpc::Executor& executor) : store_(store), executor_(executor) {}
  // Waits for the reads under way.
  ~SharedReads();

  SharedReads(const SharedReads&) = delete;
  SharedReads& operator=(const SharedReads&) = delete;

  // Reads what comes after `after`, unfiltered, and calls `done` from the executor. The read begins
  // after this call: whatever the caller knows to be committed is in it. False, and nothing
  // happens, if the executor is full.
  [[nodiscard]] bool Read(const FeedPosition& after, Done done);

 private:
  void Run(const FeedPosition& after, std::vector<Done> served);

  ChangeStore& store_;
  rpc::Executor& executor_;
  std::mutex mutex_;
  std::condition_variable idle_;
  // Places that are being read, with those who came too late for the read under way.
  std::map<FeedPosition, std::vector<Done>> under_way_;
};

}  // namespace gongkai::plans
