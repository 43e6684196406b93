// Which fields of a request message stand where: in the address, in the query, in the body.
#pragma once

#include <google/protobuf/descriptor.h>

#include <string>
#include <string_view>
#include <vector>

#include "services/gateway/descriptors/http_rule.h"
#include "services/gateway/openapi/path_text.h"

namespace gongkai::gateway {

// The fields from the outside to the one meant: names are those of the proto or of JSON. Empty
// where there is no such field.
std::vector<const google::protobuf::FieldDescriptor*> FieldsOf(
    const google::protobuf::Descriptor& message, std::string_view path);

// `parent.displayName`
std::string JsonPathOf(const std::vector<const google::protobuf::FieldDescriptor*>& fields);

struct QueryField {
  std::string name;  // `range.first`
  const google::protobuf::FieldDescriptor* field;
  bool required = false;
};

// What can be given as query parameters by a rule: scalars, lists of them and what has a form of
// text, also within messages, up to four names deep; not what stands in the address or belongs into
// the body.
std::vector<QueryField> QueryFieldsOf(const google::protobuf::Descriptor& input,
                                      const HttpRule& rule, const PathText& path);

// Whether the message, or that of the rule's body, has a field `etag` for If-Match.
bool TakesIfMatch(const google::protobuf::Descriptor& input, const HttpRule& rule);
// Whether the message has a field `request_id` for Idempotency-Key.
bool TakesIdempotencyKey(const google::protobuf::Descriptor& input);

}  // namespace gongkai::gateway
