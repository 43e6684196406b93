// Reads JSON text token by token.
#pragma once

#include <cstdint>
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
  // `text` must outlive the scanner and the numbers that it gave.
  explicit JsonScanner(std::string_view text) : text_(text) {}

  // The kind of the next value; kNone for what begins no value.
  JsonKind Peek();
  // Takes one structural character, if it is next.
  bool Take(char structural);
  // Takes `true`, `false` or `null`, if it is next.
  bool TakeWord(std::string_view word);
  // The characters of a number as they stand.
  std::optional<std::string_view> Number();
  // A string, unescaped. If there is none, fault() tells why.
  std::optional<std::string> String();
  // Passes over one value of any kind.
  bool Skip(int max_depth);

  std::size_t position() const { return position_; }
  void Seek(std::size_t position) { position_ = position; }
  std::string_view text() const { return text_; }
  std::string_view fault() const { return fault_; }

 private:
  void SkipSpace();
  bool SkipMembers(char close, int max_depth);
  std::optional<std::string> Failed(std::string_view fault);
  bool Escape(std::string& value);
  std::optional<std::uint32_t> Hex4();

  std::string_view text_;
  std::size_t position_ = 0;
  std::string_view fault_;
};

}  // namespace gongkai
