// JSON text that grows as it is written.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace gongkai {

// Writes into memory that is there already: the standard string would look after its length and its
// final zero with each character.
class JsonText {
 public:
  // `expected`: a guess at the size.
  explicit JsonText(std::size_t expected) : storage_(expected + kLeast, '\0') {}
  JsonText(const JsonText&) = delete;
  JsonText& operator=(const JsonText&) = delete;

  void Put(char c) {
    Reserve(1);
    *position_++ = c;
  }
  void Put(std::string_view text) {
    Reserve(text.size());
    position_ = std::copy(text.begin(), text.end(), position_);
  }
  // The text between quotes, of characters that need no escape.
  void PutQuoted(std::string_view text) {
    Reserve(text.size() + 2);
    *position_++ = '"';
    position_ = std::copy(text.begin(), text.end(), position_);
    *position_++ = '"';
  }
  // Any text, with quotes. False if it is no UTF-8.
  [[nodiscard]] bool PutString(std::string_view text);
  template <typename Integer>
  void PutInteger(Integer number) {
    Reserve(kLongestInteger);
    position_ = std::to_chars(position_, end_, number).ptr;
  }

  // The last character; some must have been put.
  char last() const { return position_[-1]; }
  std::size_t size() const { return static_cast<std::size_t>(position_ - storage_.data()); }
  // Forgets what was put since the text had this size.
  void Rewind(std::size_t size) { position_ = storage_.data() + size; }

  std::string Take() {
    storage_.resize(size());
    return std::move(storage_);
  }

 private:
  static constexpr std::size_t kLeast = 64;
  static constexpr std::size_t kLongestInteger = 20;

  void Reserve(std::size_t more) {
    if (static_cast<std::size_t>(end_ - position_) < more) Grow(more);
  }
  void Grow(std::size_t more);

  std::string storage_;
  char* position_ = storage_.data();
  char* end_ = position_ + storage_.size();
};

}  // namespace gongkai
