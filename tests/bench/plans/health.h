// An empty call: grpc.health.v1.Health/Check, whose request is empty and whose answer has one
// number.
#pragma once

#include <grpcpp/generic/generic_stub.h>

#include <functional>
#include <memory>

namespace gongkai::bench {

// Bytes instead of a message: the least that a call can be.
struct HealthCheck {
  grpc::ByteBuffer bytes{nullptr, 0};
  void Clear() {}
};

inline auto StartHealthCheck(std::shared_ptr<grpc::Channel> channel) {
  auto stub = std::make_shared<grpc::GenericStub>(std::move(channel));
  return [stub](grpc::ClientContext* context, const HealthCheck* request, HealthCheck* response,
                std::function<void(grpc::Status)> done) {
    stub->UnaryCall(context, "/grpc.health.v1.Health/Check", {}, &request->bytes, &response->bytes,
                    std::move(done));
  };
}

}  // namespace gongkai::bench
