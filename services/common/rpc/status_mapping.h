// Errors as gRPC carries them: google.rpc.Status with exactly one ErrorInfo, BadRequest for field
// violations and a LocalizedMessage in zh-CN.
#pragma once

#include <grpcpp/support/status.h>

#include "services/common/status/error.h"

namespace gongkai::rpc {

// `domain` of every ErrorInfo that the services send.
inline constexpr char kErrorDomain[] = "gongkai";

grpc::Status ToGrpcStatus(const Error& error);

// The inverse, for clients. A status without an ErrorInfo gets the name of its code as reason.
// `status` must not be OK.
Error FromGrpcStatus(const grpc::Status& status);

}  // namespace gongkai::rpc
