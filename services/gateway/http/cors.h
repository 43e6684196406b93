// Lets pages of other origins call: cross-origin resource sharing.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

// Hands requests on and adds the headers that browsers ask for, to errors too. Thread-safe.
//
//   OPTIONS /v1/units  Origin: https://a.gov.cn  Access-Control-Request-Method: POST
//   → 204  Access-Control-Allow-Origin: https://a.gov.cn  Access-Control-Allow-Methods: GET, POST …
//
// An origin that is not among those allowed gets no such header, and its browser keeps the answer
// from the page. Credentials are allowed to origins that are named, never to `*`.
class Cors : public HttpHandler {
 public:
  // `origins` as browsers write them (`https://console.example:8443`), or `*` for all. `inner` must
  // outlive this.
  Cors(std::vector<std::string> origins, HttpHandler& inner);

  void Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) override;
  HttpResponse Refuse(const Error& error) override { return inner_.Refuse(error); }

 private:
  HttpHeaders HeadersFor(std::string_view origin) const;

  const std::vector<std::string> origins_;
  const bool any_;
  HttpHandler& inner_;
};

}  // namespace gongkai::gateway
