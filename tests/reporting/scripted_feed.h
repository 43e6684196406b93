// A change feed that serves a list of changes, in batches of random size, and cuts streams at
// random points.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gongkai/plans/v1/change_feed.grpc.pb.h"
#include "services/common/rpc/server.h"

namespace gongkai::reporting {

// Thread-safe. The token after change n is `after-n`. A start with a snapshot is served with the
// changes themselves, unless some were forgotten.
class ScriptedFeed final : public plans::v1::ChangeFeed::Service {
 public:
  struct Script {
    std::vector<plans::v1::Change> changes;
    int most_batches_per_stream = 1000;  // then, or before, the stream is cut
    unsigned seed = 1;
  };

  // Listens on a free port.
  explicit ScriptedFeed(Script script);
  ~ScriptedFeed() override;

  std::shared_ptr<grpc::Channel> Channel() const;
  // The token at the end of the script.
  std::string EndToken() const;
  void Replace(std::size_t index, const plans::v1::Change& change);
  // Keeps only the changes from `first` on: an older token is expired, and a start with a snapshot
  // is told every resource as it is at the end of the script, then the changes that are kept.
  void Forget(std::size_t first);
  // Waits until a stream was asked for from this token `times` times in all; false after 20 s.
  bool WaitForWatches(const std::string& token, int times);

  grpc::Status Watch(grpc::ServerContext* context, const plans::v1::WatchRequest* request,
                     grpc::ServerWriter<plans::v1::WatchResponse>* writer) override;

 private:
  int Pick(int least, int most);
  int Start(const std::string& token);
  bool IsExpired(const plans::v1::WatchRequest& request);
  // Nothing unless the request is to be answered with a snapshot.
  std::optional<plans::v1::WatchResponse> SnapshotFor(const plans::v1::WatchRequest& request);
  // The batch after `position`, which is moved to its end.
  plans::v1::WatchResponse Next(std::size_t& position);

  mutable std::mutex mutex_;
  std::condition_variable asked_;
  Script script_;
  std::size_t first_kept_ = 0;
  std::mt19937 random_;
  std::vector<std::string> tokens_asked_;
  std::unique_ptr<rpc::Server> server_;
};

}  // namespace gongkai::reporting
