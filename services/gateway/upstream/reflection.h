// Asks a server by grpc.reflection which descriptors its services have.
#pragma once

#include <string>
#include <vector>

#include "services/common/status/error.h"
#include "services/gateway/upstream/upstream.h"

namespace gongkai::gateway {

// A serialized FileDescriptorSet with the files of the services of these names, or in the packages
// of these names, and of all that they import, as the server tells them: without comments, which
// reflection does not carry. Speaks grpc.reflection.v1, else v1alpha. Blocks, for 10 seconds a
// question at most.
//
// UNAVAILABLE if the server cannot be reached or does not answer in time; UNIMPLEMENTED if it
// offers no reflection; NOT_FOUND if it has no service of a name; INTERNAL for an answer that makes
// no sense.
Result<std::string> ReflectDescriptors(Upstream& upstream, const std::vector<std::string>& names);

}  // namespace gongkai::gateway
