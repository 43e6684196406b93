#include "services/gateway/tracing/traced_upstream.h"

#include <algorithm>
#include <optional>
#include <string>

#include "services/common/status/error.h"
#include "services/common/telemetry/span.h"
#include "services/common/telemetry/span_names.h"

namespace gongkai::gateway {
namespace {

class TracedObserver : public CallObserver {
 public:
  TracedObserver(std::shared_ptr<CallObserver> inner, telemetry::Span span)
      : inner_(std::move(inner)), span_(std::move(span)) {}

  void OnMessage(const std::shared_ptr<Call>& call, std::string message) override {
    inner_->OnMessage(call, std::move(message));
  }

  // For a client every code but OK is a failure.
  void OnFinish(CallStatus status) override {
    const auto code = status.ok() ? "OK" : CodeName(static_cast<ErrorCode>(status.code));
    span_.Set(telemetry::kRpcStatus, code);
    if (!status.ok()) span_.Fail(code);
    span_ = telemetry::Span();
    inner_->OnFinish(std::move(status));
  }

 private:
  const std::shared_ptr<CallObserver> inner_;
  telemetry::Span span_;
};

}  // namespace

std::shared_ptr<Call> TracedUpstream::Start(CallRequest request,
                                            std::shared_ptr<CallObserver> observer) {
  const auto traceparent =
      std::find_if(request.metadata.begin(), request.metadata.end(),
                   [](const auto& entry) { return entry.first == "traceparent"; });
  std::optional<telemetry::TraceContext> parent;
  if (traceparent != request.metadata.end()) {
    parent = telemetry::TraceContext::Parse(traceparent->second);
  }
  if (!parent) return inner_->Start(std::move(request), std::move(observer));
  const std::string method = request.method.substr(1);
  auto span = telemetry::StartSpan(
      {.name = method, .kind = telemetry::SpanKind::kClient, .parent = parent});
  span.Set(telemetry::kRpcSystem, "grpc");
  span.Set(telemetry::kRpcMethod, method);
  if (span.context()) traceparent->second = span.context()->Traceparent();
  return inner_->Start(std::move(request),
                       std::make_shared<TracedObserver>(std::move(observer), std::move(span)));
}

}  // namespace gongkai::gateway
