#include "services/gateway/process/options.h"

#include <utility>

namespace gongkai::gateway {
namespace {

constexpr char kUpstream[] = "--upstream";

}  // namespace

UpstreamAddresses ParseUpstreams(const std::vector<std::string>& upstreams) {
  UpstreamAddresses addresses;
  for (const auto& pair : upstreams) {
    const auto equals = pair.find('=');
    const std::string service = pair.substr(0, equals);
    const std::string address = equals == std::string::npos ? "" : pair.substr(equals + 1);
    if (service.empty() || address.empty()) {
      addresses.faults.push_back(
          {kUpstream, "is \"" + pair + "\"; expected package.Service=HOST:PORT"});
      continue;
    }
    const auto [known, added] = addresses.by_service.emplace(service, address);
    if (!added) {
      addresses.faults.push_back(
          {kUpstream, "names " + service + " twice: " + known->second + " and " + address});
    }
  }
  if (upstreams.empty()) {
    addresses.faults.push_back({kUpstream, "is missing; expected package.Service=HOST:PORT"});
  }
  return addresses;
}

std::vector<config::Fault> CheckOptions(const Options& options) {
  auto faults = config::Faults(
      {config::CheckAddress("--listen", options.listen),
       options.threads.empty() ? std::nullopt
                               : config::CheckInteger("--threads", options.threads, 1, 256),
       config::CheckInteger("--drain-seconds", options.drain_seconds, 0, 3600)});
  if (options.auth != "none") {
    faults.push_back({"--auth", "is \"" + options.auth + "\"; expected none"});
  }
  for (auto& fault : ParseUpstreams(options.upstreams).faults) faults.push_back(std::move(fault));
  return faults;
}

}  // namespace gongkai::gateway
