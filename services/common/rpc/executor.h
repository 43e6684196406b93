// A bounded executor for handlers that block on SQL: its workers, and not the number of callers,
// set how much runs at once.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace gongkai::rpc {

// Thread-safe. Runs tasks in the order of their arrival, as many at once as it has workers.
class Executor {
 public:
  struct Limits {
    int workers = 1;           // 1 or more; best one per database connection
    std::size_t queue = 1024;  // tasks that may wait
  };

  explicit Executor(Limits limits);
  // Runs every task that was accepted, then returns.
  ~Executor();

  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;

  // False, and nothing happens, if the queue is full. The task must not throw.
  [[nodiscard]] bool TryRun(std::function<void()> task);

 private:
  void Work();

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<std::function<void()>> queue_;
  bool stopping_ = false;
  std::vector<std::thread> workers_;
};

}  // namespace gongkai::rpc
