#include "services/gateway/process/options.h"

#include <utility>

#include "services/gateway/calls/call_options.h"
#include "services/gateway/http/client_address.h"
#include "services/gateway/upstream/channel.h"

namespace gongkai::gateway {
namespace {

constexpr char kUpstream[] = "--upstream";

bool IsOrigin(const std::string& origin) {
  if (origin == "*") return true;
  const auto host = origin.find("://");
  return host != std::string::npos && host > 0 && host + 3 < origin.size() &&
         origin.find_first_of("/?# \t", host + 3) == std::string::npos;
}

}  // namespace

UpstreamAddresses ParseUpstreams(const std::vector<std::string>& upstreams) {
  UpstreamAddresses addresses;
  for (const auto& pair : upstreams) {
    const auto equals = pair.find('=');
    const std::string name = pair.substr(0, equals);
    const std::string address = equals == std::string::npos ? "" : pair.substr(equals + 1);
    if (name.empty() || address.empty()) {
      addresses.faults.push_back(
          {kUpstream,
           "is \"" + pair + "\"; expected package.Service=HOST:PORT or package=HOST:PORT"});
      continue;
    }
    auto& known = addresses.by_name[name];
    known.push_back(address);
    if (known.size() > 1 && !CanShareChannel(known)) {
      addresses.faults.push_back(
          {kUpstream, "names " + name + " twice: " + known.front() + " and " + address +
                          "; several addresses must be numeric and of one family"});
    }
  }
  if (upstreams.empty()) {
    addresses.faults.push_back(
        {kUpstream, "is missing; expected package.Service=HOST:PORT or package=HOST:PORT"});
  }
  return addresses;
}

std::vector<config::Fault> CheckOptions(const Options& options) {
  auto faults = config::Faults(
      {config::CheckAddress("--listen", options.listen),
       options.threads.empty() ? std::nullopt
                               : config::CheckInteger("--threads", options.threads, 1, 256),
       config::CheckInteger("--max-body-bytes", options.max_body_bytes, 1024, 1 << 30),
       config::CheckInteger("--reflect-seconds", options.reflect_seconds, 1, 86400),
       config::CheckInteger("--header-seconds", options.header_seconds, 1, 3600),
       config::CheckInteger("--body-seconds", options.body_seconds, 1, 86400),
       config::CheckInteger("--idle-seconds", options.idle_seconds, 1, 86400),
       config::CheckInteger("--retry-attempts", options.retry_attempts, 1, 5),
       config::CheckInteger("--max-calls", options.max_calls, 1, 1'000'000),
       config::CheckInteger("--heartbeat-seconds", options.heartbeat_seconds, 1, 3600),
       config::CheckInteger("--drain-seconds", options.drain_seconds, 0, 3600),
       options.otlp_endpoint.empty()
           ? std::nullopt
           : config::CheckAddress("--otlp-endpoint", options.otlp_endpoint),
       config::CheckShare("--trace-ratio", options.trace_ratio)});
  for (const auto& origin : options.cors_origins) {
    if (!IsOrigin(origin)) {
      faults.push_back({"--cors-origin", "is \"" + origin +
                                             "\"; expected SCHEME://HOST[:PORT] without a path, "
                                             "or *"});
    }
  }
  for (const auto& name : options.forward_headers) {
    if (!IsForwardable(name)) {
      faults.push_back({"--forward-header", "is \"" + name +
                                                "\"; expected the name of a header "
                                                "that HTTP and gRPC do not use themselves"});
    }
  }
  if (const auto proxies = TrustedProxies::Parse(options.trusted_proxies); !proxies) {
    faults.push_back({"--trusted-proxy", proxies.error().message});
  }
  if (options.reflect && !options.descriptor_set.empty()) {
    faults.push_back({"--reflect", "and --descriptor-set cannot both tell the descriptors"});
  }
  if (options.auth != "none") {
    faults.push_back({"--auth", "is \"" + options.auth + "\"; expected none"});
  }
  for (auto& fault : ParseUpstreams(options.upstreams).faults) faults.push_back(std::move(fault));
  return faults;
}

}  // namespace gongkai::gateway
