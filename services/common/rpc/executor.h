// A bounded executor for handlers that block on SQL: its workers, and not the number of callers,
// set how much runs at once. Its gate is what a call must pass before it runs here.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "services/common/auth/gate.h"

namespace gongkai::rpc {

// Thread-safe. Runs tasks in the order of their arrival, as many at once as it has workers.
class Executor {
 public:
  struct Limits {
    int workers = 1;           // 1 or more; best one per database connection
    std::size_t queue = 1024;  // tasks that may wait
  };

  // `gate` must outlive the executor.
  Executor(Limits limits, const auth::Gate& gate);
  // Runs every task that was accepted, then returns.
  ~Executor();

  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  const auth::Gate& gate() const { return gate_; }

  // False, and nothing happens, if the queue is full. The task must not throw.
  [[nodiscard]] bool TryRun(std::function<void()> task);

 private:
  void Work();

  const auth::Gate& gate_;
  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace gongkai::rpc
