#include "services/reporting/rpc/overview_watch.h"

#include <utility>
#include <vector>

#include "services/common/rpc/status_mapping.h"

namespace gongkai::reporting {
namespace {

using Clock = std::chrono::steady_clock;

Error Draining() {
  return Unavailable("DRAINING", "this server is shutting down; watch another one");
}

grpc::Status Left() { return {grpc::StatusCode::CANCELLED, "the watcher has left"}; }

// Equal for overviews of the same figures.
std::string FiguresIn(v1::Overview overview) {
  overview.clear_current_as_of();
  return overview.SerializeAsString();
}

}  // namespace

// One stream. At any moment at most one thing is under way: an answer, a write or the end. Owned by
// the watch until gRPC is done with it; what is under way holds on to it too.
class OverviewWatcher final : public grpc::ServerWriteReactor<v1::WatchOverviewResponse>,
                              public std::enable_shared_from_this<OverviewWatcher> {
 public:
  OverviewWatcher(OverviewWatch& watch, const v1::GetOverviewRequest& request)
      : watch_(watch), request_(request) {}

  // `state`: what the figures follow from now. Answers anew if that is another than before, or if
  // nothing was sent for a while.
  void Look(const std::string& state) {
    {
      std::lock_guard lock(mutex_);
      const bool silent = Clock::now() - last_write_ >= watch_.options_.heartbeat;
      if (busy_ || (state == state_ && !silent)) return;
      busy_ = true;
      state_ = state;
    }
    const auto self = shared_from_this();
    if (!watch_.executor_.TryRun([self] { self->Answer(); })) Rest("");
  }

  // As soon as nothing is under way.
  void End(const grpc::Status& status) {
    {
      std::lock_guard lock(mutex_);
      if (!end_) end_ = status;
      if (busy_) return;
      busy_ = true;
    }
    Finish(status);
  }

  void OnWriteDone(bool ok) override {
    {
      std::lock_guard lock(mutex_);
      last_write_ = Clock::now();
    }
    ok ? Rest(std::nullopt) : Conclude(Left());
  }

  void OnCancel() override { End(Left()); }

  void OnDone() override { watch_.Forget(*this); }

 private:
  void Answer() {
    auto overview = watch_.service_.GetOverview(request_);
    if (!overview) return Conclude(rpc::ToGrpcStatus(overview.error()));
    response_.Clear();
    if (overview->has_current_as_of()) {
      *response_.mutable_current_as_of() = overview->current_as_of();
    }
    auto figures = FiguresIn(*overview);
    bool silent = false;
    {
      std::lock_guard lock(mutex_);
      silent = Clock::now() - last_write_ >= watch_.options_.heartbeat;
    }
    const bool same = figures == sent_;
    if (same && !silent) return Rest(std::nullopt);
    if (!same) *response_.mutable_overview() = *std::move(overview);
    sent_ = std::move(figures);
    StartWrite(&response_);
  }

  // Nothing is under way any more; `state` replaces what was looked at.
  void Rest(const std::optional<std::string>& state) {
    std::optional<grpc::Status> end;
    {
      std::lock_guard lock(mutex_);
      if (state) state_ = *state;
      end = end_;
      busy_ = end.has_value();
    }
    if (end) Finish(*end);
  }

  // What is under way was the last.
  void Conclude(const grpc::Status& status) {
    std::optional<grpc::Status> end;
    {
      std::lock_guard lock(mutex_);
      if (!end_) end_ = status;
      end = end_;
    }
    Finish(*end);
  }

  OverviewWatch& watch_;
  const v1::GetOverviewRequest request_;
  std::string sent_;  // of the thing under way, like the next
  v1::WatchOverviewResponse response_;

  std::mutex mutex_;
  bool busy_ = false;  // for good, once the stream has ended
  std::string state_;
  Clock::time_point last_write_ = Clock::now();
  std::optional<grpc::Status> end_;
};

OverviewWatch::OverviewWatch(FiguresService& service, FigureStore& store, rpc::Executor& executor,
                             const Options& options)
    : service_(service), store_(store), executor_(executor), options_(options), thread_([this] {
        Run();
      }) {}

OverviewWatch::~OverviewWatch() { Stop(); }

grpc::ServerWriteReactor<v1::WatchOverviewResponse>* OverviewWatch::Watch(
    const v1::WatchOverviewRequest& request) {
  if (request.overview().compare_with() != v1::GetOverviewRequest::COMPARISON_UNSPECIFIED) {
    return Refuse(InvalidArgument("overview.compare_with", "is not watched; leave it out"));
  }
  const auto watcher = std::make_shared<OverviewWatcher>(*this, request.overview());
  {
    std::lock_guard lock(mutex_);
    if (!stopping_) {
      watchers_.push_back(watcher);
      changed_.notify_all();
      return watcher.get();
    }
  }
  return Refuse(Draining());
}

grpc::ServerWriteReactor<v1::WatchOverviewResponse>* OverviewWatch::Refuse(const Error& error) {
  const auto watcher = std::make_shared<OverviewWatcher>(*this, v1::GetOverviewRequest());
  watcher->End(rpc::ToGrpcStatus(error));  // before anybody looks at it
  std::lock_guard lock(mutex_);
  watchers_.push_back(watcher);
  return watcher.get();
}

void OverviewWatch::Stop() {
  std::vector<std::shared_ptr<OverviewWatcher>> watchers;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    watchers.assign(watchers_.begin(), watchers_.end());
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
  for (const auto& watcher : watchers) watcher->End(rpc::ToGrpcStatus(Draining()));
}

void OverviewWatch::Run() {
  for (;;) {
    std::vector<std::shared_ptr<OverviewWatcher>> watchers;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !watchers_.empty(); });
      if (stopping_) return;
      watchers.assign(watchers_.begin(), watchers_.end());
    }
    if (const auto state = Look()) {
      for (const auto& watcher : watchers) watcher->Look(*state);
    }
    watchers.clear();
    std::unique_lock lock(mutex_);
    const auto count = watchers_.size();
    changed_.wait_for(lock, options_.look, [&] { return stopping_ || watchers_.size() > count; });
  }
}

std::optional<std::string> OverviewWatch::Look() {
  const auto position = store_.ReadPosition();
  if (!position) return std::nullopt;
  return position->version + " " + FormatDate(service_.Today());
}

void OverviewWatch::Forget(const OverviewWatcher& watcher) {
  std::shared_ptr<OverviewWatcher> last;  // ends its life outside the lock
  std::lock_guard lock(mutex_);
  for (auto at = watchers_.begin(); at != watchers_.end(); ++at) {
    if (at->get() != &watcher) continue;
    last = std::move(*at);
    watchers_.erase(at);
    return;
  }
}

}  // namespace gongkai::reporting
