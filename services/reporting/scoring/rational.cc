#include "services/reporting/scoring/rational.h"

#include <limits>

namespace gongkai::reporting {
namespace {

__extension__ typedef __int128 Wide;

Wide GreatestDivisor(Wide a, Wide b) {
  if (a < 0) a = -a;
  while (b != 0) {
    const Wide rest = a % b;
    a = b;
    b = rest;
  }
  return a;
}

bool Fits(Wide number) {
  return number >= std::numeric_limits<std::int64_t>::min() &&
         number <= std::numeric_limits<std::int64_t>::max();
}

// The lowest terms of a fraction whose denominator is not 0, as a pair that Of takes.
std::optional<Rational> Reduced(Wide numerator, Wide denominator) {
  if (denominator < 0) {
    numerator = -numerator;
    denominator = -denominator;
  }
  const Wide divisor = GreatestDivisor(numerator, denominator);
  numerator /= divisor;
  denominator /= divisor;
  if (!Fits(numerator) || !Fits(denominator)) return std::nullopt;
  return Rational::Of(static_cast<std::int64_t>(numerator), static_cast<std::int64_t>(denominator));
}

}  // namespace

std::optional<Rational> Rational::Of(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) return std::nullopt;
  const Wide divisor = GreatestDivisor(numerator, denominator);
  if (divisor != 1 || denominator < 0) return Reduced(numerator, denominator);
  Rational rational;
  rational.numerator_ = numerator;
  rational.denominator_ = denominator;
  return rational;
}

// Products of two numbers of 64 bits fit into 128, and so does the sum of two of them: a
// denominator is never the least number of 64 bits.

std::optional<Rational> Rational::Plus(const Rational& other) const {
  return Reduced(Wide(numerator_) * other.denominator_ + Wide(other.numerator_) * denominator_,
                 Wide(denominator_) * other.denominator_);
}

std::optional<Rational> Rational::Minus(const Rational& other) const {
  return Reduced(Wide(numerator_) * other.denominator_ - Wide(other.numerator_) * denominator_,
                 Wide(denominator_) * other.denominator_);
}

std::optional<Rational> Rational::Times(const Rational& other) const {
  return Reduced(Wide(numerator_) * other.numerator_, Wide(denominator_) * other.denominator_);
}

std::optional<Rational> Rational::By(const Rational& other) const {
  if (other.numerator_ == 0) return std::nullopt;
  return Reduced(Wide(numerator_) * other.denominator_, Wide(denominator_) * other.numerator_);
}

std::optional<std::int64_t> Rational::Hundredths() const {
  const Wide doubled = Wide(numerator_) * 200;
  const Wide size = doubled < 0 ? -doubled : doubled;
  const Wide rounded = (size + denominator_) / (Wide(2) * denominator_);
  if (!Fits(rounded)) return std::nullopt;
  return static_cast<std::int64_t>(doubled < 0 ? -rounded : rounded);
}

bool operator<(const Rational& one, const Rational& other) {
  return Wide(one.numerator_) * other.denominator_ < Wide(other.numerator_) * one.denominator_;
}

}  // namespace gongkai::reporting
