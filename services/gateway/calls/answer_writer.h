// The messages of an upstream's answer, as the client gets them.
#pragma once

#include <string>
#include <string_view>

#include "services/common/status/error.h"
#include "services/common/transcoding/json_writer.h"
#include "services/gateway/calls/method_table.h"

namespace gongkai::gateway {

struct AnswerBody {
  std::string content_type;
  std::string data;
};

// JSON of the message or of its `response_body`; of a google.api.HttpBody its own bytes and type.
// INTERNAL if the wire is malformed.
Result<AnswerBody> WriteAnswer(const JsonWriter& writer, const BoundMethod& method,
                               std::string_view wire, const JsonOptions& options);

}  // namespace gongkai::gateway
