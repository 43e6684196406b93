#include "services/plans/rpc/reminder_watch.h"

#include <atomic>
#include <chrono>
#include <memory>

#include "services/common/rpc/call.h"
#include "services/common/rpc/status_mapping.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/reminder_rounds.h"
#include "services/plans/rpc/supervision_forms.h"

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;
using Clock = FeedWaiters::Clock;

constexpr auto kHeartbeat = 5s;
constexpr auto kBusyPause = 100ms;

grpc::Status Left() { return {grpc::StatusCode::CANCELLED, "the watcher has left"}; }

// At any moment exactly one thing is under way: a read, a write or a wait; only OnCancel comes in
// between. Whatever is under way on another thread holds on to the watcher.
class Watcher final : public grpc::ServerWriteReactor<v1::WatchDueRemindersResponse>,
                      public std::enable_shared_from_this<Watcher> {
 public:
  struct Wish {
    DivisionRange divisions;
    RoundPlace place;
    bool until_current;
  };

  Watcher(RemindersService& service, rpc::Executor& executor, FeedWaiters& waiters, Wish wish)
      : service_(service), executor_(executor), waiters_(waiters), wish_(std::move(wish)) {}

  void Start() {
    self_ = shared_from_this();
    Continue();
  }

  void OnWriteDone(bool ok) override {
    if (!ok) return Finish(Left());
    last_write_ = Clock::now();
    Continue();
  }

  void OnCancel() override {
    cancelled_ = true;
    waiters_.Leave(waiting_);
  }

  void OnDone() override { self_.reset(); }

 private:
  // The next thing to do. A commit of anybody wakes the waiting watcher too: then it looks at the
  // clock, not at the database.
  void Continue() {
    if (cancelled_) return Finish(Left());
    auto& place = wish_.place;
    const auto today = service_.Today();
    if (place.complete && place.day < today) place = NextRound(place, today);
    if (!place.complete) return Read();
    if (wish_.until_current && told_complete_) return Finish(grpc::Status::OK);
    if (!told_complete_ || Clock::now() - last_write_ >= kHeartbeat) return Beat();
    Wait(kHeartbeat - (Clock::now() - last_write_));
  }

  void Read() {
    told_complete_ = false;
    const auto self = shared_from_this();
    if (!executor_.TryRun([self] { self->ReadPart(); })) Wait(kBusyPause);
  }

  void ReadPart() {
    auto part = ReadRound(service_.store(), wish_.divisions, wish_.place);
    if (!part) return Finish(rpc::ToGrpcStatus(part.error()));
    const bool silent = part->due_reminders().empty() && !part->round_complete() &&
                        Clock::now() - last_write_ < kHeartbeat;
    if (silent) return Continue();
    Write(std::move(*part));
  }

  // Nothing new, but the place where the watcher is.
  void Beat() {
    v1::WatchDueRemindersResponse response;
    response.set_round_date(FormatDate(wish_.place.day));
    response.set_round_complete(true);
    response.set_resume_token(wish_.place.ToToken());
    Write(std::move(response));
  }

  void Write(v1::WatchDueRemindersResponse response) {
    told_complete_ = response.round_complete();
    response_ = std::move(response);
    StartWrite(&response_);
  }

  void Wait(Clock::duration longest) {
    const auto self = shared_from_this();
    waiting_ = waiters_.Wait(Clock::now() + longest,
                             [self](FeedWaiters::Reason reason) { self->Woken(reason); });
    // Covers a cancellation between the last look at it and the wait.
    if (cancelled_) waiters_.Leave(waiting_);
  }

  void Woken(FeedWaiters::Reason reason) {
    if (reason == FeedWaiters::Reason::kReadAgain) return Continue();
    if (reason == FeedWaiters::Reason::kLeft) return Finish(Left());
    Finish(rpc::ToGrpcStatus(
        Unavailable("DRAINING", "this server is shutting down; resume with your token")));
  }

  std::shared_ptr<Watcher> self_;
  RemindersService& service_;
  rpc::Executor& executor_;
  FeedWaiters& waiters_;
  Wish wish_;
  v1::WatchDueRemindersResponse response_;  // what is being written
  bool told_complete_ = false;
  Clock::time_point last_write_ = Clock::now();
  std::atomic<bool> cancelled_ = false;
  std::atomic<FeedWaiters::Id> waiting_ = 0;
};

// A stream that ends before it began.
class Refusal final : public grpc::ServerWriteReactor<v1::WatchDueRemindersResponse> {
 public:
  explicit Refusal(const Error& error) { Finish(rpc::ToGrpcStatus(error)); }
  void OnDone() override { delete this; }
};

}  // namespace

grpc::ServerWriteReactor<v1::WatchDueRemindersResponse>* WatchDueReminders(
    RemindersService& service, rpc::Executor& executor, FeedWaiters& waiters,
    const grpc::CallbackServerContext& context, const v1::WatchDueRemindersRequest& asked) {
  const auto call = rpc::Admit(executor, context, asked);
  if (!call) return new Refusal(call.error());
  const auto& request = call->RequestOr(asked);
  const auto division = ParseDivisionName(request.parent());
  if (!division) return new Refusal(MalformedName("parent", kDivisionForm));
  const auto place = RoundPlace::FromToken(request.resume_token(), service.Today());
  if (!place) return new Refusal(place.error());
  const auto watcher =
      std::make_shared<Watcher>(service, executor, waiters,
                                Watcher::Wish{.divisions = SubtreeOf(*division),
                                              .place = *place,
                                              .until_current = request.until_current()});
  watcher->Start();
  return watcher.get();
}

}  // namespace gongkai::plans
