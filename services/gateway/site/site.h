// Everything that the gateway answers: calls, their description, health, and the console's files.
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "services/gateway/calls/call_handler.h"
#include "services/gateway/calls/contract.h"
#include "services/gateway/console/assets.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/upstream/health_probe.h"

namespace gongkai::gateway {

// Thread-safe.
//
//   GET /healthz  → 200 {"status":"UP"} as long as the process runs
//   GET /readyz   → 200 {"status":"READY","upstreams":[{"address":"…","serving":true}]}, or 503
//                   naming the upstream that is not serving, or while the gateway drains or
//                   has no descriptors yet
//   GET /openapi.json  → 200 the OpenAPI document of the contract in force, or 304
//   GET /console/…     → 200 the page of the console, whatever the rest of the address
class Site : public HttpHandler {
 public:
  // `calls` and `contract` must outlive the site.
  Site(const CallHandler& calls, const CurrentContract& contract, Assets assets,
       std::vector<NamedUpstream> upstreams);

  void Handle(HttpRequest request, std::shared_ptr<HttpExchange> exchange) override;
  HttpResponse Refuse(const Error& error) override;

  // From now on the gateway is not ready.
  void BeginDrain() { draining_ = true; }

 private:
  void Ready(std::shared_ptr<HttpExchange> exchange) const;

  const CallHandler& calls_;
  const CurrentContract& contract_;
  const Assets assets_;
  const std::vector<NamedUpstream> upstreams_;
  std::atomic<bool> draining_ = false;
};

}  // namespace gongkai::gateway
