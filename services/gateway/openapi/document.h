// The description of everything that the gateway offers, as OpenAPI 3.1.
#pragma once

#include <string>
#include <vector>

#include "services/gateway/descriptors/descriptor_set.h"

namespace gongkai::gateway {

// The JSON text of the document for the services of these full names, whose rules must be those
// that MethodTable takes. The same descriptors give the same text, byte for byte.
//
// Each binding of google.api.http is an operation; its operationId is `Service_Method`, of further
// bindings `Service_Method2` and so on, with the package before it where two services share a name.
// A variable of several segments becomes one path parameter for each: `{name=units/*}` is
// `units/{unitsId}`. Custom methods, which OpenAPI 3.1 does not know, stand in
// `x-additionalOperations`, as they will in 3.2.
std::string OpenApiDocument(const DescriptorSet& set, const std::vector<std::string>& services);

}  // namespace gongkai::gateway
