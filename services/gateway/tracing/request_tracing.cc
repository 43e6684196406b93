#include "services/gateway/tracing/request_tracing.h"

#include <algorithm>
#include <string>
#include <utility>

#include "services/common/telemetry/span.h"
#include "services/common/telemetry/span_names.h"
#include "services/gateway/http/exchange_wrapper.h"

namespace gongkai::gateway {
namespace {

constexpr char kTraceparent[] = "traceparent";
constexpr int kLeastServerFault = 500;

bool IsProbe(const HttpRequest& request) {
  return request.path == "/healthz" || request.path == "/readyz";
}

void SetTraceparent(HttpRequest& request, const std::string& traceparent) {
  std::erase_if(request.headers,
                [](const auto& header) { return SameWord(header.first, kTraceparent); });
  request.headers.emplace_back(kTraceparent, traceparent);
}

}  // namespace

// Ends the span with the last of the answer, or when it goes: then the client has left.
class RequestTracing::TracedExchange : public ExchangeWrapper {
 public:
  TracedExchange(std::shared_ptr<HttpExchange> inner, telemetry::Span span)
      : ExchangeWrapper(std::move(inner)), span_(std::move(span)) {}

  void Reply(HttpResponse response) override {
    End(response.status);
    ExchangeWrapper::Reply(std::move(response));
  }
  void BeginStream(HttpResponse response) override {
    status_ = response.status;
    ExchangeWrapper::BeginStream(std::move(response));
  }
  void EndStream() override {
    End(status_);
    ExchangeWrapper::EndStream();
  }
  void Break() override {
    span_.Fail("stream_broken");
    End(status_);
    ExchangeWrapper::Break();
  }

 private:
  void End(int status) {
    span_.Set(telemetry::kHttpStatus, status);
    if (status >= kLeastServerFault) span_.Fail(std::to_string(status));
    span_ = telemetry::Span();
  }

  telemetry::Span span_;
  int status_ = 0;
};

void RequestTracing::Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
  if (!telemetry::Span::Enabled() || IsProbe(request)) {
    return inner_.Handle(std::move(request), std::move(exchange));
  }
  const auto contract = contract_.Get();
  const auto match = contract->methods().Find(request.method, request.path);
  const std::string route = match ? match->method->route : "";
  auto span = telemetry::StartSpan(
      {.name = route.empty() ? request.method : request.method + ' ' + route,
       .kind = telemetry::SpanKind::kServer,
       .parent = telemetry::TraceContext::Parse(request.Header(kTraceparent))});
  span.Set(telemetry::kHttpMethod, request.method);
  span.Set(telemetry::kUrlScheme, "http");
  if (!route.empty()) span.Set(telemetry::kHttpRoute, route);
  SetTraceparent(request, span.context()->Traceparent());
  inner_.Handle(std::move(request),
                std::make_shared<TracedExchange>(std::move(exchange), std::move(span)));
}

}  // namespace gongkai::gateway
