#include "services/common/transcoding/scalar.h"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>

#include "services/common/transcoding/text.h"
#include "services/common/transcoding/wire_format.h"

namespace gongkai {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// from_chars also takes `inf`, `nan` and `.5`, which are no numbers in JSON.
bool LooksLikeNumber(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && IsDigit(text.front()) && IsDigit(text.back());
}

template <typename Float>
std::optional<Float> ParseFloat(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<Float>::quiet_NaN();
  if (text == "Infinity") return std::numeric_limits<Float>::infinity();
  if (text == "-Infinity") return -std::numeric_limits<Float>::infinity();
  if (!LooksLikeNumber(text)) return std::nullopt;
  Float number = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  if (result.ptr != end) return std::nullopt;
  if (result.ec == std::errc()) return number;
  // Too near to zero is zero; too large is no number of this type.
  const auto exponent = text.find_first_of("eE");
  const bool tiny = exponent == std::string_view::npos ? text.find('.') != std::string_view::npos
                                                       : text[exponent + 1] == '-';
  return tiny ? std::optional<Float>(0) : std::nullopt;
}

template <typename Integer>
std::optional<Integer> ParseInteger(std::string_view text) {
  Integer number = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  if (result.ec == std::errc() && result.ptr == end) return number;
  if (text.find_first_of(".eE") == std::string_view::npos) {
    // -0 is a JSON number.
    return text == "-0" ? std::optional<Integer>(0) : std::nullopt;
  }
  const auto whole = ParseFloat<double>(text);
  constexpr double kExact = 9007199254740992.0;  // 2^53: above, doubles skip integers
  if (!whole || *whole != std::floor(*whole) || std::abs(*whole) > kExact) return std::nullopt;
  if (*whole < static_cast<double>(std::numeric_limits<Integer>::min())) return std::nullopt;
  if (*whole > static_cast<double>(std::numeric_limits<Integer>::max())) return std::nullopt;
  return static_cast<Integer>(*whole);
}

std::optional<Scalar> OfBits(std::optional<std::uint64_t> bits) {
  if (!bits) return std::nullopt;
  return Scalar{.bits = *bits};
}

template <typename Integer, typename ToBits>
std::optional<Scalar> Integral(std::string_view text, ToBits to_bits) {
  const auto number = ParseInteger<Integer>(text);
  if (!number) return std::nullopt;
  return Scalar{.bits = to_bits(*number)};
}

std::optional<std::uint64_t> BoolBits(std::string_view text) {
  if (text == "true") return 1;
  if (text == "false") return 0;
  return std::nullopt;
}

std::optional<std::uint64_t> EnumBits(const EnumTable& enumeration, std::string_view text) {
  const auto named = enumeration.by_name.find(text);
  if (named != enumeration.by_name.end()) {
    return static_cast<std::uint64_t>(std::int64_t{named->second});
  }
  const auto number = ParseInteger<std::int32_t>(text);
  if (!number || (enumeration.closed && !enumeration.by_number.contains(*number))) {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(std::int64_t{*number});
}

template <typename Integer>
std::string Range() {
  return "an integer from " + std::to_string(std::numeric_limits<Integer>::min()) + " to " +
         std::to_string(std::numeric_limits<Integer>::max());
}

std::string ExpectedEnum(const EnumTable& enumeration) {
  constexpr std::size_t kMostNames = 12;
  std::string expected = "one of";
  std::size_t count = 0;
  for (const auto& [number, name] : enumeration.by_number) {
    if (++count > kMostNames) return "a name or number of " + enumeration.full_name;
    expected += (count > 1 ? ", " : " ") + name;
  }
  return expected;
}

}  // namespace

std::optional<Scalar> ParseScalar(const FieldTable& field, std::string_view text) {
  const auto sign_extended = [](std::int64_t n) { return static_cast<std::uint64_t>(n); };
  const auto four_bytes = [](std::int32_t n) {
    return std::uint64_t{static_cast<std::uint32_t>(n)};
  };
  const auto unchanged = [](std::uint64_t n) { return n; };
  switch (field.kind) {
    case FieldKind::kDouble: {
      const auto number = ParseFloat<double>(text);
      return number ? OfBits(std::bit_cast<std::uint64_t>(*number)) : std::nullopt;
    }
    case FieldKind::kFloat: {
      const auto number = ParseFloat<float>(text);
      return number ? OfBits(std::bit_cast<std::uint32_t>(*number)) : std::nullopt;
    }
    case FieldKind::kInt32:
      return Integral<std::int32_t>(text, sign_extended);
    case FieldKind::kInt64:
    case FieldKind::kSfixed64:
      return Integral<std::int64_t>(text, sign_extended);
    case FieldKind::kSint32:
      return Integral<std::int32_t>(text, ZigZag);
    case FieldKind::kSint64:
      return Integral<std::int64_t>(text, ZigZag);
    case FieldKind::kSfixed32:
      return Integral<std::int32_t>(text, four_bytes);
    case FieldKind::kUint32:
    case FieldKind::kFixed32:
      return Integral<std::uint32_t>(text, unchanged);
    case FieldKind::kUint64:
    case FieldKind::kFixed64:
      return Integral<std::uint64_t>(text, unchanged);
    case FieldKind::kBool:
      return OfBits(BoolBits(text));
    case FieldKind::kEnum:
      return OfBits(EnumBits(*field.enumeration, text));
    case FieldKind::kString:
      if (!IsUtf8(text)) return std::nullopt;
      return Scalar{.bytes = std::string(text)};
    case FieldKind::kBytes: {
      auto bytes = FromBase64(text);
      if (!bytes) return std::nullopt;
      return Scalar{.bytes = std::move(*bytes)};
    }
    case FieldKind::kMessage:
    case FieldKind::kGroup:
      break;
  }
  return std::nullopt;
}

std::string ExpectedScalar(const FieldTable& field) {
  switch (field.kind) {
    case FieldKind::kDouble:
    case FieldKind::kFloat:
      return "a number, \"NaN\", \"Infinity\" or \"-Infinity\"";
    case FieldKind::kInt32:
    case FieldKind::kSint32:
    case FieldKind::kSfixed32:
      return Range<std::int32_t>();
    case FieldKind::kInt64:
    case FieldKind::kSint64:
    case FieldKind::kSfixed64:
      return Range<std::int64_t>();
    case FieldKind::kUint32:
    case FieldKind::kFixed32:
      return Range<std::uint32_t>();
    case FieldKind::kUint64:
    case FieldKind::kFixed64:
      return Range<std::uint64_t>();
    case FieldKind::kBool:
      return "true or false";
    case FieldKind::kEnum:
      return ExpectedEnum(*field.enumeration);
    case FieldKind::kString:
      return "text in UTF-8";
    case FieldKind::kBytes:
      return "bytes in base64";
    case FieldKind::kMessage:
    case FieldKind::kGroup:
      return "an object";
  }
  return "a value";
}

std::optional<std::string_view> EnumName(const EnumTable& enumeration, std::uint64_t bits) {
  const auto found = enumeration.by_number.find(static_cast<std::int32_t>(bits));
  if (found == enumeration.by_number.end()) return std::nullopt;
  return found->second;
}

}  // namespace gongkai
