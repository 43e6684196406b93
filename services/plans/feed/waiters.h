// Those who wait for the next change of the feed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>

namespace gongkai::plans {

// Thread-safe. Every waiter is woken exactly once; wake functions run on the thread that wakes,
// outside any lock, and must return at once.
class FeedWaiters {
 public:
  using Clock = std::chrono::steady_clock;
  using Id = std::uint64_t;

  enum class Reason {
    kReadAgain,  // there may be changes, or the waiter's time has come
    kLeft,       // Leave was called
    kStopping,   // the feed ends; also for whoever comes after Stop
  };

  // Wakes at the next WakeAll, at the latest with the first WakeDue from `latest` on.
  Id Wait(Clock::time_point latest, std::function<void(Reason)> wake);
  // Wakes that waiter now, unless it was woken already.
  void Leave(Id id);

  void WakeAll();
  void WakeDue(Clock::time_point now);
  void Stop();

 private:
  struct Waiter {
    Clock::time_point latest;
    std::function<void(Reason)> wake;
  };

  std::mutex mutex_;
  bool stopping_ = false;
  Id last_id_ = 0;
  std::map<Id, Waiter> waiters_;
};

}  // namespace gongkai::plans
