// Calls through gRPC's own client.
#pragma once

#include <grpcpp/channel.h>
#include <grpcpp/generic/generic_stub.h>

#include <condition_variable>
#include <cstddef>
#include <limits>
#include <map>
#include <memory>
#include <mutex>

#include "services/gateway/upstream/upstream.h"

namespace gongkai::gateway {

// One channel, for unary and streaming calls. Observers are told on gRPC's threads.
class GrpcUpstream : public Upstream {
 public:
  // Connects when first called. While `most_calls` are under way, further ones fail at once, so
  // that a server that hangs does not take the gateway's memory with it.
  explicit GrpcUpstream(std::shared_ptr<grpc::Channel> channel,
                        std::size_t most_calls = std::numeric_limits<std::size_t>::max());

  // Closes.
  ~GrpcUpstream() override;

  std::shared_ptr<Call> Start(CallRequest request, std::shared_ptr<CallObserver> observer) override;
  void Close() override;

 private:
  class Tracked;

  grpc::GenericStub stub_;
  const std::size_t most_calls_;
  std::mutex mutex_;
  std::condition_variable ended_;
  std::map<const void*, std::weak_ptr<Call>> under_way_;
  bool closed_ = false;
};

// To be called once before the first channel: leaves out the search for deadlocks that abseil does
// on each lock of a build without NDEBUG.
void PrepareGrpc();

}  // namespace gongkai::gateway
