#include "services/plans/domain/contact.h"

#include <vector>

namespace gongkai::plans {
namespace {

constexpr std::size_t kShownBefore = 3;
constexpr std::size_t kShownBehind = 2;

// Characters of UTF-8.
std::vector<std::string_view> Characters(std::string_view text) {
  std::vector<std::string_view> characters;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
    characters.push_back(text.substr(begin, end - begin));
    begin = end;
  }
  return characters;
}

}  // namespace

std::string Masked(std::string_view contact) {
  const auto characters = Characters(contact);
  const bool is_short = characters.size() <= kShownBefore + kShownBehind;
  std::string masked;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    const bool shown = !is_short && (i < kShownBefore || i + kShownBehind >= characters.size());
    masked += shown ? characters[i] : "*";
  }
  return masked;
}

}  // namespace gongkai::plans
