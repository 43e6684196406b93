// The descriptors of the platform's own contract, as protoc wrote them, compiled into the binary.
#pragma once

#include <string_view>

namespace gongkai::gateway {

// A serialized FileDescriptorSet with all its imports.
std::string_view EmbeddedDescriptorSet();

}  // namespace gongkai::gateway
