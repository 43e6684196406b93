// Tells an observer of the calls of a gRPC server.
#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <memory>

#include "services/common/telemetry/call_observer.h"

namespace gongkai::telemetry {

// For ServerOptions::interceptors. A call ends when its last byte has been handed over; one whose
// caller left before has the code CANCELLED. `observer` must outlive the server.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> ObserveCalls(
    CallObserver& observer);

}  // namespace gongkai::telemetry
