#include "services/plans/rpc/change_feed_rpc.h"

#include <atomic>
#include <chrono>
#include <memory>

#include "services/common/rpc/status_mapping.h"
#include "services/plans/rpc/feed_messages.h"
#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;
using Clock = FeedWaiters::Clock;

constexpr int kPage = 500;
constexpr auto kHeartbeat = 5s;
// How soon to look again: when changes wait for an older transaction to end, when the executor is
// full, and in any case, should a signal be lost.
constexpr auto kPendingPause = 20ms;
constexpr auto kBusyPause = 100ms;
constexpr auto kIdlePause = 1s;

// One stream. At any moment exactly one thing is under way: a read, a write or a wait; only
// OnCancel comes in between. Owns itself until gRPC is done with it; whatever is under way on
// another thread holds on to it too.
class Watcher final : public grpc::ServerWriteReactor<v1::WatchResponse>,
                      public std::enable_shared_from_this<Watcher> {
 public:
  struct Feed {
    ChangeStore& store;
    FeedWaiters& waiters;
    rpc::Executor& executor;
  };

  Watcher(Feed feed, FeedPosition position, DivisionRange range, bool until_current)
      : feed_(feed), position_(position), range_(range), until_current_(until_current) {}

  void Start() {
    self_ = shared_from_this();
    Read();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the watcher has left"));
    last_write_ = Clock::now();
    Continue();
  }

  void OnCancel() override {
    cancelled_ = true;
    feed_.waiters.Leave(waiting_);
  }

  void OnDone() override { self_.reset(); }

 private:
  void Read() {
    const bool accepted = feed_.executor.TryRun([self = shared_from_this()] { self->ReadPage(); });
    if (!accepted) Wait(kBusyPause);
  }

  void ReadPage() {
    if (cancelled_) {
      return Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the watcher has left"));
    }
    auto page = feed_.store.ReadChanges(position_, range_.from, range_.to, kPage);
    if (!page) return Finish(rpc::ToGrpcStatus(page.error()));
    at_end_ = page->at_end;
    pending_ = page->more_pending;
    position_ = page->next;
    const bool current = at_end_ && !pending_;
    // Whoever has just caught up is told so at once; afterwards a heartbeat does.
    const bool tell = !page->changes.empty() || (current && !told_current_) ||
                      Clock::now() - last_write_ >= kHeartbeat;
    if (!tell) return Continue();
    told_current_ = current;
    auto response = ToWatchResponse(*page);
    if (!response) return Finish(rpc::ToGrpcStatus(response.error()));
    response_ = std::move(*response);
    StartWrite(&response_);
  }

  void Continue() {
    if (!at_end_) return Read();
    if (pending_) return Wait(kPendingPause);
    if (until_current_) return Finish(grpc::Status::OK);
    Wait(kIdlePause);
  }

  void Wait(Clock::duration longest) {
    const auto self = shared_from_this();
    waiting_ = feed_.waiters.Wait(Clock::now() + longest,
                                  [self](FeedWaiters::Reason reason) { self->Woken(reason); });
    // Covers a cancellation between the last look at it and the wait. One that finds an older
    // wait's number is noticed when this wait ends.
    if (cancelled_) feed_.waiters.Leave(waiting_);
  }

  void Woken(FeedWaiters::Reason reason) {
    if (reason == FeedWaiters::Reason::kReadAgain) return Read();
    if (reason == FeedWaiters::Reason::kLeft) {
      return Finish(grpc::Status(grpc::StatusCode::CANCELLED, "the watcher has left"));
    }
    Finish(rpc::ToGrpcStatus(
        Unavailable("DRAINING", "this server is shutting down; resume with your token")));
  }

  std::shared_ptr<Watcher> self_;
  const Feed feed_;
  FeedPosition position_;
  const DivisionRange range_;
  const bool until_current_;
  v1::WatchResponse response_;
  bool at_end_ = false;
  bool pending_ = false;
  bool told_current_ = false;
  Clock::time_point last_write_ = Clock::now();
  std::atomic<bool> cancelled_ = false;
  std::atomic<FeedWaiters::Id> waiting_ = 0;
};

// A stream that ends before it began.
class Refusal final : public grpc::ServerWriteReactor<v1::WatchResponse> {
 public:
  explicit Refusal(const Error& error) { Finish(rpc::ToGrpcStatus(error)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerWriteReactor<v1::WatchResponse>* ChangeFeedRpc::Watch(grpc::CallbackServerContext*,
                                                                  const v1::WatchRequest* request) {
  const auto position = FromToken(request->resume_token());
  if (!position) return new Refusal(position.error());
  DivisionRange range;
  if (!request->division().empty()) {
    const auto division = ParseDivisionName(request->division());
    if (!division) return new Refusal(MalformedName("division", "divisions/{division}"));
    range = SubtreeOf(*division);
  }
  const auto watcher = std::make_shared<Watcher>(Watcher::Feed{store_, waiters_, executor_},
                                                 *position, range, request->until_current());
  watcher->Start();
  return watcher.get();
}

}  // namespace gongkai::plans
