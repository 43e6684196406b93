// Calls of a service from the command line.
#pragma once

#include <grpcpp/grpcpp.h>

#include <chrono>
#include <string>

#include "services/common/rpc/status_mapping.h"
#include "services/common/status/error.h"

namespace gongkai::cli {

// Where a command finds a service, and the option that names another place.
struct ServiceAddress {
  std::string address;  // HOST:PORT
  std::string option;   // e.g. `--plans`
};

// UNAVAILABLE with reason SERVICE_UNREACHABLE and what to do about it.
Error Unreachable(const ServiceAddress& service);

// What the services are shown where they ask who calls: the environment variable GONGKAI_TOKEN,
// empty for none.
std::string TokenOfCaller();

// 128 random bits: the same for every attempt of one call, different for any other.
std::string RequestId();

// Calls `stub.method(request)` of the service there and waits up to a minute for the answer. A call
// that may or may not have been done is sent again, up to three times: every write of the commands
// carries a request_id, so that it is done once.
template <typename Stub, typename Request, typename Response>
Result<Response> Call(const ServiceAddress& service, Stub& stub,
                      grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&, Response*),
                      const Request& request) {
  for (int attempt = 1;; ++attempt) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(60));
    context.AddMetadata("x-gongkai-actor", "gongkai-command");
    if (const auto token = TokenOfCaller(); !token.empty()) {
      context.AddMetadata("authorization", "Bearer " + token);
    }
    Response response;
    const auto status = (stub.*method)(&context, request, &response);
    if (status.ok()) return response;
    const bool unavailable = status.error_code() == grpc::StatusCode::UNAVAILABLE;
    if (unavailable && attempt < 3) continue;
    // A service that answered says more than that it is not there.
    if (unavailable && status.error_details().empty()) return Fail(Unreachable(service));
    return Fail(rpc::FromGrpcStatus(status));
  }
}

}  // namespace gongkai::cli
