// One route as an operation of OpenAPI.
#pragma once

#include <google/protobuf/descriptor.h>

#include <nlohmann/json.hpp>
#include <string>

#include "services/gateway/descriptors/http_rule.h"
#include "services/gateway/openapi/path_text.h"
#include "services/gateway/openapi/responses.h"
#include "services/gateway/openapi/schema_set.h"

namespace gongkai::gateway {

// What an operation is called in its document.
struct OperationNames {
  std::string id;   // `Library_GetBook`
  std::string tag;  // `Library`
};

// `rule` must be one that MethodTable takes. What the operation refers to is added to `schemas` and
// `parts`.
nlohmann::ordered_json OperationOf(const google::protobuf::MethodDescriptor& method,
                                   const HttpRule& rule, const PathText& path,
                                   const OperationNames& names, SchemaSet& schemas,
                                   SharedParts& parts);

}  // namespace gongkai::gateway
