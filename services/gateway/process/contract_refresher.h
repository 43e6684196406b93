// Keeps the contract in force like the services that it is for.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "services/common/status/error.h"
#include "services/gateway/calls/contract.h"
#include "services/gateway/upstream/upstream_names.h"

namespace gongkai::gateway {

// Asks the upstreams for their descriptors by reflection: at once, then once each interval, and
// when a call finds that its method is not there. Where they have changed, a new contract takes the
// place of the old one; where they cannot be had or make no contract, the old one stays and the log
// says why.
class ContractRefresher {
 public:
  // `contract` must outlive the refresher.
  ContractRefresher(UpstreamsByName upstreams, std::chrono::seconds interval,
                    CurrentContract& contract);
  // Stops asking; the upstreams must have been closed, or the wait may be long.
  ~ContractRefresher();

  // Refreshes soon, but not more often than once a second. Thread-safe.
  void Hasten();

 private:
  void Run();
  void Refresh();
  Result<std::string> Descriptors() const;

  const UpstreamsByName upstreams_;
  const std::chrono::seconds interval_;
  CurrentContract& contract_;

  std::string known_;    // the descriptors of the contract in force
  std::string refused_;  // why the last ones were not taken

  std::mutex mutex_;
  std::condition_variable woken_;
  bool hastened_ = false;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace gongkai::gateway
