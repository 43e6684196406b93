#include "services/plans/rpc/shared_reads.h"

#include <utility>

namespace gongkai::plans {
namespace {

Result<FeedBatch> ReadBatch(ChangeStore& store, const FeedPosition& after) {
  auto page = store.ReadChanges(after, {});
  if (!page) return Fail(page.error());
  auto response = ToWatchResponse(*page, {});
  if (!response) return Fail(response.error());
  return FeedBatch{std::move(*page), std::move(*response)};
}

}  // namespace

SharedReads::~SharedReads() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return under_way_.empty(); });
}

bool SharedReads::Read(const FeedPosition& after, Done done) {
  std::lock_guard lock(mutex_);
  const auto [place, first] = under_way_.try_emplace(after);
  if (!first) {
    place->second.push_back(std::move(done));
    return true;
  }
  const bool accepted = executor_.TryRun(
      [this, after, done = std::move(done)]() mutable { Run(after, {std::move(done)}); });
  if (!accepted) under_way_.erase(place);
  return accepted;
}

void SharedReads::Run(const FeedPosition& after, std::vector<Done> served) {
  while (true) {
    const Batch batch = std::make_shared<const Result<FeedBatch>>(ReadBatch(store_, after));
    for (const auto& done : served) done(batch);
    std::lock_guard lock(mutex_);
    const auto place = under_way_.find(after);
    if (place->second.empty()) {
      under_way_.erase(place);
      // Under the lock: whoever waits for this may destroy the condition next.
      idle_.notify_all();
      return;
    }
    served = std::exchange(place->second, {});
  }
}

}  // namespace gongkai::plans
