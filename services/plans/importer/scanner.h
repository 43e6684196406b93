// A place in a text that moves forward over what it recognizes: literals and numbers.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>

#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Whether `c` is a Chinese numeral: 〇零一二两三四五六七八九十百.
bool IsHanNumeral(char32_t c);

// Value of Chinese numerals up to 999, nothing for another text: `二十一` → 21.
std::optional<int32_t> HanNumber(TextView text);

// Every Eat… function moves behind what it names and tells so, or stays where it is.
//
//   Scanner s(U"12月底前"); s.EatNumber() → 12; s.Eat(U"月") → true; s.rest() → `底前`
class Scanner {
 public:
  explicit Scanner(TextView text, size_t position = 0) : text_(text), position_(position) {}

  size_t position() const { return position_; }
  void MoveTo(size_t position) { position_ = position; }
  bool AtEnd() const { return position_ >= text_.size(); }
  // The next code point, or 0 at the end.
  char32_t Peek() const { return AtEnd() ? U'\0' : text_[position_]; }
  // The code point before this place, or 0 at the beginning.
  char32_t Before() const { return position_ == 0 ? U'\0' : text_[position_ - 1]; }
  TextView rest() const { return text_.substr(position_); }
  // The text from `start` to this place.
  TextView Since(size_t start) const { return text_.substr(start, position_ - start); }

  bool Eat(TextView literal);
  // The first of `literals` that stands here; longer ones must come first.
  bool EatAny(std::initializer_list<TextView> literals);
  void EatSpaces();

  // A whole number below a million in digits or a Chinese numeral below a thousand.
  std::optional<int32_t> EatNumber();
  // The like, with a decimal part in digits.
  std::optional<double> EatDecimal();
  // Four digits of a year, 1900 to 2199: `2023`, `２０２３`, `二〇二三`.
  std::optional<int32_t> EatYear();

 private:
  TextView text_;
  size_t position_;
};

}  // namespace gongkai::plans::importer
