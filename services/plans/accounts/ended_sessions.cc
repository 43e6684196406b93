#include "services/plans/accounts/ended_sessions.h"

#include <utility>

#include "services/common/log/log.h"

namespace gongkai::plans {
namespace {

constexpr std::chrono::seconds kPause{2};

}  // namespace

EndedSessions::EndedSessions(AccountStore& store) : store_(store) {
  // Before the first call is let in.
  Read();
  thread_ = std::thread([this] { Follow(); });
}

EndedSessions::~EndedSessions() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void EndedSessions::Add(const std::string& session) {
  std::lock_guard lock(mutex_);
  sessions_.insert(session);
  added_.insert(session);
}

bool EndedSessions::Contains(const std::string& session) const {
  std::lock_guard lock(mutex_);
  return sessions_.contains(session);
}

void EndedSessions::Follow() {
  while (true) {
    {
      std::unique_lock lock(mutex_);
      if (stop_.wait_for(lock, kPause, [this] { return stopping_; })) return;
    }
    Read();
  }
}

void EndedSessions::Read() {
  {
    std::lock_guard lock(mutex_);
    added_.clear();
  }
  auto ended = store_.EndedSessions();
  if (!ended) {
    log::Warning("ended sessions cannot be read", {{"reason", ended.error().reason}});
    return;
  }
  std::lock_guard lock(mutex_);
  ended->insert(added_.begin(), added_.end());
  sessions_ = std::move(*ended);
}

}  // namespace gongkai::plans
