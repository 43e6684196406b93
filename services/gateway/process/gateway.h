// The whole gateway in one object: from options to a server that answers.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "services/common/config/config.h"
#include "services/gateway/process/options.h"

namespace gongkai::gateway {

class Gateway {
 public:
  // Checks the whole configuration, then listens. All faults come at once, and then no socket has
  // been opened.
  static tl::expected<std::unique_ptr<Gateway>, std::vector<config::Fault>> Start(
      const Options& options);
  // Interrupts what is still under way.
  ~Gateway();

  // HOST:PORT as bound.
  const std::string& address() const;

  // Not ready any more, no new connections; waits for the answers under way, as long as the options
  // allow.
  void Drain();

 private:
  class Parts;
  explicit Gateway(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace gongkai::gateway
