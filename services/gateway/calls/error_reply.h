// Every error that a client sees, as the JSON of google.rpc.Status.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "services/common/status/error.h"
#include "services/common/transcoding/json_writer.h"
#include "services/common/transcoding/message_table.h"
#include "services/gateway/http/exchange.h"
#include "services/gateway/upstream/upstream.h"

namespace gongkai::gateway {

// Immutable and thread-safe.
//
//   NOT_FOUND from an upstream
//   → 404 {"code":5,"message":"units/7 does not exist","details":[{"@type":"…ErrorInfo",…}]}
class ErrorReplies {
 public:
  // `tables` must hold google.protobuf.Any and the types of the details, and outlive the replies.
  explicit ErrorReplies(const TableSet& tables)
      : writer_(tables), any_(tables.Find("google.protobuf.Any")) {}

  // The body. Of several LocalizedMessages only the one that suits `accept_language` best is kept.
  // Details that are malformed are left out.
  std::string Json(const CallStatus& status, std::string_view accept_language) const;

  // With Retry-After from RetryInfo.
  HttpResponse Reply(const CallStatus& status, std::string_view accept_language) const;
  // Of the gateway itself; with Allow where the error has it.
  HttpResponse Reply(const Error& error, std::string_view accept_language) const;

 private:
  JsonWriter writer_;
  const MessageTable* any_;
};

// What an upstream would have sent for this error, with a LocalizedMessage in Chinese and one in
// English.
CallStatus ToCallStatus(const Error& error);

// The same with RetryInfo: when the client may come again.
CallStatus ToCallStatus(const Error& error, std::chrono::seconds retry_after);

}  // namespace gongkai::gateway
