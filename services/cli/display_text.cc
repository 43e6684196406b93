#include "services/cli/display_text.h"

#include <cstdint>

namespace gongkai::cli {
namespace {

size_t SequenceLength(char lead) {
  const auto byte = static_cast<uint8_t>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Cells of one character. Chinese text and its punctuation begin with the bytes E2 to EF; terminals
// that follow Chinese fonts draw quotation marks and circled numbers wide as well.
size_t CharacterWidth(std::string_view character) {
  return static_cast<uint8_t>(character[0]) >= 0xE2 ? 2 : 1;
}

}  // namespace

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t at = 0; at < text.size(); at += SequenceLength(text[at])) {
    width += CharacterWidth(text.substr(at));
  }
  return width;
}

std::string FitWidth(std::string_view text, size_t width) {
  constexpr size_t kMarkWidth = 2;
  const bool cut = DisplayWidth(text) > width;
  const size_t room = cut ? width - kMarkWidth : width;
  std::string fitted;
  size_t used = 0;
  for (size_t at = 0; at < text.size();) {
    const std::string_view character = text.substr(at, SequenceLength(text[at]));
    if (used + CharacterWidth(character) > room) break;
    fitted += character;
    used += CharacterWidth(character);
    at += character.size();
  }
  if (cut) {
    fitted += "…";
    used += kMarkWidth;
  }
  return fitted + std::string(width - used, ' ');
}

}  // namespace gongkai::cli
