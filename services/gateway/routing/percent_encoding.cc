#include "services/gateway/routing/percent_encoding.h"

namespace gongkai::gateway {
namespace {

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char letter = static_cast<char>(c | 0x20);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

}  // namespace

std::optional<std::string> PercentDecode(std::string_view text, PercentDecoding decoding) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && decoding == PercentDecoding::kForm) {
      decoded += ' ';
      continue;
    }
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = HexValue(text[i + 1]);
    const int low = HexValue(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    const char byte = static_cast<char>(high << 4 | low);
    if (byte == '/' && decoding == PercentDecoding::kAllButSlash) {
      decoded += text.substr(i, 3);
    } else {
      decoded += byte;
    }
    i += 2;
  }
  return decoded;
}

}  // namespace gongkai::gateway
