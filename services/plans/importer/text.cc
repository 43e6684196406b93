#include "services/plans/importer/text.h"

#include <cstdint>
#include <optional>

namespace gongkai::plans::importer {
namespace {

struct Decoded {
  char32_t code_point;
  size_t length;
};

// The code point at the start of `bytes`, or nothing where they are not well-formed UTF-8.
std::optional<Decoded> DecodeOne(std::string_view bytes) {
  const auto lead = static_cast<uint8_t>(bytes[0]);
  if (lead < 0x80) return Decoded{lead, 1};
  const size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || bytes.size() < length) return std::nullopt;
  char32_t code_point = lead & (0x7F >> length);
  for (size_t i = 1; i < length; ++i) {
    const auto next = static_cast<uint8_t>(bytes[i]);
    if ((next & 0xC0) != 0x80) return std::nullopt;
    code_point = (code_point << 6) | (next & 0x3F);
  }
  const bool overlong =
      (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
  if (overlong || surrogate || code_point > 0x10FFFF) return std::nullopt;
  return Decoded{code_point, length};
}

bool IsLatin(char32_t c) {
  return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

// Length of a mark such as `[bookmark: _GoBack]` at the start of `text`, else 0.
size_t LeftoverLength(TextView text) {
  constexpr size_t kLongestLeftover = 120;
  if (!StartsWith(text, U"[bookmark:") && !StartsWith(text, U"[image:")) return 0;
  const size_t end = text.substr(0, kLongestLeftover).find(U']');
  return end == TextView::npos ? 0 : end + 1;
}

}  // namespace

Result<Text> DecodeUtf8(std::string_view bytes) {
  Text text;
  text.reserve(bytes.size() / 2);
  for (size_t at = 0; at < bytes.size();) {
    const auto decoded = DecodeOne(bytes.substr(at));
    if (!decoded || decoded->code_point == 0) {
      const std::string offset = std::to_string(at);
      return Fail({.code = ErrorCode::kInvalidArgument,
                   .reason = "DOCUMENT_UNREADABLE",
                   .message = "neither an office document nor text: not UTF-8 at byte " + offset +
                              ", and not UTF-16 or GB18030; save the plan as .docx, .xlsx, .html "
                              "or text in UTF-8 and try again",
                   .message_zh = "无法识别的文件：第 " + offset +
                                 " 字节处不是 UTF-8 文本，也不是 UTF-16 或 GB18030 "
                                 "文本，请将方案另存为 .docx、.xlsx、.html 或 UTF-8 文本后重试",
                   .metadata = {{"offset", offset}}});
    }
    text.push_back(decoded->code_point);
    at += decoded->length;
  }
  return text;
}

std::string EncodeUtf8(TextView text) {
  std::string bytes;
  bytes.reserve(text.size() * 3);
  for (const char32_t c : text) {
    if (c < 0x80) {
      bytes += static_cast<char>(c);
    } else if (c < 0x800) {
      bytes += static_cast<char>(0xC0 | (c >> 6));
      bytes += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      bytes += static_cast<char>(0xE0 | (c >> 12));
      bytes += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      bytes += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      bytes += static_cast<char>(0xF0 | (c >> 18));
      bytes += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      bytes += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      bytes += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return bytes;
}

bool IsSpace(char32_t c) {
  return c == U' ' || (c >= U'\t' && c <= U'\r') || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

bool IsInvisible(char32_t c) {
  return (c < 0x20 && !IsSpace(c)) || c == 0x7F || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         c == 0x2060 || c == 0xFEFF || c == 0xFFFC;
}

bool IsDigit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }

bool IsHan(char32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3007 ||
         (c >= 0x20000 && c <= 0x323AF);
}

bool IsOneOf(char32_t c, TextView set) { return set.find(c) != TextView::npos; }

TextView Trim(TextView text) {
  while (!text.empty() && (IsSpace(text.front()) || IsInvisible(text.front()))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && (IsSpace(text.back()) || IsInvisible(text.back()))) text.remove_suffix(1);
  return text;
}

bool StartsWith(TextView text, TextView prefix) { return text.substr(0, prefix.size()) == prefix; }

bool EndsWith(TextView text, TextView suffix) {
  return text.size() >= suffix.size() && text.substr(text.size() - suffix.size()) == suffix;
}

bool Contains(TextView text, TextView part) { return text.find(part) != TextView::npos; }

bool IsOpenBracket(char32_t c) { return IsOneOf(c, U"（(〔［[【"); }

bool IsCloseBracket(char32_t c) { return IsOneOf(c, U"）)〕］]】"); }

size_t ClosingBracket(TextView text, size_t open) {
  constexpr size_t kLongestBracket = 400;
  int depth = 0;
  for (size_t at = open; at < text.size() && at - open < kLongestBracket; ++at) {
    if (IsOpenBracket(text[at])) ++depth;
    if (IsCloseBracket(text[at]) && --depth == 0) return at;
  }
  return TextView::npos;
}

Text CleanText(TextView text) {
  Text clean;
  clean.reserve(text.size());
  bool space_before = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char32_t c = text[at];
    if (c == U'[') {
      if (const size_t length = LeftoverLength(text.substr(at)); length > 0) {
        at += length - 1;
        continue;
      }
    }
    if (IsInvisible(c)) continue;
    if (IsSpace(c)) {
      space_before = true;
      continue;
    }
    if (space_before && !clean.empty() && IsLatin(clean.back()) && IsLatin(c)) clean += U' ';
    space_before = false;
    clean += c;
  }
  return clean;
}

}  // namespace gongkai::plans::importer
