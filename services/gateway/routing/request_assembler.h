// Puts the request message of a call together from address, query parameters and body.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/transcoding/json_reader.h"
#include "services/common/transcoding/message_table.h"
#include "services/gateway/descriptors/http_rule.h"
#include "services/gateway/routing/field_path.h"
#include "services/gateway/routing/path_template.h"

namespace gongkai::gateway {

// What a request gives, apart from its route.
struct RequestParts {
  const std::vector<std::string>& variables;  // decoded, in the order of the template
  std::string_view query;                     // after `?`, still encoded
  std::string_view content_type;              // empty where there is none
  std::string_view body;
  std::string_view etag = {};        // of If-Match; empty or `*` where nothing has to match
  std::string_view request_id = {};  // of Idempotency-Key; empty where there is none
};

// For one route; immutable and thread-safe.
//
//   rule {post: "/v1/{parent=divisions/*}/units" body: "unit"}
//   POST /v1/divisions/370124/units?validateOnly=true  {"displayName": "县教体局"}
//   → parent: "divisions/370124" validate_only: true unit { display_name: "县教体局" }
//
// Beside what the rule says:
// - PATCH with one field as its body and no `update_mask` gets the mask of what the body holds:
//   {"displayName": "x", "range": {"last": 2}} → display_name, range.last. A list, a map and a
//   value without fields of its own count as a whole; what the address says is left out.
// - If-Match sets the field `etag` of the message, or that of the body's field.
// - Idempotency-Key sets the field `request_id`, where there is one.
//
// INVALID_ARGUMENT with the field and the remedy for an unknown parameter, a bad value, a field
// that is given twice with different values, or a body where the route takes none; with reason
// UNSUPPORTED_MEDIA_TYPE for a body that is not JSON. A google.api.HttpBody takes any bytes as they
// are.
class RequestAssembler {
 public:
  // INVALID_ARGUMENT if the rule names fields that the message does not have or cannot take.
  // `tables` and `input` must outlive the assembler.
  static Result<RequestAssembler> Make(const TableSet& tables, const MessageTable& input,
                                       const HttpRule& rule, const PathTemplate& path);

  // The wire of the request message.
  Result<std::string> Assemble(const RequestParts& parts) const;
  // The messages of a client stream, each with what address and query say: one for each JSON text
  // of the body, or element of the one array that it is. A google.api.HttpBody is cut into pieces,
  // of which only the first has all of it. Paths in errors begin with the number of the message.
  Result<std::vector<std::string>> AssembleStream(const RequestParts& parts) const;

 private:
  enum class BodyUse { kNone, kWhole, kField };
  class Assembly;

  RequestAssembler(const TableSet& tables, const MessageTable& input)
      : reader_(tables), input_(&input) {}

  Result<void> BindVariables(const PathTemplate& path);
  Result<void> BindBody(const std::string& body);
  void BindHeaders();
  void BindUpdateMask(const HttpRule& rule);
  Result<std::string> ReadBody(const RequestParts& parts, std::vector<std::string>* mask) const;
  Result<std::vector<std::string>> RawPieces(const RequestParts& parts) const;
  bool TakesRawBody() const;

  JsonReader reader_;
  const MessageTable* input_;
  std::vector<FieldPath> variables_;
  BodyUse body_use_ = BodyUse::kNone;
  const FieldTable* body_field_ = nullptr;
  std::optional<FieldPath> update_mask_;  // to be filled where it is not given
  std::optional<FieldPath> etag_;
  std::optional<FieldPath> request_id_;
};

}  // namespace gongkai::gateway
