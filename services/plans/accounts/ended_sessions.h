// Sessions that have ended before their time, as every replica must know them.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "services/plans/store/account_store.h"

namespace gongkai::plans {

// Thread-safe. What ends here is known at once; what ends in another replica, or by a command,
// within two seconds. `store` must outlive it.
class EndedSessions {
 public:
  explicit EndedSessions(AccountStore& store);
  ~EndedSessions();

  EndedSessions(const EndedSessions&) = delete;
  EndedSessions& operator=(const EndedSessions&) = delete;

  void Add(const std::string& session);
  bool Contains(const std::string& session) const;

 private:
  void Follow();
  void Read();

  AccountStore& store_;
  mutable std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::set<std::string> sessions_;
  std::set<std::string> added_;  // since the last reading began
  std::thread thread_;
};

}  // namespace gongkai::plans
