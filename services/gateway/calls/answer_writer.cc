#include "services/gateway/calls/answer_writer.h"

#include <optional>

#include "services/common/transcoding/canonical_wire.h"
#include "services/common/transcoding/wire_format.h"

namespace gongkai::gateway {
namespace {

// Numbers of google/api/httpbody.proto.
constexpr std::uint32_t kHttpBodyContentType = 1;
constexpr std::uint32_t kHttpBodyData = 2;

bool IsHeaderValue(std::string_view value) {
  for (const char c : value) {
    if (c < 0x20 || c > 0x7e) return false;
  }
  return !value.empty();
}

std::optional<AnswerBody> RawBody(std::string_view wire) {
  AnswerBody body{.content_type = "application/octet-stream"};
  WireCursor cursor(wire);
  while (const auto record = cursor.Next()) {
    if (record->number == kHttpBodyContentType && IsHeaderValue(record->bytes)) {
      body.content_type = record->bytes;
    }
    if (record->number == kHttpBodyData) body.data = record->bytes;
  }
  if (cursor.malformed()) return std::nullopt;
  return body;
}

// The content of a field that holds a message; empty where it is not set.
std::optional<std::string> FieldContent(const BoundMethod& method, std::string_view wire) {
  const auto canonical = CanonicalWire(*method.output, wire);
  if (!canonical) return std::nullopt;
  WireCursor cursor(*canonical);
  while (const auto record = cursor.Next()) {
    if (record->number == method.response_field->number) return std::string(record->bytes);
  }
  return "";
}

std::optional<AnswerBody> RawAnswer(const BoundMethod& method, std::string_view wire) {
  if (!method.response_field) return RawBody(wire);
  const auto content = FieldContent(method, wire);
  if (!content) return std::nullopt;
  return RawBody(*content);
}

}  // namespace

Result<AnswerBody> WriteAnswer(const JsonWriter& writer, const BoundMethod& method,
                               std::string_view wire, const JsonOptions& options) {
  if (method.AnswersRawBody()) {
    auto body = RawAnswer(method, wire);
    if (!body) return Fail(Internal("the upstream's answer is no valid google.api.HttpBody"));
    return std::move(*body);
  }
  auto json = method.response_field
                  ? writer.WriteField(*method.output, *method.response_field, wire, options)
                  : writer.Write(*method.output, wire, options);
  if (!json) return Fail(std::move(json.error()));
  return AnswerBody{"application/json", std::move(*json)};
}

}  // namespace gongkai::gateway
