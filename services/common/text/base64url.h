// Bytes as base64url text without padding (RFC 4648 §5), as JSON Web Tokens carry them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gongkai {

// "\xFB\xFF" → "-_8"
std::string ToBase64Url(std::string_view bytes);
// The inverse; nothing for any other text, also one with padding or with bits that do not count.
std::optional<std::string> FromBase64Url(std::string_view text);

}  // namespace gongkai
