// How a client wants its JSON.
#pragma once

#include "services/common/status/error.h"
#include "services/common/transcoding/json_writer.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

// From the parameters of the media type, in Accept or in the query parameter `$alt`, which wins:
//
//   Accept: application/json;enum-encoding=int;defaults=true;names=proto
//   GET /v1/units?$alt=json;enum-encoding=int
//
// INVALID_ARGUMENT for an `$alt` that is not of this form; in Accept, what is unknown is passed
// over.
Result<JsonOptions> JsonOptionsOf(const HttpRequest& request);

}  // namespace gongkai::gateway
