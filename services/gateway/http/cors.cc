#include "services/gateway/http/cors.h"

#include <algorithm>
#include <utility>

#include "services/gateway/http/exchange_wrapper.h"

namespace gongkai::gateway {
namespace {

constexpr char kExposed[] =
    "ETag, Retry-After, Allow, X-Trace-Id, Content-Disposition, Content-Encoding";
constexpr char kPreflightSeconds[] = "600";

void Append(HttpHeaders& headers, const HttpHeaders& more) {
  headers.insert(headers.end(), more.begin(), more.end());
}

class SharedExchange : public ExchangeWrapper {
 public:
  SharedExchange(std::shared_ptr<HttpExchange> inner, HttpHeaders headers)
      : ExchangeWrapper(std::move(inner)), headers_(std::move(headers)) {}

  void Reply(HttpResponse response) override {
    Append(response.headers, headers_);
    ExchangeWrapper::Reply(std::move(response));
  }
  void BeginStream(HttpResponse response) override {
    Append(response.headers, headers_);
    ExchangeWrapper::BeginStream(std::move(response));
  }

 private:
  const HttpHeaders headers_;
};

// The answer to OPTIONS says in Allow what the address can do.
class PreflightExchange : public ExchangeWrapper {
 public:
  PreflightExchange(std::shared_ptr<HttpExchange> inner, HttpHeaders headers,
                    std::string_view asked_headers)
      : ExchangeWrapper(std::move(inner)), headers_(std::move(headers)) {
    if (!asked_headers.empty()) {
      headers_.emplace_back("Access-Control-Allow-Headers", asked_headers);
    }
    headers_.emplace_back("Access-Control-Max-Age", kPreflightSeconds);
  }

  void Reply(HttpResponse response) override {
    const std::string allow(response.Header("allow"));
    if (!allow.empty()) response.headers.emplace_back("Access-Control-Allow-Methods", allow);
    Append(response.headers, headers_);
    ExchangeWrapper::Reply(std::move(response));
  }

 private:
  HttpHeaders headers_;
};

}  // namespace

Cors::Cors(std::vector<std::string> origins, HttpHandler& inner)
    : origins_(std::move(origins)),
      any_(std::find(origins_.begin(), origins_.end(), "*") != origins_.end()),
      inner_(inner) {}

HttpHeaders Cors::HeadersFor(std::string_view origin) const {
  const bool named = std::find(origins_.begin(), origins_.end(), origin) != origins_.end();
  HttpHeaders headers;
  if (named || any_) {
    headers.emplace_back("Access-Control-Allow-Origin", named ? std::string(origin) : "*");
    headers.emplace_back("Access-Control-Expose-Headers", kExposed);
  }
  if (named) headers.emplace_back("Access-Control-Allow-Credentials", "true");
  // Caches must not hand one origin's answer to another.
  headers.emplace_back("Vary", "Origin");
  return headers;
}

void Cors::Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
  const auto origin = request.Header("origin");
  if (origins_.empty() || origin.empty()) {
    return inner_.Handle(std::move(request), std::move(exchange));
  }
  auto headers = HeadersFor(origin);
  const bool allowed = headers.size() > 1;
  const bool preflight =
      request.method == "OPTIONS" && !request.Header("access-control-request-method").empty();
  std::shared_ptr<HttpExchange> shared;
  if (preflight && allowed) {
    shared = std::make_shared<PreflightExchange>(std::move(exchange), std::move(headers),
                                                 request.Header("access-control-request-headers"));
  } else {
    shared = std::make_shared<SharedExchange>(std::move(exchange), std::move(headers));
  }
  inner_.Handle(std::move(request), std::move(shared));
}

}  // namespace gongkai::gateway
