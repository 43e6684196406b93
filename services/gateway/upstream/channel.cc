#include "services/gateway/upstream/channel.h"

#include <google/protobuf/descriptor.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include <algorithm>
#include <boost/asio/ip/address.hpp>
#include <nlohmann/json.hpp>

#include "services/common/rpc/server.h"
#include "services/gateway/descriptors/http_rule.h"

namespace gongkai::gateway {
namespace {

using nlohmann::json;

// `ipv4`, `ipv6`, or nothing for a host that is a name.
std::string FamilyOf(const std::string& address) {
  std::string host = address.substr(0, address.rfind(':'));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto numeric = boost::asio::ip::make_address(host, error);
  if (error) return "";
  return numeric.is_v4() ? "ipv4" : "ipv6";
}

bool OnlyReads(const google::protobuf::MethodDescriptor& method) {
  const auto rules = HttpRulesOf(method);
  return !method.client_streaming() && !rules.empty() &&
         std::all_of(rules.begin(), rules.end(),
                     [](const HttpRule& rule) { return rule.method == "GET"; });
}

json MethodsThatOnlyRead(const DescriptorSet& set) {
  json names = json::array();
  for (const auto& name : set.ServiceNames()) {
    const auto& service = *set.FindService(name);
    for (int i = 0; i < service.method_count(); ++i) {
      if (!OnlyReads(*service.method(i))) continue;
      names.push_back({{"service", name}, {"method", service.method(i)->name()}});
    }
  }
  return names;
}

}  // namespace

bool CanShareChannel(const std::vector<std::string>& addresses) {
  const std::string family = FamilyOf(addresses.front());
  return !family.empty() &&
         std::all_of(addresses.begin(), addresses.end(),
                     [&](const std::string& address) { return FamilyOf(address) == family; });
}

std::string ServiceConfig(const DescriptorSet& set, int attempts, bool watch_health) {
  json config = json::object();
  if (watch_health) {
    config["loadBalancingConfig"] = json::array({{{"round_robin", json::object()}}});
    config["healthCheckConfig"] = {{"serviceName", ""}};
  }
  const auto names = MethodsThatOnlyRead(set);
  if (attempts > 1 && !names.empty()) {
    config["methodConfig"] = json::array({{{"name", names},
                                           {"retryPolicy",
                                            {{"maxAttempts", attempts},
                                             {"initialBackoff", "0.05s"},
                                             {"maxBackoff", "0.5s"},
                                             {"backoffMultiplier", 2},
                                             {"retryableStatusCodes", {"UNAVAILABLE"}}}}}});
    config["retryThrottling"] = {{"maxTokens", 100}, {"tokenRatio", 0.1}};
  }
  return config.empty() ? "" : config.dump();
}

std::shared_ptr<grpc::Channel> ChannelTo(const std::vector<std::string>& addresses,
                                         const std::string& service_config) {
  auto arguments = rpc::ClientArguments();
  if (!service_config.empty()) {
    arguments.SetServiceConfigJSON(service_config);
    // What DNS says of services is not the operator's word.
    arguments.SetInt(GRPC_ARG_SERVICE_CONFIG_DISABLE_RESOLUTION, 1);
  }
  std::string target = addresses.front();
  if (addresses.size() > 1) {
    target = FamilyOf(target) + ':' + target;
    for (std::size_t i = 1; i < addresses.size(); ++i) target += ',' + addresses[i];
  }
  return grpc::CreateCustomChannel(target, grpc::InsecureChannelCredentials(), arguments);
}

}  // namespace gongkai::gateway
