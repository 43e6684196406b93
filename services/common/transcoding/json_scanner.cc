#include "services/common/transcoding/json_scanner.h"

#include <utility>

#include "services/common/transcoding/text.h"

namespace gongkai {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AppendUtf8(std::string& text, std::uint32_t code_point) {
  const auto tail = [&](int shift) {
    text += static_cast<char>(0x80 | (code_point >> shift & 0x3f));
  };
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += static_cast<char>(0xc0 | code_point >> 6);
    tail(0);
  } else if (code_point < 0x10000) {
    text += static_cast<char>(0xe0 | code_point >> 12);
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xf0 | code_point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace

std::string_view KindName(JsonKind kind) {
  switch (kind) {
    case JsonKind::kObject:
      return "an object";
    case JsonKind::kArray:
      return "an array";
    case JsonKind::kString:
      return "a string";
    case JsonKind::kNumber:
      return "a number";
    case JsonKind::kTrue:
    case JsonKind::kFalse:
      return "a boolean";
    case JsonKind::kNull:
      return "null";
    case JsonKind::kEnd:
      return "the end of the text";
    case JsonKind::kNone:
      break;
  }
  return "what is no JSON";
}

JsonKind JsonScanner::Peek() {
  SkipSpace();
  if (position_ == text_.size()) return JsonKind::kEnd;
  const char c = text_[position_];
  switch (c) {
    case '{':
      return JsonKind::kObject;
    case '[':
      return JsonKind::kArray;
    case '"':
      return JsonKind::kString;
    case 't':
      return JsonKind::kTrue;
    case 'f':
      return JsonKind::kFalse;
    case 'n':
      return JsonKind::kNull;
    default:
      return c == '-' || IsDigit(c) ? JsonKind::kNumber : JsonKind::kNone;
  }
}

bool JsonScanner::TakeWord(std::string_view word) {
  SkipSpace();
  if (!text_.substr(position_).starts_with(word)) return false;
  position_ += word.size();
  return true;
}

std::optional<std::string_view> JsonScanner::Number() {
  SkipSpace();
  std::size_t end = position_;
  const auto digits = [&] {
    const std::size_t begin = end;
    while (end < text_.size() && IsDigit(text_[end])) ++end;
    return end - begin;
  };
  const auto next_is = [&](char c) { return end < text_.size() && text_[end] == c; };
  if (next_is('-')) ++end;
  const bool leading_zero = next_is('0');
  const std::size_t whole = digits();
  if (whole == 0 || (leading_zero && whole > 1)) return std::nullopt;
  if (next_is('.')) {
    ++end;
    if (digits() == 0) return std::nullopt;
  }
  if (next_is('e') || next_is('E')) {
    ++end;
    if (next_is('+') || next_is('-')) ++end;
    if (digits() == 0) return std::nullopt;
  }
  const auto number = text_.substr(position_, end - position_);
  position_ = end;
  return number;
}

std::optional<std::string_view> JsonScanner::Failed(std::string_view fault) {
  fault_ = fault;
  return std::nullopt;
}

std::optional<std::string_view> JsonScanner::String() {
  if (!Take('"')) return Failed("expected a string");
  const std::size_t begin = position_;
  position_ += PlainLength(text_.substr(position_));
  if (position_ == text_.size() || text_[position_] != '"') return EscapedString(begin);
  return text_.substr(begin, position_++ - begin);
}

// Goes on at what ended the first run of plain characters.
std::optional<std::string_view> JsonScanner::EscapedString(std::size_t begin) {
  std::string value(text_.substr(begin, position_ - begin));
  while (true) {
    if (position_ == text_.size()) return Failed("the string has no end");
    const char c = text_[position_];
    if (static_cast<unsigned char>(c) >= 0x80) return Failed("the string is no valid UTF-8");
    ++position_;
    if (c == '"') return unescaped_.emplace_front(std::move(value));
    if (c != '\\') return Failed("a control character in a string must be escaped");
    if (!Escape(value)) return Failed("the string has an invalid escape sequence");
    const std::size_t plain = PlainLength(text_.substr(position_));
    value += text_.substr(position_, plain);
    position_ += plain;
  }
}

bool JsonScanner::Escape(std::string& value) {
  if (position_ == text_.size()) return false;
  const char c = text_[position_++];
  switch (c) {
    case '"':
    case '\\':
    case '/':
      value += c;
      return true;
    case 'b':
      value += '\b';
      return true;
    case 'f':
      value += '\f';
      return true;
    case 'n':
      value += '\n';
      return true;
    case 'r':
      value += '\r';
      return true;
    case 't':
      value += '\t';
      return true;
    case 'u':
      break;
    default:
      return false;
  }
  const auto unit = Hex4();
  if (!unit || (*unit >= 0xdc00 && *unit <= 0xdfff)) return false;
  if (*unit < 0xd800 || *unit > 0xdbff) {
    AppendUtf8(value, *unit);
    return true;
  }
  if (text_.substr(position_, 2) != "\\u") return false;
  position_ += 2;
  const auto low = Hex4();
  if (!low || *low < 0xdc00 || *low > 0xdfff) return false;
  AppendUtf8(value, 0x10000 + ((*unit - 0xd800) << 10) + (*low - 0xdc00));
  return true;
}

std::optional<std::uint32_t> JsonScanner::Hex4() {
  if (text_.size() - position_ < 4) return std::nullopt;
  std::uint32_t unit = 0;
  for (int i = 0; i < 4; ++i) {
    const char c = text_[position_++];
    const char letter = static_cast<char>(c | 0x20);
    if (!IsDigit(c) && (letter < 'a' || letter > 'f')) return std::nullopt;
    unit = unit << 4 | static_cast<std::uint32_t>(IsDigit(c) ? c - '0' : letter - 'a' + 10);
  }
  return unit;
}

bool JsonScanner::Skip(int max_depth) {
  if (max_depth == 0) return false;
  switch (Peek()) {
    case JsonKind::kObject:
      return SkipMembers('}', max_depth);
    case JsonKind::kArray:
      return SkipMembers(']', max_depth);
    case JsonKind::kString:
      return String().has_value();
    case JsonKind::kNumber:
      return Number().has_value();
    case JsonKind::kTrue:
      return TakeWord("true");
    case JsonKind::kFalse:
      return TakeWord("false");
    case JsonKind::kNull:
      return TakeWord("null");
    case JsonKind::kEnd:
    case JsonKind::kNone:
      break;
  }
  return false;
}

bool JsonScanner::SkipMembers(char close, int max_depth) {
  ++position_;
  if (Take(close)) return true;
  do {
    if (close == '}' && (!String() || !Take(':'))) return false;
    if (!Skip(max_depth - 1)) return false;
  } while (Take(','));
  return Take(close);
}

}  // namespace gongkai
