#include "services/gateway/site/site.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "services/gateway/calls/entity_tag.h"

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

// The console's pages differ in their addresses only: its script shows the one that is asked for.
std::string_view AssetPath(std::string_view path) {
  const bool is_page = path == "/console" || path.starts_with("/console/");
  return is_page ? "/" : path;
}

// Pages load nothing from elsewhere and run in no other page's frame. Below /assets/ a name says
// the content, too, and other content has another name.
HttpResponse AssetResponse(std::string_view path, const Asset& asset) {
  const bool is_fixed = path.starts_with("/assets/");
  return {
      .headers = {{"Content-Type", asset.content_type},
                  {"Cache-Control", is_fixed ? "public, max-age=31536000, immutable" : "no-cache"},
                  {"X-Content-Type-Options", "nosniff"},
                  {"Content-Security-Policy",
                   "default-src 'self'; base-uri 'none'; object-src 'none'; "
                   "frame-ancestors 'none'"}},
      .body = asset.data};
}

HttpResponse Description(const Contract& contract, std::string_view if_none_match) {
  HttpHeaders headers = {{"Cache-Control", "no-cache"}, {"ETag", contract.openapi_tag()}};
  if (NamesEntityTag(if_none_match, contract.openapi_tag())) {
    return {.status = 304, .headers = std::move(headers)};
  }
  headers.emplace_back("Content-Type", "application/json");
  return {.headers = std::move(headers), .body = contract.openapi()};
}

}  // namespace

Site::Site(const CallHandler& calls, const CurrentContract& contract, Assets assets,
           std::vector<NamedUpstream> upstreams)
    : calls_(calls),
      contract_(contract),
      assets_(std::move(assets)),
      upstreams_(std::move(upstreams)) {}

void Site::Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) {
  const bool reads = request.method == "GET" || request.method == "HEAD";
  if (reads && request.path == "/healthz") {
    return exchange->Reply(JsonResponse(200, {{"status", "UP"}}));
  }
  if (reads && request.path == "/readyz") return Ready(std::move(exchange));
  if (reads && request.path == "/openapi.json") {
    return exchange->Reply(Description(*contract_.Get(), request.Header("if-none-match")));
  }
  const auto asset = assets_.find(AssetPath(request.path));
  if (reads && asset != assets_.end()) {
    return exchange->Reply(AssetResponse(asset->first, asset->second));
  }
  calls_.Handle(request, std::move(exchange));
}

void Site::Ready(std::shared_ptr<HttpExchange> exchange) const {
  if (draining_) return exchange->Reply(JsonResponse(503, {{"status", "DRAINING"}}));
  if (!contract_.Get()->has_services()) {
    return exchange->Reply(JsonResponse(503, {{"status", "NO_DESCRIPTORS"}}));
  }
  ProbeHealth(upstreams_, [exchange](const std::vector<UpstreamHealth>& healths) {
    exchange->Reply(Readiness(healths));
  });
}

HttpResponse Site::Refuse(const Error& error) { return contract_.Get()->errors().Reply(error, ""); }

}  // namespace gongkai::gateway
