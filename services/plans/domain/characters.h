// The characters of UTF-8 text.
#pragma once

#include <string_view>
#include <vector>

namespace gongkai::plans {

// Code points, each as its bytes. Bytes that are no UTF-8 end up in one of them.
inline std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> characters;
  while (!text.empty()) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) {
      ++length;
    }
    characters.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return characters;
}

}  // namespace gongkai::plans
