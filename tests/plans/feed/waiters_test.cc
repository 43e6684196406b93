#include "services/plans/feed/waiters.h"

#include <gtest/gtest.h>

#include <vector>

namespace gongkai::plans {
namespace {

using namespace std::chrono_literals;
using Reason = FeedWaiters::Reason;
using Reasons = std::vector<Reason>;

TEST(FeedWaiters, WakesEveryWaiterOnceAtTheNextChange) {
  FeedWaiters waiters;
  Reasons woken;
  for (int i = 0; i < 2; ++i) {
    waiters.Wait(FeedWaiters::Clock::now() + 1h, [&](Reason reason) { woken.push_back(reason); });
  }
  waiters.WakeAll();
  waiters.WakeAll();
  EXPECT_EQ(woken, (Reasons{Reason::kReadAgain, Reason::kReadAgain}));
}

TEST(FeedWaiters, WakesOnlyThoseWhoseTimeHasCome) {
  FeedWaiters waiters;
  Reasons early, late;
  const auto now = FeedWaiters::Clock::now();
  waiters.Wait(now + 1s, [&](Reason reason) { early.push_back(reason); });
  waiters.Wait(now + 3s, [&](Reason reason) { late.push_back(reason); });
  waiters.WakeDue(now + 2s);
  EXPECT_EQ(early, Reasons{Reason::kReadAgain});
  EXPECT_TRUE(late.empty());
}

TEST(FeedWaiters, LetsAWaiterLeaveOnce) {
  FeedWaiters waiters;
  Reasons woken;
  const auto id =
      waiters.Wait(FeedWaiters::Clock::now() + 1h, [&](Reason reason) { woken.push_back(reason); });
  waiters.Leave(id);
  waiters.Leave(id);
  waiters.WakeAll();
  EXPECT_EQ(woken, Reasons{Reason::kLeft});
}

TEST(FeedWaiters, EndsWaitsPresentAndFuture) {
  FeedWaiters waiters;
  Reasons woken;
  const auto note = [&](Reason reason) { woken.push_back(reason); };
  waiters.Wait(FeedWaiters::Clock::now() + 1h, note);
  waiters.Stop();
  waiters.Wait(FeedWaiters::Clock::now() + 1h, note);
  EXPECT_EQ(woken, (Reasons{Reason::kStopping, Reason::kStopping}));
}

TEST(FeedWaiters, MayWaitAgainFromTheWakeItself) {
  FeedWaiters waiters;
  int woken = 0;
  std::function<void(Reason)> again = [&](Reason) {
    if (++woken < 3) waiters.Wait(FeedWaiters::Clock::now() + 1h, again);
  };
  waiters.Wait(FeedWaiters::Clock::now() + 1h, again);
  for (int i = 0; i < 5; ++i) waiters.WakeAll();
  EXPECT_EQ(woken, 3);
}

}  // namespace
}  // namespace gongkai::plans
