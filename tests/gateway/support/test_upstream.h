// A gRPC server for the services of tests/support/proto that answers as it is told and remembers
// what it received.
#pragma once

#include <google/protobuf/descriptor.pb.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace gongkai::gateway {

// What a call is answered with.
struct PlannedAnswer {
  std::vector<std::string> messages;  // wire format
  std::map<std::string, std::string> metadata;
  grpc::Status status;
  bool stays_open = false;  // after the messages, until the caller leaves
};

struct ReceivedCall {
  std::string method;                 // `/package.Service/Method`
  std::string message;                // the first one
  std::vector<std::string> messages;  // all that the caller sent
  std::map<std::string, std::string> metadata;
  std::chrono::system_clock::time_point deadline;
};

// Thread-safe. Listens on a free port of 127.0.0.1.
class TestUpstream : public grpc::CallbackGenericService {
 public:
  TestUpstream();
  ~TestUpstream() override;

  const std::string& address() const { return address_; }

  // For all calls from now on.
  void Answer(PlannedAnswer answer);
  // What grpc.reflection.v1 tells, one file an answer; UNIMPLEMENTED without this. Such calls are
  // not remembered. (gRPC's own servers offer v1alpha, of the services that the program knows.)
  void Reflect(google::protobuf::FileDescriptorSet files);
  // Waits until reflection has been asked for services this many more times.
  bool WaitForReflections(int count);
  // The last call, which is forgotten; nothing if there was none.
  std::optional<ReceivedCall> TakeCall();
  // How many messages have left on the present stream.
  int sent() const;
  // Waits until a call has ended because its caller left.
  bool WaitForCancellation();

  grpc::ServerGenericBidiReactor* CreateReactor(
      grpc::GenericCallbackServerContext* context) override;

 private:
  class Reactor;

  // Of what is reflected, for list_services.
  std::string ServiceList() const;
  PlannedAnswer ReflectionAnswer(const std::vector<std::string>& requests);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  PlannedAnswer answer_;
  std::optional<ReceivedCall> call_;
  std::optional<google::protobuf::FileDescriptorSet> reflected_;
  int reflections_ = 0;
  int sent_ = 0;
  bool cancelled_ = false;
  std::string address_;
  std::unique_ptr<grpc::Server> server_;
};

}  // namespace gongkai::gateway
