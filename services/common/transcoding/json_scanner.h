// Reads JSON text token by token.
#pragma once

#include <cstdint>
#include <forward_list>
#include <optional>
#include <string>
#include <string_view>

namespace gongkai {

// What a value begins with.
enum class JsonKind { kObject, kArray, kString, kNumber, kTrue, kFalse, kNull, kEnd, kNone };

// For error messages: `a string`.
std::string_view KindName(JsonKind kind);

// Strict RFC 8259: no comments, no trailing commas, text in UTF-8, no lone surrogates.
//
//   JsonScanner scanner(R"({"a": [1]})");
//   scanner.Take('{'); scanner.String();  // → "a"
//   scanner.Take(':'); scanner.Peek();    // → kArray
class JsonScanner {
 public:
  // `text` must outlive the scanner. What the scanner gives lives as long as both.
  explicit JsonScanner(std::string_view text) : text_(text) {}

  // The kind of the next value; kNone for what begins no value.
  JsonKind Peek();
  // Takes one structural character, if it is next.
  bool Take(char structural) {
    SkipSpace();
    if (position_ == text_.size() || text_[position_] != structural) return false;
    ++position_;
    return true;
  }
  // Takes `true`, `false` or `null`, if it is next.
  bool TakeWord(std::string_view word);
  // The characters of a number as they stand.
  std::optional<std::string_view> Number();
  // A string, unescaped. If there is none, fault() tells why.
  std::optional<std::string_view> String();
  // Passes over one value of any kind.
  bool Skip(int max_depth);

  std::size_t position() const { return position_; }
  void Seek(std::size_t position) { position_ = position; }
  std::string_view text() const { return text_; }
  std::string_view fault() const { return fault_; }

 private:
  void SkipSpace() {
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
      ++position_;
    }
  }
  std::optional<std::string_view> EscapedString(std::size_t begin);
  bool SkipMembers(char close, int max_depth);
  std::optional<std::string_view> Failed(std::string_view fault);
  bool Escape(std::string& value);
  std::optional<std::uint32_t> Hex4();

  std::string_view text_;
  std::size_t position_ = 0;
  std::string_view fault_;
  std::forward_list<std::string> unescaped_;  // strings that the text does not hold as they are
};

}  // namespace gongkai
