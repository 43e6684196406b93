#include "services/gateway/descriptors/embedded_set.h"

#include "services/gateway/embedding/embed.h"

GATEWAY_EMBED(gateway_descriptor_set, GATEWAY_DESCRIPTOR_SET)

namespace gongkai::gateway {

std::string_view EmbeddedDescriptorSet() { return GATEWAY_EMBEDDED(gateway_descriptor_set); }

}  // namespace gongkai::gateway
