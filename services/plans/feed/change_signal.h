// Tells every replica of the service that something was committed.
#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace gongkai::plans {

// Sends and hears PostgreSQL notifications on two connections of its own. A NOTIFY inside the
// writing transaction would make all commits wait for each other, so it is sent after the commit
// and once for all that were committed meanwhile; whoever hears none (the sender was killed in
// between) is covered by the tick.
class ChangeSignal {
 public:
  struct Listener {
    std::function<void()> changed;  // something was committed, by any replica
    std::function<void()> tick;     // a few times a second, whatever happens
  };

  // The functions run on a thread of the signal and must return at once.
  ChangeSignal(std::string complete_conninfo, Listener listener);
  ~ChangeSignal();

  ChangeSignal(const ChangeSignal&) = delete;
  ChangeSignal& operator=(const ChangeSignal&) = delete;

  // Thread-safe; returns at once.
  void Committed();

 private:
  void Send();
  void Hear();

  const std::string conninfo_;
  const Listener listener_;
  std::mutex mutex_;
  std::condition_variable committed_;
  bool pending_ = false;
  bool stopping_ = false;
  std::thread sender_;
  std::thread hearer_;
};

}  // namespace gongkai::plans
