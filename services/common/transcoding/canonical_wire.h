// Brings a message's records together as a parser would: wire format may spread a field.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/common/transcoding/message_table.h"

namespace gongkai {

// The same message with each field in one run, in the order of the descriptor: the last value of a
// scalar, submessages merged, one member of a oneof. Unknown fields are left out. One level deep.
// Nothing if the wire is malformed.
//
//   a: 1, list: "x", a: 2, list: "y"  →  a: 2, list: "x", list: "y"
std::optional<std::string> CanonicalWire(const MessageTable& table, std::string_view wire);

}  // namespace gongkai
