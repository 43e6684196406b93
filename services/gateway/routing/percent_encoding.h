// Percent-encoding of addresses (RFC 3986).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gongkai::gateway {

enum class PercentDecoding {
  kAll,          // a single segment: `a%2Fb` → `a/b`
  kAllButSlash,  // several segments, of which `%2F` is no separator: `a%2Fb%20` → `a%2Fb `
  kForm,         // a query parameter: also `+` → ` `
};

// Nothing for a `%` that two hexadecimal digits do not follow.
std::optional<std::string> PercentDecode(std::string_view text, PercentDecoding decoding);

}  // namespace gongkai::gateway
