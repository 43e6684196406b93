// gRPC's codes as HTTP statuses.
#pragma once

#include "services/common/status/error.h"

namespace gongkai::gateway {

// By the comments of google/rpc/code.proto; 500 for a number that is no code.
int HttpStatusOf(int code);

// The same, but for errors that HTTP has a status of its own for, by their reason:
// `METHOD_NOT_ALLOWED` → 405.
int HttpStatusOf(const Error& error);

}  // namespace gongkai::gateway
