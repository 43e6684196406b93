// A SERVER span for each call of a gRPC server.
#pragma once

#include <grpcpp/support/server_interceptor.h>

#include <memory>

namespace gongkai::telemetry {

// For rpc::Server::Start. The parent is the call's metadata `traceparent`. The span is the active
// one of the thread while the handler is called; an executor carries it over to its worker. Nothing
// is recorded without Tracing.
std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> TraceCalls();

}  // namespace gongkai::telemetry
