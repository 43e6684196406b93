// Scalars as text, for JSON strings and numbers, map keys, path and query parameters alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/common/transcoding/message_table.h"

namespace gongkai {

// A scalar as the wire holds it: the bits of a number, bool or enum, or the bytes of a string.
struct Scalar {
  std::uint64_t bits = 0;
  std::string bytes;

  // Left out of the wire and of JSON, unless the field has presence.
  bool is_default() const { return bits == 0 && bytes.empty(); }
};

// Numbers (`42`, `4.2e1` for an integer too, `NaN`), `true` and `false`, enum names and numbers,
// base64 and text. Nothing if the text is no value of the field, which is of no message type.
std::optional<Scalar> ParseScalar(const FieldTable& field, std::string_view text);

// What ParseScalar expects, for error messages: `an integer from 0 to 4294967295`.
std::string ExpectedScalar(const FieldTable& field);

// `PLAIN`; nothing for a number that the enum does not name.
std::optional<std::string_view> EnumName(const EnumTable& enumeration, std::uint64_t bits);

}  // namespace gongkai
