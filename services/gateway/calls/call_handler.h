// From an HTTP request to a call and back.
#pragma once

#include <memory>
#include <string_view>

#include "services/gateway/calls/error_reply.h"
#include "services/gateway/calls/method_table.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/transcoding/json_writer.h"

namespace gongkai::gateway {

// Thread-safe. A unary method answers with one JSON document. A server stream answers with
// application/x-ndjson, one message a line, and a last line that says how it ended:
//
//   {"name":"changes/1"}
//   {"name":"changes/2"}
//   {"end":{"count":2}}                                       or
//   {"error":{"code":14,"message":"…","details":[]},"count":2}
//
// A stream that fails before its first message answers with the error's own HTTP status. A stream
// of google.api.HttpBody is written as bytes and is cut off if it fails.
class CallHandler {
 public:
  // All must outlive the handler and the calls under way.
  CallHandler(const MethodTable& methods, const TableSet& tables, const ErrorReplies& errors)
      : methods_(methods), writer_(tables), errors_(errors) {}

  void Handle(const HttpRequest& request, std::shared_ptr<HttpExchange> exchange) const;

 private:
  Result<CallRequest> Prepare(const HttpRequest& request, const MethodTable::Match& match) const;

  const MethodTable& methods_;
  const JsonWriter writer_;
  const ErrorReplies& errors_;
};

}  // namespace gongkai::gateway
