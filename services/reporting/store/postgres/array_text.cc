#include "services/reporting/store/postgres/array_text.h"

#include <array>

namespace gongkai::reporting {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

constexpr std::array<signed char, 256> kValues = [] {
  std::array<signed char, 256> values{};
  for (auto& value : values) value = -1;
  for (std::size_t i = 0; i < kDigits.size(); ++i) {
    values[static_cast<unsigned char>(kDigits[i])] = static_cast<signed char>(i);
  }
  return values;
}();

}  // namespace

void ArrayText::AddBytes(std::string_view bytes) {
  auto& text = Element();
  text += "\"\\\\x";
  for (const unsigned char byte : bytes) {
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  text += '"';
}

void ArrayText::AddText(std::string_view text) {
  auto& element = Element();
  element += '"';
  for (const char c : text) {
    if (c == '"' || c == '\\') element += '\\';
    element += c;
  }
  element += '"';
}

std::string BytesOf(std::string_view hex) {
  std::string bytes;
  if (!hex.starts_with("\\x")) return bytes;
  bytes.reserve(hex.size() / 2);
  for (std::size_t i = 2; i + 1 < hex.size(); i += 2) {
    const int high = kValues[static_cast<unsigned char>(hex[i])];
    const int low = kValues[static_cast<unsigned char>(hex[i + 1])];
    if (high < 0 || low < 0) break;
    bytes.push_back(static_cast<char>(high << 4 | low));
  }
  return bytes;
}

}  // namespace gongkai::reporting
