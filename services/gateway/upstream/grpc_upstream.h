// Calls through gRPC's own client.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <memory>
#include <string>

#include "services/gateway/upstream/upstream.h"

namespace gongkai::gateway {

// One channel, for unary and server-streaming calls. Observers are told on gRPC's threads.
class GrpcUpstream : public Upstream {
 public:
  // Connects when first called.
  explicit GrpcUpstream(std::shared_ptr<grpc::Channel> channel);

  std::shared_ptr<Call> Start(CallRequest request, std::shared_ptr<CallObserver> observer) override;

 private:
  grpc::GenericStub stub_;
};

// To be called once before the first channel: leaves out the search for deadlocks that abseil does
// on each lock of a build without NDEBUG.
void PrepareGrpc();

}  // namespace gongkai::gateway
