#include "services/reporting/projector/batch_queue.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

namespace gongkai::reporting {
namespace {

template <typename Fact>
void Append(std::vector<Fact>& facts, std::vector<Fact>& more) {
  if (facts.empty()) return facts.swap(more);
  facts.insert(facts.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
}

// A heartbeat is of any day.
bool OfOneDay(const Batch& one, const Batch& other) {
  return one.size() == 0 || other.size() == 0 || one.known_day == other.known_day;
}

}  // namespace

bool Join(Batch& batch, Batch&& next, std::size_t most) {
  if (batch.resume_token != next.after_token || !OfOneDay(batch, next) ||
      batch.size() + next.size() > most) {
    return false;
  }
  batch.resume_token = std::move(next.resume_token);
  if (next.current_as_of) batch.current_as_of = next.current_as_of;
  if (batch.size() == 0) batch.known_day = next.known_day;
  const auto room = Batch::kMostTraces - std::min(Batch::kMostTraces, batch.traces.size());
  next.traces.resize(std::min(next.traces.size(), room));
  Append(batch.traces, next.traces);
  Append(batch.divisions, next.divisions);
  Append(batch.units, next.units);
  Append(batch.plans, next.plans);
  Append(batch.tasks, next.tasks);
  Append(batch.assignments, next.assignments);
  Append(batch.occurrences, next.occurrences);
  Append(batch.documents, next.documents);
  Append(batch.interpretations, next.interpretations);
  return true;
}

bool BatchQueue::Put(Batch batch) {
  std::unique_lock lock(mutex_);
  changed_.wait(
      lock, [&] { return stopped_ || batches_.empty() || facts_ + batch.size() <= most_facts_; });
  if (stopped_) return false;
  facts_ += batch.size();
  batches_.push_back(std::move(batch));
  changed_.notify_all();
  return true;
}

void BatchQueue::End(Result<void> end) {
  std::lock_guard lock(mutex_);
  end_ = std::move(end);
  changed_.notify_all();
}

std::optional<Batch> BatchQueue::Take() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [&] { return !batches_.empty() || end_ || stopped_; });
  if (batches_.empty() || stopped_) return std::nullopt;
  auto batch = std::move(batches_.front());
  batches_.pop_front();
  while (!batches_.empty() && Join(batch, std::move(batches_.front()), most_facts_)) {
    batches_.pop_front();
  }
  facts_ -= batch.size();
  changed_.notify_all();
  return batch;
}

void BatchQueue::Stop() {
  std::lock_guard lock(mutex_);
  stopped_ = true;
  batches_.clear();
  facts_ = 0;
  changed_.notify_all();
}

Result<void> BatchQueue::end() {
  std::lock_guard lock(mutex_);
  return end_.value_or(Result<void>());
}

}  // namespace gongkai::reporting
