#include "services/common/rpc/executor.h"

#include <utility>

namespace gongkai::rpc {

Executor::Executor(Limits limits, const auth::Gate& gate)
    : gate_(gate), queue_limit_(limits.queue) {
  workers_.reserve(limits.workers);
  for (int i = 0; i < limits.workers; ++i) workers_.emplace_back([this] { Work(); });
}

Executor::~Executor() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  arrived_.notify_all();
  for (auto& worker : workers_) worker.join();
}

bool Executor::TryRun(std::function<void()> task) {
  {
    std::lock_guard lock(mutex_);
    if (stopping_ || queue_.size() >= queue_limit_) return false;
    queue_.push_back(std::move(task));
  }
  arrived_.notify_one();
  return true;
}

void Executor::Work() {
  while (true) {
    std::function<void()> task;
    {
      std::unique_lock lock(mutex_);
      arrived_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
      if (queue_.empty()) return;
      task = std::move(queue_.front());
      queue_.pop_front();
    }
    task();
  }
}

}  // namespace gongkai::rpc
