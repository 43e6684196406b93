// Puts the request message of a call together from address, query parameters and body.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/gateway/descriptors/http_rule.h"
#include "services/gateway/routing/field_path.h"
#include "services/gateway/routing/path_template.h"
#include "services/gateway/transcoding/json_reader.h"
#include "services/gateway/transcoding/message_table.h"

namespace gongkai::gateway {

// What a request gives, apart from its route.
struct RequestParts {
  const std::vector<std::string>& variables;  // decoded, in the order of the template
  std::string_view query;                     // after `?`, still encoded
  std::string_view content_type;              // empty where there is none
  std::string_view body;
};

// For one route; immutable and thread-safe.
//
//   rule {post: "/v1/{parent=divisions/*}/units" body: "unit"}
//   POST /v1/divisions/370124/units?validateOnly=true  {"displayName": "县教体局"}
//   → parent: "divisions/370124" validate_only: true unit { display_name: "县教体局" }
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

 private:
  enum class BodyUse { kNone, kWhole, kField };
  class Assembly;

  RequestAssembler(const TableSet& tables, const MessageTable& input)
      : reader_(tables), input_(&input) {}

  Result<void> BindVariables(const PathTemplate& path);
  Result<void> BindBody(const std::string& body);
  Result<std::string> ReadBody(const RequestParts& parts) const;
  bool TakesRawBody() const;

  JsonReader reader_;
  const MessageTable* input_;
  std::vector<FieldPath> variables_;
  BodyUse body_use_ = BodyUse::kNone;
  const FieldTable* body_field_ = nullptr;
};

}  // namespace gongkai::gateway
