// Everything that the gateway answers: calls, health, and the console's files.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "services/gateway/calls/call_handler.h"
#include "services/gateway/calls/error_reply.h"
#include "services/gateway/console/assets.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/upstream/health_probe.h"

namespace gongkai::gateway {

// Thread-safe.
//
//   GET /healthz  → 200 {"status":"UP"} as long as the process runs
//   GET /readyz   → 200 {"status":"READY","upstreams":[{"address":"…","serving":true}]}, or 503
//                   naming the upstream that is not serving, or while the gateway drains
class Site : public HttpHandler {
 public:
  // `calls` and `errors` must outlive the site.
  Site(const CallHandler& calls, const ErrorReplies& errors, Assets assets,
       std::vector<NamedUpstream> upstreams);

  void Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) override;
  HttpResponse Refuse(const Error& error) override;

  // From now on the gateway is not ready.
  void BeginDrain() { draining_ = true; }

 private:
  void Ready(std::shared_ptr<HttpExchange> exchange) const;

  const CallHandler& calls_;
  const ErrorReplies& errors_;
  const Assets assets_;
  const std::vector<NamedUpstream> upstreams_;
  std::atomic<bool> draining_ = false;
};

}  // namespace gongkai::gateway
