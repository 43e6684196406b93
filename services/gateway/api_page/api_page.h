// A page for people that shows what /openapi.json says.
#pragma once

#include "services/gateway/console/assets.h"

namespace gongkai::gateway {

// `/api` and what it loads, compiled into the binary.
Assets ApiPage();

}  // namespace gongkai::gateway
