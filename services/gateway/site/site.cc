#include "services/gateway/site/site.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace gongkai::gateway {
namespace {

using nlohmann::ordered_json;

HttpResponse JsonResponse(int status, const ordered_json& body) {
  return {.status = status,
          .headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}},
          .body = body.dump()};
}

HttpResponse Readiness(const std::vector<UpstreamHealth>& healths) {
  ordered_json upstreams = ordered_json::array();
  for (const auto& health : healths) {
    ordered_json upstream = {{"address", health.address}, {"serving", health.serving}};
    if (!health.serving) upstream["reason"] = health.reason;
    upstreams.push_back(std::move(upstream));
  }
  const bool ready = std::all_of(healths.begin(), healths.end(),
                                 [](const UpstreamHealth& health) { return health.serving; });
  return JsonResponse(ready ? 200 : 503,
                      {{"status", ready ? "READY" : "NOT_READY"}, {"upstreams", upstreams}});
}

// The console loads nothing from elsewhere and runs in no other page's frame.
HttpResponse AssetResponse(const Asset& asset) {
  return {.headers = {{"Content-Type", asset.content_type},
                      {"Cache-Control", "no-cache"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"}},
          .body = asset.data};
}

}  // namespace

Site::Site(const CallHandler& calls, const ErrorReplies& errors, Assets assets,
           std::vector<NamedUpstream> upstreams)
    : calls_(calls),
      errors_(errors),
      assets_(std::move(assets)),
      upstreams_(std::move(upstreams)) {}

void Site::Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (reads && request.path == "/healthz") {
    return exchange->Reply(JsonResponse(200, {{"status", "UP"}}));
  }
  if (reads && request.path == "/readyz") return Ready(std::move(exchange));
  const auto asset = assets_.find(request.path);
  if (reads && asset != assets_.end()) return exchange->Reply(AssetResponse(asset->second));
  calls_.Handle(request, std::move(exchange));
}

void Site::Ready(std::shared_ptr<HttpExchange> exchange) const {
  if (draining_) return exchange->Reply(JsonResponse(503, {{"status", "DRAINING"}}));
  ProbeHealth(upstreams_, [exchange](const std::vector<UpstreamHealth>& healths) {
    exchange->Reply(Readiness(healths));
  });
}

HttpResponse Site::Refuse(const Error& error) { return errors_.Reply(error, ""); }

}  // namespace gongkai::gateway
