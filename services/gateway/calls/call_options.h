// What of a request's headers goes along with the call.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/common/status/error.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

using Metadata = std::vector<std::pair<std::string, std::string>>;

// Whether a header may be forwarded: a name that gRPC takes as metadata, and that neither HTTP nor
// gRPC uses itself.
bool IsForwardable(std::string_view name);

// The headers that upstreams get, under lower-case names; all others stay here. These are
// X-Gongkai-Actor, Authorization, Accept-Language, X-Request-Id, Tracestate, Baggage, those of
// `also`, and Grpc-Metadata-NAME under the name NAME. A value of NAME-bin is base64 and goes as its
// bytes. INVALID_ARGUMENT for a Grpc-Metadata header that cannot go.
Result<Metadata> MetadataOf(const HttpRequest& request, const std::vector<std::string>& also);

// `Grpc-Timeout: 500m` → 500 ms; hours H, minutes M, seconds S, then m, u, n. Nothing without the
// header. INVALID_ARGUMENT if it is not of this form.
Result<std::optional<std::chrono::nanoseconds>> TimeoutOf(const HttpRequest& request);

}  // namespace gongkai::gateway
