#include "services/plans/audit/audit_sealer.h"

#include <chrono>

#include "services/common/log/log.h"

namespace gongkai::plans {
namespace {

constexpr auto kPause = std::chrono::seconds(1);

}  // namespace

AuditSealer::AuditSealer(AuditChain& chain, AuditDigest digest)
    : chain_(chain), digest_(digest), thread_([this] { Run(); }) {}

AuditSealer::~AuditSealer() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
}

void AuditSealer::Run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    const auto sealed = chain_.Seal(digest_);
    if (!sealed) {
      log::Warning("audit trail not sealed",
                   {{"reason", sealed.error().reason}, {"message", sealed.error().message}});
    }
    lock.lock();
    // Goes on at once while there is a backlog.
    if (sealed.value_or(0) == 0) stop_.wait_for(lock, kPause, [this] { return stopping_; });
  }
}

}  // namespace gongkai::plans
