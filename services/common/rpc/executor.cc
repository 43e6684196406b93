#include "services/common/rpc/executor.h"

#include <utility>

#include "services/common/telemetry/span.h"

namespace gongkai::rpc {
namespace {

// The caller's span goes along to the worker.
std::function<void()> Below(const telemetry::TraceContext& span, std::function<void()> task) {
  return [span, task = std::move(task)] {
    const telemetry::ActiveSpan active(span);
    task();
  };
}

}  // namespace

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
  if (const auto& span = telemetry::ActiveSpan::Context()) task = Below(*span, std::move(task));
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
