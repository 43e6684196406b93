#include "services/common/telemetry/call_tracing.h"

#include <grpcpp/support/status.h>

#include <optional>
#include <string>

#include "services/common/status/error.h"
#include "services/common/telemetry/span.h"
#include "services/common/telemetry/span_names.h"

namespace gongkai::telemetry {
namespace {

using grpc::experimental::InterceptionHookPoints;
using grpc::experimental::Interceptor;
using grpc::experimental::InterceptorBatchMethods;
using grpc::experimental::ServerRpcInfo;

// Those codes of a server's answer that tell of a fault of its own and not of its caller.
bool IsServerFault(grpc::StatusCode code) {
  switch (code) {
    case grpc::StatusCode::UNKNOWN:
    case grpc::StatusCode::DEADLINE_EXCEEDED:
    case grpc::StatusCode::UNIMPLEMENTED:
    case grpc::StatusCode::INTERNAL:
    case grpc::StatusCode::UNAVAILABLE:
    case grpc::StatusCode::DATA_LOSS:
      return true;
    default:
      return false;
  }
}

class TracingInterceptor final : public Interceptor {
 public:
  explicit TracingInterceptor(ServerRpcInfo& info) : info_(info) {}

  void Intercept(InterceptorBatchMethods* methods) override {
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::POST_RECV_INITIAL_METADATA)) {
      Begin(*methods);
    }
    if (methods->QueryInterceptionHookPoint(InterceptionHookPoints::PRE_SEND_STATUS)) {
      End(methods->GetSendStatus());
    }
    // The handler is called below Proceed.
    const ActiveSpan active(span_);
    methods->Proceed();
  }

 private:
  void Begin(InterceptorBatchMethods& methods) {
    std::optional<TraceContext> parent;
    const auto* metadata = methods.GetRecvInitialMetadata();
    if (const auto found = metadata->find("traceparent"); found != metadata->end()) {
      parent = TraceContext::Parse({found->second.data(), found->second.size()});
    }
    // gRPC's own begins with a slash.
    const std::string method = info_.method() + 1;
    span_ = StartSpan({.name = method, .kind = SpanKind::kServer, .parent = parent});
    span_.Set(kRpcSystem, "grpc");
    span_.Set(kRpcMethod, method);
  }

  void End(const grpc::Status& status) {
    const auto code = status.ok() ? "OK" : CodeName(static_cast<ErrorCode>(status.error_code()));
    span_.Set(kRpcStatus, code);
    if (IsServerFault(status.error_code())) span_.Fail(code);
  }

  ServerRpcInfo& info_;
  Span span_;
};

class TracingFactory final : public grpc::experimental::ServerInterceptorFactoryInterface {
 public:
  Interceptor* CreateServerInterceptor(ServerRpcInfo* info) override {
    return new TracingInterceptor(*info);
  }
};

}  // namespace

std::unique_ptr<grpc::experimental::ServerInterceptorFactoryInterface> TraceCalls() {
  return std::make_unique<TracingFactory>();
}

}  // namespace gongkai::telemetry
