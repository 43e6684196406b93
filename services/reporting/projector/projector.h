// The projector: follows the change feed of the plans service and applies it to the store.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <thread>

#include "gongkai/plans/v1/change_feed.grpc.pb.h"
#include "services/reporting/projector/batch_queue.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

// Runs on a thread of its own from construction to destruction, with a second one that reads the
// feed while batches are written; what waits meanwhile is written together. Of several projectors
// on one database one applies, the others stand by. After any failure it waits and goes on from the
// stored position, so nothing is skipped and nothing is applied twice: a change that cannot be
// applied holds the projection, with a line in the log for each attempt, until it can. It begins
// with a snapshot of the plans service, and again whenever the feed no longer keeps what comes
// next.
class Projector {
 public:
  struct Options {
    std::chrono::milliseconds standby{1000};        // between attempts to become the one
    std::chrono::milliseconds least_back_off{100};  // after a failure; doubles with each in a row
    std::chrono::milliseconds most_back_off{10000};
    // File with the bearer token for the plans service, read anew for each stream; empty for none.
    std::string token_file;
  };

  // `store` must outlive the projector.
  Projector(FigureStore& store, std::shared_ptr<grpc::Channel> plans, const Options& options);
  // Ends the stream and waits for the batch under way.
  ~Projector();

  struct Progress {
    bool leads = false;  // whether this one applies
    // Nothing unless it leads and knows.
    std::optional<std::chrono::system_clock::time_point> current_as_of;
    std::uint64_t changes = 0;   // told to this one since it began
    std::uint64_t failures = 0;  // times that it was held up
  };
  Progress progress() const;

  Projector(const Projector&) = delete;
  Projector& operator=(const Projector&) = delete;

 private:
  void Run();
  // One stream, from the stored position on. Returns when it ends: with an error if the feed
  // failed, the lease was lost or a message could not be applied.
  Result<void> Lead(ApplyLease& lease);
  Result<void> Follow(ApplyLease& lease, const std::string& token);
  Result<void> ApplyBatches(ApplyLease& lease, BatchQueue& batches);

  Result<Position> Apply(const Batch& batch);

  // What `progress` tells.
  void Advance(const Position& position, std::size_t changes);
  void StepDown(bool in_order);

  // Makes `context` the call that stopping cancels; false when already stopping.
  bool Enter(grpc::ClientContext& context);
  void Leave();
  bool stopping();
  void Wait(std::chrono::milliseconds duration);
  void BackOff();

  FigureStore& store_;
  const std::unique_ptr<plans::v1::ChangeFeed::Stub> feed_;
  const Options options_;
  std::chrono::milliseconds back_off_;  // of the projector's thread alone, like the generator
  std::minstd_rand random_;

  mutable std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  grpc::ClientContext* call_ = nullptr;
  Progress progress_;

  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gongkai::reporting
