#include "services/common/transcoding/text.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <numeric>

namespace gongkai {
namespace {

using Byte = unsigned char;

// Length of the well-formed sequence at `position`, or 0.
int Utf8Length(const char* position, const char* end) {
  const auto byte = [&](int i) { return static_cast<Byte>(position[i]); };
  const auto continues = [&](int i, Byte low = 0x80, Byte high = 0xbf) {
    return end - position > i && byte(i) >= low && byte(i) <= high;
  };
  const Byte first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first <= 0xdf) return continues(1) ? 2 : 0;
  if (first >= 0xe0 && first <= 0xef) {
    const Byte low = first == 0xe0 ? 0xa0 : 0x80;
    const Byte high = first == 0xed ? 0x9f : 0xbf;
    return continues(1, low, high) && continues(2) ? 3 : 0;
  }
  if (first >= 0xf0 && first <= 0xf4) {
    const Byte low = first == 0xf0 ? 0x90 : 0x80;
    const Byte high = first == 0xf4 ? 0x8f : 0xbf;
    return continues(1, low, high) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

// Bytes that stand for themselves inside a JSON string.
constexpr auto kPlain = [] {
  std::array<bool, 256> plain{};
  for (int byte = 0x20; byte < 0x80; ++byte) plain[byte] = byte != '"' && byte != '\\';
  return plain;
}();

std::uint64_t Load8(const char* bytes) {
  std::uint64_t block;
  std::memcpy(&block, bytes, sizeof block);
  return block;
}

// The highest bit of each byte that is not plain. Above the lowest such byte others may be marked
// too, for a subtraction borrows from them.
std::uint64_t MarkNotPlain(std::uint64_t block) {
  constexpr std::uint64_t kOnes = 0x0101010101010101;
  constexpr std::uint64_t kHigh = 0x8080808080808080;
  const std::uint64_t quote = block ^ (kOnes * '"');
  const std::uint64_t backslash = block ^ (kOnes * '\\');
  const std::uint64_t below = ((block - kOnes * 0x20) & ~block) | ((quote - kOnes) & ~quote) |
                              ((backslash - kOnes) & ~backslash);
  return (below | block) & kHigh;
}

constexpr bool kLittleEndian = std::endian::native == std::endian::little;

// Eight bytes at a time. `begin` is where the whole text begins: its last eight bytes may be looked
// at once more.
const char* AfterPlainAscii(const char* begin, const char* position, const char* end) {
  if (kLittleEndian && end - begin >= 8) {
    for (; end - position >= 8; position += 8) {
      const std::uint64_t marks = MarkNotPlain(Load8(position));
      if (marks != 0) return position + std::countr_zero(marks) / 8;
    }
    const auto rest = end - position;
    if (rest == 0) return end;
    // The zeros that follow the rest are not plain.
    return position + std::countr_zero(MarkNotPlain(Load8(end - 8) >> (64 - 8 * rest))) / 8;
  }
  while (position != end && kPlain[static_cast<Byte>(*position)]) ++position;
  return position;
}

// Characters of three bytes, as Chinese text has them. Those that begin with E0 and ED need a
// closer look.
bool IsOfThreeBytes(const char* position) {
  constexpr unsigned kSimpleLeads = 0xdffe;
  const auto lead = static_cast<Byte>(position[0]);
  return (lead & 0xf0) == 0xe0 && (kSimpleLeads >> (lead & 15) & 1) != 0 &&
         (position[1] & 0xc0) == 0x80 && (position[2] & 0xc0) == 0x80;
}

bool AreTwoOfThreeBytes(const char* position) {
  constexpr std::uint64_t kMask = 0x0000c0c0f0c0c0f0;
  constexpr std::uint64_t kForm = 0x00008080e08080e0;
  constexpr unsigned kSimpleLeads = 0xdffe;
  const std::uint64_t block = Load8(position);
  return (block & kMask) == kForm &&
         (kSimpleLeads >> (block & 15) & kSimpleLeads >> (block >> 24 & 15) & 1) != 0;
}

const char* AfterBeyondAscii(const char* position, const char* end) {
  while (kLittleEndian && end - position >= 8 && AreTwoOfThreeBytes(position)) position += 6;
  while (end - position >= 3 && IsOfThreeBytes(position)) position += 3;
  while (position != end && static_cast<Byte>(*position) >= 0x80) {
    const int length = Utf8Length(position, end);
    if (length == 0) break;
    position += length;
  }
  return position;
}

void AppendEscape(std::string& json, Byte byte) {
  constexpr char kHex[] = "0123456789abcdef";
  switch (byte) {
    case '"':
      json += "\\\"";
      return;
    case '\\':
      json += "\\\\";
      return;
    case '\b':
      json += "\\b";
      return;
    case '\f':
      json += "\\f";
      return;
    case '\n':
      json += "\\n";
      return;
    case '\r':
      json += "\\r";
      return;
    case '\t':
      json += "\\t";
      return;
    default:
      json += "\\u00";
      json += kHex[byte >> 4];
      json += kHex[byte & 15];
  }
}

constexpr char kBase64Alphabet[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr auto kBase64Values = [] {
  std::array<std::int8_t, 256> values{};
  values.fill(-1);
  for (int i = 0; i < 64; ++i) values[static_cast<Byte>(kBase64Alphabet[i])] = i;
  values['-'] = 62;
  values['_'] = 63;
  return values;
}();

template <typename Float>
std::string FloatText(Float number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number > 0 ? "Infinity" : "-Infinity";
  char text[40];
  // The shortest form of a round number would be 1e+05; whole numbers read better as such.
  const bool whole = std::abs(number) < 1e15 && number == std::floor(number);
  const auto format = whole ? std::chars_format::fixed : std::chars_format::general;
  const auto result = whole ? std::to_chars(text, text + sizeof text, number, format)
                            : std::to_chars(text, text + sizeof text, number);
  return std::string(text, result.ptr);
}

std::string LettersOf(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c != '_' && c != '-') letters += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  }
  return letters;
}

std::size_t EditDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substituted = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, substituted});
    }
  }
  return row.back();
}

}  // namespace

