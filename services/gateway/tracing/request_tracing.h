// A SERVER span for each request.
#pragma once

#include <memory>

#include "services/gateway/calls/contract.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

// Hands requests on with a `traceparent` of their own: calls then stand below the request. Its
// parent is the client's. Probes are not recorded, and without telemetry::Tracing nothing is.
// Thread-safe.
class RequestTracing : public HttpHandler {
 public:
  // Both must outlive this.
  RequestTracing(const CurrentContract& contract, HttpHandler& inner)
      : contract_(contract), inner_(inner) {}

  void Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) override;
  HttpResponse Refuse(const Error& error) override { return inner_.Refuse(error); }

 private:
  class TracedExchange;

  const CurrentContract& contract_;
  HttpHandler& inner_;
};

}  // namespace gongkai::gateway
