// Seals the audit trail while the service runs.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "services/plans/audit/audit_chain.h"

namespace gongkai::plans {

// Runs on a thread of its own, once a second, from construction to destruction. A fault is logged
// and tried again.
class AuditSealer {
 public:
  // `chain` must outlive the sealer.
  AuditSealer(AuditChain& chain, AuditDigest digest);
  ~AuditSealer();

  AuditSealer(const AuditSealer&) = delete;
  AuditSealer& operator=(const AuditSealer&) = delete;

 private:
  void Run();

  AuditChain& chain_;
  const AuditDigest digest_;
  std::mutex mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace gongkai::plans