bool IsUtf8(std::string_view text) {
  const char* position = text.data();
  const char* const end = position + text.size();
  while (position != end) {
    const int length = Utf8Length(position, end);
    if (length == 0) return false;
    position += length;
  }
  return true;
}

std::size_t PlainLength(std::string_view text) {
  const char* const begin = text.data();
  const char* const end = begin + text.size();
  const char* position = begin;
  while (true) {
    position = AfterPlainAscii(begin, position, end);
    if (position == end || static_cast<Byte>(*position) < 0x80) break;
    const char* const after = AfterBeyondAscii(position, end);
    if (after == position) break;
    position = after;
  }
  return static_cast<std::size_t>(position - begin);
}

bool AppendJsonString(std::string& json, std::string_view text) {
  const std::size_t before = json.size();
  json += '"';
  while (true) {
    const std::size_t plain = PlainLength(text);
    json += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    const auto byte = static_cast<Byte>(text.front());
    if (byte >= 0x80) {
      json.resize(before);
      return false;
    }
    AppendEscape(json, byte);
    text.remove_prefix(1);
  }
  json += '"';
  return true;
}

std::string Base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
    std::uint32_t block = 0;
    for (std::size_t j = 0; j < 3; ++j) {
      block = block << 8 | (j < count ? static_cast<Byte>(bytes[i + j]) : 0);
    }
    for (std::size_t j = 0; j < 4; ++j) {
      text += j <= count ? kBase64Alphabet[block >> (18 - 6 * j) & 63] : '=';
    }
  }
  return text;
}

std::optional<std::string> FromBase64(std::string_view text) {
  if (text.size() % 4 == 0 && text.ends_with('=')) {
    text.remove_suffix(text.ends_with("==") ? 2 : 1);
  }
  if (text.size() % 4 == 1) return std::nullopt;
  std::string bytes;
  bytes.reserve(text.size() / 4 * 3 + 2);
  std::uint32_t block = 0;
  int bits = 0;
  for (const char c : text) {
    const int value = kBase64Values[static_cast<Byte>(c)];
    if (value < 0) return std::nullopt;
    block = block << 6 | static_cast<std::uint32_t>(value);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(block >> bits);
  }
  return bytes;
}

std::string NumberText(double number) { return FloatText(number); }
std::string NumberText(float number) { return FloatText(number); }

std::optional<std::string> NearestName(std::string_view name,
                                       const std::vector<std::string>& candidates) {
  constexpr std::size_t kLongestName = 100;
  if (name.size() > kLongestName) return std::nullopt;
  const std::string wanted = LettersOf(name);
  std::optional<std::string> nearest;
  // Two letters that changed places count as two edits.
  const std::size_t tolerated = std::max<std::size_t>(wanted.size() < 4 ? 1 : 2, wanted.size() / 3);
  std::size_t least = tolerated + 1;
  for (const auto& candidate : candidates) {
    const std::size_t distance = EditDistance(wanted, LettersOf(candidate));
    if (distance >= least) continue;
    least = distance;
    nearest = candidate;
  }
  return nearest;
}

std::string NearestNameHint(std::string_view name, const std::vector<std::string>& candidates) {
  const auto nearest = NearestName(name, candidates);
  return nearest ? " (did you mean \"" + *nearest + "\"?)" : "";
}

}  // namespace gongkai
