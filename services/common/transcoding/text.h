// Small conversions between values and their text in JSON.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai {

// True for well-formed UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF.
bool IsUtf8(std::string_view text);

// How much of the beginning of `text` stands for itself inside a JSON string: well-formed UTF-8
// with neither quotes, backslashes nor control characters.
std::size_t PlainLength(std::string_view text);

// A JSON string with its quotes: `a"b` → `"a\"b"`. False, and nothing is appended, if the text is
// no UTF-8.
[[nodiscard]] bool AppendJsonString(std::string& json, std::string_view text);

// Standard alphabet with padding.
std::string Base64(std::string_view bytes);
// Standard and URL alphabet, with or without padding.
std::optional<std::string> FromBase64(std::string_view text);

// The shortest text that reads back as the same number: `0.1`, `1e+20`, `NaN`, `Infinity`. The
// latter two without quotes.
std::string NumberText(double number);
std::string NumberText(float number);

// The candidate that is most like `name`, if any is near enough to be meant by it:
// `pagesize` → `pageSize`.
std::optional<std::string> NearestName(std::string_view name,
                                       const std::vector<std::string>& candidates);

// ` (did you mean "pageSize"?)`, or nothing.
std::string NearestNameHint(std::string_view name, const std::vector<std::string>& candidates);

}  // namespace gongkai
