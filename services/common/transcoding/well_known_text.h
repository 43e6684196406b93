// The text forms of the well-known types, from and to the wire of their messages.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "services/common/transcoding/message_table.h"

namespace gongkai {

// True for the types whose JSON form is a string: Timestamp, Duration, FieldMask.
bool HasTextForm(WellKnown type);

// `2023-07-28T01:02:03.500Z`, `1.500s`, `displayName,parent.name`: without quotes. Nothing if the
// wire is malformed or its value has no text (a year after 9999).
std::optional<std::string> TextOf(WellKnown type, std::string_view wire);

// The inverse. A timestamp may have any offset (`+08:00`); a path of a mask may also be in the
// proto's spelling.
std::optional<std::string> WireOf(WellKnown type, std::string_view text);

// What WireOf expects, for error messages.
std::string ExpectedText(WellKnown type);

}  // namespace gongkai
