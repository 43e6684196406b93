// The HTTP/1.1 server.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

#include "services/common/status/error.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

struct HttpServerOptions {
  std::string listen;  // HOST:PORT; port 0 picks a free one
  int threads = 1;
  std::size_t header_limit = 16 * 1024;              // else 431
  std::size_t body_limit = 16 * 1024 * 1024;         // else 413
  std::chrono::milliseconds header_timeout{10'000};  // from the first byte; else 408
  std::chrono::milliseconds body_timeout{60'000};    // else 408
  std::chrono::milliseconds write_timeout{60'000};   // of a client that does not read
  std::chrono::milliseconds idle_timeout{75'000};    // between requests
};

class HttpServer {
 public:
  // Listens and answers until it is drained or destroyed. The handler must outlive the server.
  // UNAVAILABLE with reason ADDRESS_IN_USE if the address cannot be bound.
  static Result<std::unique_ptr<HttpServer>> Start(const HttpServerOptions& options,
                                                   HttpHandler& handler);
  // Closes what is still open.
  ~HttpServer();

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // HOST:PORT as bound.
  const std::string& address() const;

  // Accepts no more, closes idle connections, waits for answers under way. After `limit` those that
  // are left are interrupted and get a moment to end with an error. Blocks until then.
  void Drain(std::chrono::milliseconds limit);

 private:
  class Core;
  explicit HttpServer(std::unique_ptr<Core> core);

  std::unique_ptr<Core> core_;
};

}  // namespace gongkai::gateway
