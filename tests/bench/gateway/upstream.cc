// The server behind all gateways that are measured: fixed answers, as fast as gRPC gives them.
#include <grpcpp/grpcpp.h>

#include <iostream>
#include <string>

#include "bench/tasks.grpc.pb.h"
#include "services/common/rpc/server.h"
#include "tests/bench/gateway/tasks_data.h"

namespace {

using ::bench::tasks::v1::Tasks;

grpc::ByteBuffer BufferOf(const google::protobuf::Message& message) {
  const grpc::Slice slice(message.SerializeAsString());
  return grpc::ByteBuffer(&slice, 1);
}

grpc::ServerUnaryReactor* Answer(grpc::CallbackServerContext* context, grpc::ByteBuffer* response,
                                 const grpc::ByteBuffer& answer) {
  *response = answer;
  auto* reactor = context->DefaultReactor();
  reactor->Finish(grpc::Status::OK);
  return reactor;
}

using RawService = Tasks::WithRawCallbackMethod_GetTask<Tasks::WithRawCallbackMethod_ListTasks<
    Tasks::WithRawCallbackMethod_UpdateTask<Tasks::Service>>>;

class FixedTasks : public RawService {
 public:
  grpc::ServerUnaryReactor* GetTask(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                    grpc::ByteBuffer* response) override {
    return Answer(context, response, task_);
  }
  grpc::ServerUnaryReactor* ListTasks(grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                                      grpc::ByteBuffer* response) override {
    return Answer(context, response, tasks_);
  }
  grpc::ServerUnaryReactor* UpdateTask(grpc::CallbackServerContext* context,
                                       const grpc::ByteBuffer*,
                                       grpc::ByteBuffer* response) override {
    return Answer(context, response, task_);
  }

 private:
  const grpc::ByteBuffer task_ = BufferOf(gongkai::bench::SmallTask());
  const grpc::ByteBuffer tasks_ = BufferOf(gongkai::bench::ManyTasks());
};

}  // namespace

// Prints the address once it listens, and serves until it is ended.
int main() {
  gongkai::rpc::BlockSignals();
  FixedTasks tasks;
  grpc::ServerBuilder builder;
  int port = 0;
  builder.AddListeningPort("127.0.0.1:0", grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&tasks);
  const auto server = builder.BuildAndStart();
  if (!server) return 1;
  std::cout << "127.0.0.1:" << port << std::endl;
  gongkai::rpc::WaitForSignal();
  return 0;
}
