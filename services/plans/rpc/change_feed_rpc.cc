#include "services/plans/rpc/change_feed_rpc.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <memory>

#include "services/common/rpc/call.h"
#include "services/common/rpc/status_mapping.h"
#include "services/plans/rpc/feed_messages.h"

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;
using Clock = FeedWaiters::Clock;

constexpr auto kHeartbeat = 5s;
// How soon to look again: when changes wait for an older transaction to end, when the executor is
// full, and in any case, should a signal be lost.
constexpr auto kPendingPause = 20ms;
constexpr auto kBusyPause = 100ms;
constexpr auto kIdlePause = 1s;

grpc::Status Left() { return {grpc::StatusCode::CANCELLED, "the watcher has left"}; }

// One stream. At any moment exactly one thing is under way: a read, a write or a wait; only
// OnCancel comes in between. Owns itself until gRPC is done with it; whatever is under way on
// another thread holds on to it too.
class Watcher final : public grpc::ServerWriteReactor<v1::WatchResponse>,
                      public std::enable_shared_from_this<Watcher> {
 public:
  struct Feed {
    ChangeStore& changes;
    SnapshotStore& snapshots;
    FeedWaiters& waiters;
    rpc::Executor& executor;
    SharedReads& shared;
  };
  struct Wish {
    FeedPlace place;
    FeedFilter filter;
    bool begin_snapshot;
    bool until_current;
  };

  Watcher(Feed feed, Wish wish) : feed_(feed), wish_(std::move(wish)), place_(wish_.place) {}

  void Start() {
    self_ = shared_from_this();
    Read();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(Left());
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
    const auto self = shared_from_this();
    const bool accepted =
        at_end_ ? feed_.shared.Read(place_.position,
                                    [self](const auto& batch) { self->TakeShared(batch); })
                : feed_.executor.TryRun([self] { self->ReadOwn(); });
    if (!accepted) Wait(kBusyPause);
  }

  void ReadOwn() {
    if (cancelled_) return Finish(Left());
    if (wish_.begin_snapshot || place_.snapshot) return ReadSnapshot();
    auto page = feed_.changes.ReadChanges(place_.position, wish_.filter);
    if (!page) return Finish(rpc::ToGrpcStatus(page.error()));
    const bool tell = MoveTo(*page, !page->changes.empty());
    if (!tell) return Continue();
    Write(ToWatchResponse(*page, wish_.filter));
  }

  void TakeShared(const SharedReads::Batch& batch) {
    if (cancelled_) return Finish(Left());
    if (!*batch) return Finish(rpc::ToGrpcStatus(batch->error()));
    const auto& page = (*batch)->page;
    const bool passes =
        std::any_of(page.changes.begin(), page.changes.end(), [this](const StoredChange& change) {
          return wish_.filter.Passes(change.division, change.kind);
        });
    if (!MoveTo(page, passes)) return Continue();
    if (!wish_.filter.PassesAll()) return Write(ToWatchResponse(page, wish_.filter));
    shared_ = batch;
    StartWrite(&(*shared_)->response);
  }

  void ReadSnapshot() {
    if (wish_.begin_snapshot) {
      const auto begin = feed_.snapshots.Begin();
      if (!begin) return Finish(rpc::ToGrpcStatus(begin.error()));
      place_.position = *begin;
      wish_.begin_snapshot = false;
    }
    auto page = feed_.snapshots.ReadPage(place_.snapshot, wish_.filter);
    if (!page) return Finish(rpc::ToGrpcStatus(page.error()));
    place_.snapshot = page->next;
    Write(ToWatchResponse(*page, place_.position, wish_.filter));
  }

  // True if the page is worth a message: it has changes for this watcher, or the watcher has just
  // caught up, or was told nothing for a while.
  bool MoveTo(const FeedPage& page, bool has_changes) {
    at_end_ = page.at_end;
    pending_ = page.more_pending;
    place_.position = page.next;
    const bool current = at_end_ && !pending_;
    const bool tell =
        has_changes || (current && !told_current_) || Clock::now() - last_write_ >= kHeartbeat;
    if (tell) told_current_ = current;
    return tell;
  }

  void Write(Result<v1::WatchResponse> response) {
    if (!response) return Finish(rpc::ToGrpcStatus(response.error()));
    response_ = std::move(*response);
    StartWrite(&response_);
  }

  void Continue() {
    if (!at_end_) return Read();
    if (pending_) return Wait(kPendingPause);
    if (wish_.until_current) return Finish(grpc::Status::OK);
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
    if (reason == FeedWaiters::Reason::kLeft) return Finish(Left());
    Finish(rpc::ToGrpcStatus(
        Unavailable("DRAINING", "this server is shutting down; resume with your token")));
  }

  std::shared_ptr<Watcher> self_;
  const Feed feed_;
  Wish wish_;
  FeedPlace place_;
  v1::WatchResponse response_;  // what is being written: this one
  SharedReads::Batch shared_;   // or the one of this batch
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

grpc::ServerWriteReactor<v1::WatchResponse>* ChangeFeedRpc::Watch(
    grpc::CallbackServerContext* context, const v1::WatchRequest* asked) {
  const auto call = rpc::Admit(executor_, *context, *asked);
  if (!call) return new Refusal(call.error());
  const auto& request = call->RequestOr(*asked);
  const auto filter = FilterOf(request);
  if (!filter) return new Refusal(filter.error());
  const auto place = FromToken(request.resume_token(), *filter);
  if (!place) return new Refusal(place.error());
  const auto watcher = std::make_shared<Watcher>(
      Watcher::Feed{changes_, snapshots_, waiters_, executor_, shared_},
      Watcher::Wish{.place = *place,
                    .filter = *filter,
                    .begin_snapshot = request.snapshot() && request.resume_token().empty(),
                    .until_current = request.until_current()});
  watcher->Start();
  return watcher.get();
}

}  // namespace gongkai::plans
