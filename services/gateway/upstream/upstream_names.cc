#include "services/gateway/upstream/upstream_names.h"

#include <algorithm>
#include <iterator>

namespace gongkai::gateway {

bool IsNameFor(std::string_view name, std::string_view service) {
  return service.starts_with(name) &&
         (service.size() == name.size() || service[name.size()] == '.');
}

UpstreamsByName::const_iterator FindUpstream(const UpstreamsByName& upstreams,
                                             std::string_view service) {
  for (auto name = service;; name = name.substr(0, name.rfind('.'))) {
    const auto found = upstreams.find(std::string(name));
    if (found != upstreams.end() || name.find('.') == std::string_view::npos) return found;
  }
}

std::vector<std::string> ServicesWithUpstream(const UpstreamsByName& upstreams,
                                              const std::vector<std::string>& services) {
  std::vector<std::string> served;
  std::copy_if(services.begin(), services.end(), std::back_inserter(served),
               [&](const std::string& service) {
                 return FindUpstream(upstreams, service) != upstreams.end();
               });
  return served;
}

}  // namespace gongkai::gateway
