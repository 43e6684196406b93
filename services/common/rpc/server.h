// A gRPC server with what every service of the project owes its clients: health, reflection,
// bounded messages, connection age, and a drain that loses no call.
#pragma once

#include <grpcpp/grpcpp.h>
#include <grpcpp/support/server_interceptor.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::rpc {

struct ServerOptions {
  std::string listen;                         // HOST:PORT; port 0 picks a free one
  int max_message_bytes = 32 * 1024 * 1024;   // of a request
  std::chrono::milliseconds drain_wait{200};  // NOT_SERVING is seen before calls are refused
  std::chrono::seconds drain_limit{10};       // then what still runs is cancelled
};

// See telemetry/call_interceptor.h.
using Interceptors =
    std::vector<std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface>>;

class Server {
 public:
  // Opens the socket. The services must outlive the server. UNAVAILABLE with reason
  // ADDRESS_IN_USE if the address cannot be bound.
  static Result<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                               const std::vector<grpc::Service*>& services,
                                               Interceptors interceptors = {});
  // Drains if Drain was not called.
  ~Server();

  // HOST:PORT as bound.
  const std::string& address() const { return address_; }

  // What grpc.health.v1 answers; a new server answers NOT_SERVING until it is told otherwise.
  void SetServing(bool serving);

  // NOT_SERVING, a moment for clients to see it, no new calls, wait for those under way.
  void Drain();

 private:
  Server(ServerOptions options, std::unique_ptr<grpc::Server> server, std::string address);

  const ServerOptions options_;
  std::unique_ptr<grpc::Server> server_;
  const std::string address_;
};

// Blocks until SIGTERM or SIGINT arrives. Call BlockSignals first, before any thread starts.
void BlockSignals();
void WaitForSignal();

// What a client owes: keepalive, round robin over all addresses, and DNS asked again within a
// second when one goes.
grpc::ChannelArguments ClientArguments();

// A channel with these arguments.
std::shared_ptr<grpc::Channel> MakeChannel(const std::string& address);

}  // namespace gongkai::rpc
