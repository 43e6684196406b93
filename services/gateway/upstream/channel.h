// Channels to the servers behind the gateway.
#pragma once

#include <grpcpp/channel.h>

#include <memory>
#include <string>
#include <vector>

#include "services/gateway/descriptors/descriptor_set.h"

namespace gongkai::gateway {

// Whether one channel can go to all of these: each HOST:PORT with a numeric host, all of one
// family.
bool CanShareChannel(const std::vector<std::string>& addresses);

// What gRPC's client shall do with the methods of the set, as the JSON of a service config: those
// that only read (google.api.http has `get` for them, and they take no stream) are tried up to
// `attempts` times where the server is UNAVAILABLE; others never twice. Servers that fail most of
// the time are not asked again, so that retries do not add to their load. With `watch_health`,
// servers that say by grpc.health.v1 that they do not serve get no calls. Empty where there is
// nothing to say.
std::string ServiceConfig(const DescriptorSet& set, int attempts, bool watch_health);

// Spreads calls over the addresses, or over all that the one name stands for. `addresses` is not
// empty; several must be such as CanShareChannel allows.
std::shared_ptr<grpc::Channel> ChannelTo(const std::vector<std::string>& addresses,
                                         const std::string& service_config);

}  // namespace gongkai::gateway
