// From an HTTP request to a call and back.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "services/gateway/calls/contract.h"
#include "services/gateway/calls/trace_context.h"
#include "services/gateway/http/client_address.h"
#include "services/gateway/http/exchange.h"

namespace gongkai::gateway {

struct CallHandlerOptions {
  std::vector<std::string> forward_headers;  // beyond those of MetadataOf
  TrustedProxies trusted_proxies;
  std::chrono::milliseconds heartbeat{15'000};
};

// Thread-safe. A unary method answers with one JSON document. A server stream answers with
// application/x-ndjson, one message a line, and a last line that says how it ended:
//
//   {"name":"changes/1"}
//   {"name":"changes/2"}
//   {"end":{"count":2}}                                       or
//   {"error":{"code":14,"message":"…","details":[]},"count":2}
//
// To a client that accepts text/event-stream the same goes as server-sent events, the last one
// named `end` or `error`. A stream that fails at once answers with the error's own HTTP status. A
// stream of google.api.HttpBody is written as bytes and is cut off if it fails.
//
// A client stream takes its messages from the body: JSON texts one after the other (NDJSON), or one
// array of them; a google.api.HttpBody in pieces. A method with streams both ways gets all of its
// messages before it is answered.
class CallHandler {
 public:
  // `contract` must outlive the handler.
  CallHandler(const CurrentContract& contract, CallHandlerOptions options)
      : contract_(contract), options_(std::move(options)) {}

  void Handle(const HttpRequest& request, std::shared_ptr<HttpExchange> exchange) const;

 private:
  Result<CallRequest> Prepare(const HttpRequest& request, const MethodTable::Match& match,
                              const TraceContext& trace) const;

  const CurrentContract& contract_;
  const CallHandlerOptions options_;
};

}  // namespace gongkai::gateway
