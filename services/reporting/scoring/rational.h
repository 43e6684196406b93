// Exact fractions, so that a score on a threshold falls on the right side of it.
#pragma once

#include <cstdint>
#include <optional>

namespace gongkai::reporting {

// In lowest terms, with a denominator above 0. Arithmetic answers nothing where the result does not
// fit into 64 bits, or is divided by zero.
class Rational {
 public:
  constexpr Rational() = default;
  constexpr Rational(std::int64_t whole) : numerator_(whole) {}  // NOLINT: a number is a fraction

  // Nothing for a denominator of 0.
  static std::optional<Rational> Of(std::int64_t numerator, std::int64_t denominator);

  std::int64_t numerator() const { return numerator_; }
  std::int64_t denominator() const { return denominator_; }

  std::optional<Rational> Plus(const Rational& other) const;
  std::optional<Rational> Minus(const Rational& other) const;
  std::optional<Rational> Times(const Rational& other) const;
  std::optional<Rational> By(const Rational& other) const;

  // The number of hundredths, rounded half away from zero: 2/3 → 67. Nothing where it does not fit.
  std::optional<std::int64_t> Hundredths() const;

  friend bool operator==(const Rational&, const Rational&) = default;
  friend bool operator<(const Rational& one, const Rational& other);

 private:
  std::int64_t numerator_ = 0;
  std::int64_t denominator_ = 1;
};

}  // namespace gongkai::reporting
