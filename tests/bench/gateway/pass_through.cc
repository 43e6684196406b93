// A floor to measure the gateway by: its own HTTP server and its own upstream, without routes and
// JSON. The upstream's bytes are the answer.
#include <iostream>
#include <map>
#include <string>
#include <utility>

#include "bench/tasks.pb.h"
#include "services/common/rpc/server.h"
#include "services/gateway/http/server.h"
#include "services/gateway/upstream/grpc_upstream.h"
#include "tests/bench/gateway/tasks_data.h"

namespace {

namespace gw = gongkai::gateway;

constexpr auto kTimeout = std::chrono::seconds(30);

class Forwarding : public gw::CallObserver {
 public:
  explicit Forwarding(std::shared_ptr<gw::HttpExchange> exchange)
      : exchange_(std::move(exchange)) {}

  void OnMessage(const std::shared_ptr<gw::Call>&, std::string message) override {
    message_ = std::move(message);
  }
  void OnFinish(gw::CallStatus status) override {
    exchange_->Reply({.status = status.ok() ? 200 : 500,
                      .headers = {{"Content-Type", "application/octet-stream"}},
                      .body = std::move(message_)});
  }

 private:
  const std::shared_ptr<gw::HttpExchange> exchange_;
  std::string message_;
};

class PassThrough : public gw::HttpHandler {
 public:
  explicit PassThrough(gw::Upstream& upstream) : upstream_(upstream) {
    get_.set_name("divisions/370100/plans/202601/tasks/8");
    list_.set_parent("divisions/370100/plans/202601");
    *update_.mutable_task() = gongkai::bench::SmallTask();
    update_.mutable_update_mask()->add_paths("title");
  }

  void Handle(gw::HttpRequest request, std::shared_ptr<gw::HttpExchange> exchange) override {
    gw::CallRequest call{.deadline = std::chrono::system_clock::now() + kTimeout};
    if (request.method == "PATCH") {
      call.method = "/bench.tasks.v1.Tasks/UpdateTask";
      call.message = update_.SerializeAsString();
    } else if (request.path.ends_with("/tasks")) {
      call.method = "/bench.tasks.v1.Tasks/ListTasks";
      call.message = list_.SerializeAsString();
    } else {
      call.method = "/bench.tasks.v1.Tasks/GetTask";
      call.message = get_.SerializeAsString();
    }
    upstream_.Start(std::move(call), std::make_shared<Forwarding>(std::move(exchange)));
  }
  gw::HttpResponse Refuse(const gongkai::Error& error) override {
    return {.status = 400, .body = error.message};
  }

 private:
  gw::Upstream& upstream_;
  ::bench::tasks::v1::GetTaskRequest get_;
  ::bench::tasks::v1::ListTasksRequest list_;
  ::bench::tasks::v1::UpdateTaskRequest update_;
};

}  // namespace

// gongkai-bench-gateway-pass-through HOST:PORT: prints its address once it listens.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  gw::PrepareGrpc();
  gongkai::rpc::BlockSignals();
  gw::GrpcUpstream upstream(gongkai::rpc::MakeChannel(argv[1]));
  PassThrough handler(upstream);
  const auto server = gw::HttpServer::Start({.listen = "127.0.0.1:0", .threads = 1}, handler);
  if (!server) return 1;
  std::cout << (*server)->address() << std::endl;
  gongkai::rpc::WaitForSignal();
  (*server)->Drain(std::chrono::milliseconds(0));
  upstream.Close();
  return 0;
}
