// Which upstream serves a service, by the names that the operator gave.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/upstream/upstream.h"

namespace gongkai::gateway {

// Upstreams by the name of a service, or of a package for all services in it and in the packages
// below it. Of several names that suit a service the longest wins.
//
//   library = A, library.Loans = B: library.Books and library.v2.Books go to A, library.Loans to B
using UpstreamsByName = std::map<std::string, std::shared_ptr<Upstream>>;

// Whether `name` is that of the service or of a package around it.
bool IsNameFor(std::string_view name, std::string_view service);

// The entry of the longest name for the service; end() where there is none.
UpstreamsByName::const_iterator FindUpstream(const UpstreamsByName& upstreams,
                                             std::string_view service);

// Those of `services`, by full names, that have an upstream, in the same order.
std::vector<std::string> ServicesWithUpstream(const UpstreamsByName& upstreams,
                                              const std::vector<std::string>& services);

}  // namespace gongkai::gateway
