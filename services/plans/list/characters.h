// Characters of UTF-8: code points and not bytes.
#pragma once

#include <string_view>

namespace gongkai::plans::list {

inline int CountCharacters(std::string_view text) {
  int count = 0;
  for (unsigned char byte : text) count += (byte & 0xC0) != 0x80;
  return count;
}

}  // namespace gongkai::plans::list
