#include "services/plans/feed/waiters.h"

#include <utility>
#include <vector>

namespace gongkai::plans {

FeedWaiters::Id FeedWaiters::Wait(Clock::time_point latest, std::function<void(Reason)> wake) {
  {
    std::lock_guard lock(mutex_);
    const Id id = ++last_id_;
    if (!stopping_) {
      waiters_.emplace(id, Waiter{latest, std::move(wake)});
      return id;
    }
  }
  wake(Reason::kStopping);
  return 0;
}

void FeedWaiters::Leave(Id id) {
  std::function<void(Reason)> wake;
  {
    std::lock_guard lock(mutex_);
    const auto waiter = waiters_.find(id);
    if (waiter == waiters_.end()) return;
    wake = std::move(waiter->second.wake);
    waiters_.erase(waiter);
  }
  wake(Reason::kLeft);
}

void FeedWaiters::WakeAll() { WakeDue(Clock::time_point::max()); }

void FeedWaiters::WakeDue(Clock::time_point now) {
  std::vector<std::function<void(Reason)>> due;
  {
    std::lock_guard lock(mutex_);
    for (auto waiter = waiters_.begin(); waiter != waiters_.end();) {
      if (waiter->second.latest > now) {
        ++waiter;
        continue;
      }
      due.push_back(std::move(waiter->second.wake));
      waiter = waiters_.erase(waiter);
    }
  }
  for (auto& wake : due) wake(Reason::kReadAgain);
}

void FeedWaiters::Stop() {
  std::map<Id, Waiter> waiters;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    waiters.swap(waiters_);
  }
  for (auto& [id, waiter] : waiters) waiter.wake(Reason::kStopping);
}

}  // namespace gongkai::plans
