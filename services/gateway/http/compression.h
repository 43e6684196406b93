// Compressed bodies, in and out.
#pragma once

#include <cstddef>
#include <memory>

#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

// Unpacks requests with Content-Encoding gzip or deflate, and packs answers of text that are worth
// it for clients that take gzip. Thread-safe. Streams go out as they are, so that each message
// leaves at once.
//
// INVALID_ARGUMENT with reason UNSUPPORTED_MEDIA_TYPE for another encoding, BODY_TOO_LARGE if the
// body is larger than the limit once unpacked, BAD_REQUEST if it cannot be unpacked.
class Compression : public HttpHandler {
 public:
  // `inner` must outlive this.
  Compression(std::size_t body_limit, HttpHandler& inner)
      : body_limit_(body_limit), inner_(inner) {}

  void Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) override;
  HttpResponse Refuse(const Error& error) override { return inner_.Refuse(error); }

 private:
  const std::size_t body_limit_;
  HttpHandler& inner_;
};

}  // namespace gongkai::gateway
