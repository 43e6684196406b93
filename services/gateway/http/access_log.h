// One line of the log for each request.
#pragma once

#include <memory>

#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

// Hands requests on and logs each when its answer has ended:
//
//   {"time":"…","level":"info","event":"request","method":"GET","path":"/v1/units/7","status":200,
//    "milliseconds":1.8,"bytes":512,"trace_id":"4bf9…"}
//
// Of the client nothing is logged, and of the address no query: both may be personal. One whose
// client left before the end has status 499; what could not be read as a request has no method.
// Thread-safe.
class AccessLog : public HttpHandler {
 public:
  // `inner` must outlive this.
  explicit AccessLog(HttpHandler& inner) : inner_(inner) {}

  void Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) override;
  HttpResponse Refuse(const Error& error) override;

 private:
  HttpHandler& inner_;
};

}  // namespace gongkai::gateway
