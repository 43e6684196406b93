// Bytes as hexadecimal text, in lower case.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gongkai {

// "\x01\xAB" → "01ab"
std::string ToHexadecimal(std::string_view bytes);
// The inverse; nothing for any other text.
std::optional<std::string> FromHexadecimal(std::string_view text);

}  // namespace gongkai
