// What of a request's headers goes along with the call.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "services/common/status/error.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

// The headers that upstreams get, under lower-case names; all others stay here.
std::vector<std::pair<std::string, std::string>> MetadataOf(const HttpRequest& request);

// `Grpc-Timeout: 500m` → 500 ms; hours H, minutes M, seconds S, then m, u, n. Nothing without the
// header. INVALID_ARGUMENT if it is not of this form.
Result<std::optional<std::chrono::nanoseconds>> TimeoutOf(const HttpRequest& request);

}  // namespace gongkai::gateway
