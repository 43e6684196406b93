#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {
namespace {

int32_t DigitValue(char32_t c) { return static_cast<int32_t>(c >= U'０' ? c - U'０' : c - U'0'); }

// 0 to 9 for one Chinese numeral below ten, else -1.
int32_t HanDigit(char32_t c) {
  if (c == U'零') return 0;
  if (c == U'两') return 2;
  const size_t value = TextView(U"〇一二三四五六七八九").find(c);
  return value == TextView::npos ? -1 : static_cast<int32_t>(value);
}

}  // namespace

bool IsHanNumeral(char32_t c) { return HanDigit(c) >= 0 || c == U'十' || c == U'百'; }

std::optional<int32_t> HanNumber(TextView text) {
  if (text.empty() || text.size() > 6) return std::nullopt;
  int32_t total = 0;
  int32_t digit = -1;
  for (const char32_t c : text) {
    if (c == U'十' || c == U'百') {
      total += (digit < 0 ? 1 : digit) * (c == U'十' ? 10 : 100);
      digit = -1;
      continue;
    }
    // Two digits in a row are a list (`三四十`) or a year, no number.
    if (HanDigit(c) < 0 || digit > 0) return std::nullopt;
    digit = HanDigit(c);
  }
  return total + (digit < 0 ? 0 : digit);
}

bool Scanner::Eat(TextView literal) {
  if (!StartsWith(rest(), literal)) return false;
  position_ += literal.size();
  return true;
}

bool Scanner::EatAny(std::initializer_list<TextView> literals) {
  for (const TextView literal : literals) {
    if (Eat(literal)) return true;
  }
  return false;
}

void Scanner::EatSpaces() {
  while (!AtEnd() && IsSpace(Peek())) ++position_;
}

std::optional<int32_t> Scanner::EatNumber() {
  const size_t start = position_;
  if (IsDigit(Peek())) {
    int32_t value = 0;
    while (IsDigit(Peek()) && value < 100'000) value = value * 10 + DigitValue(text_[position_++]);
    if (!IsDigit(Peek())) return value;
    position_ = start;
    return std::nullopt;
  }
  while (IsHanNumeral(Peek()) && position_ - start < 7) ++position_;
  const auto value = HanNumber(Since(start));
  if (!value) position_ = start;
  return value;
}

std::optional<double> Scanner::EatDecimal() {
  const auto whole = EatNumber();
  if (!whole) return std::nullopt;
  double value = *whole;
  if (Peek() != U'.' || rest().size() < 2 || !IsDigit(rest()[1])) return value;
  ++position_;
  for (double place = 0.1; IsDigit(Peek()); place /= 10) {
    value += place * DigitValue(text_[position_++]);
  }
  return value;
}

std::optional<int32_t> Scanner::EatYear() {
  const TextView digits = rest().substr(0, 4);
  if (digits.size() < 4 || IsDigit(Before())) return std::nullopt;
  int32_t year = 0;
  for (const char32_t c : digits) {
    const int32_t digit = IsDigit(c) ? DigitValue(c) : HanDigit(c);
    if (digit < 0) return std::nullopt;
    year = year * 10 + digit;
  }
  const char32_t after = rest().size() > 4 ? rest()[4] : U'\0';
  if (year < 1900 || year > 2199 || IsDigit(after)) return std::nullopt;
  position_ += 4;
  return year;
}

}  // namespace gongkai::plans::importer
