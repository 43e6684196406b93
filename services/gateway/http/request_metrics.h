// Counts requests, for Prometheus.
#pragma once

#include <memory>
#include <string>

#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

// Hands requests on, and answers GET /metrics itself. Thread-safe.
//
//   gongkai_gateway_requests_total{method="GET",status="200"} 12
//   gongkai_gateway_requests_in_flight 1
//   gongkai_gateway_request_duration_seconds_bucket{le="0.005"} 11
//
// A request ends with the last byte of its answer that the handler gives; one whose client left
// before counts with status 499. Methods that HTTP does not name are counted as `other`.
class RequestMetrics : public HttpHandler {
 public:
  // `inner` must outlive this.
  explicit RequestMetrics(HttpHandler& inner);

  void Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) override;
  HttpResponse Refuse(const Error& error) override;

  // In Prometheus' text format.
  std::string Text() const;

 private:
  class Counters;
  class CountedExchange;

  const std::shared_ptr<Counters> counters_;
  HttpHandler& inner_;
};

}  // namespace gongkai::gateway
