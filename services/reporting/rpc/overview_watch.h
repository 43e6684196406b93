// Streams of WatchOverview: one thread looks how far the projection has come, and each watcher is
// answered anew when it has moved on.
#pragma once

#include <grpcpp/support/server_callback.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "gongkai/reporting/v1/figures.grpc.pb.h"
#include "services/common/rpc/executor.h"
#include "services/reporting/rpc/figures_service.h"
#include "services/reporting/store/figure_store.h"

namespace gongkai::reporting {

class OverviewWatcher;

// Thread-safe.
class OverviewWatch {
 public:
  struct Options {
    std::chrono::milliseconds look{200};        // how often
    std::chrono::milliseconds heartbeat{5000};  // where nothing has changed
  };

  // All arguments must outlive the watch, and the executor's tasks too.
  OverviewWatch(FiguresService& service, FigureStore& store, rpc::Executor& executor,
                const Options& options);
  // Like Stop.
  ~OverviewWatch();

  // The stream of one caller, who is sent an overview at once.
  grpc::ServerWriteReactor<v1::WatchOverviewResponse>* Watch(
      const v1::WatchOverviewRequest& request);
  // A stream that ends at once.
  grpc::ServerWriteReactor<v1::WatchOverviewResponse>* Refuse(const Error& error);
  // Ends every stream with UNAVAILABLE and reason DRAINING, and any that would begin.
  void Stop();

 private:
  friend class OverviewWatcher;

  void Run();
  // What the figures follow from besides the request; nothing while the database cannot be asked.
  std::optional<std::string> Look();
  void Forget(const OverviewWatcher& watcher);

  FiguresService& service_;
  FigureStore& store_;
  rpc::Executor& executor_;
  const Options options_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::list<std::shared_ptr<OverviewWatcher>> watchers_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gongkai::reporting
