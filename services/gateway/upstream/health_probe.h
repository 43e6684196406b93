// Asks upstreams by grpc.health.v1 whether they serve.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "services/gateway/upstream/upstream.h"

namespace gongkai::gateway {

// An upstream as the operator named it.
struct NamedUpstream {
  std::string address;
  std::shared_ptr<Upstream> upstream;
};

struct UpstreamHealth {
  std::string address;
  bool serving = false;
  std::string reason;  // why not
};

// Tells `done`, once and from any thread, in the order of `upstreams`. A server that answers
// without having the health service counts as serving.
void ProbeHealth(const std::vector<NamedUpstream>& upstreams,
                 std::function<void(std::vector<UpstreamHealth>)> done);

}  // namespace gongkai::gateway
