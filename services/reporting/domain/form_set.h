// A set of forms of interpretation: what "distinct forms" counts.
#pragma once

#include <bit>
#include <cstdint>
#include <initializer_list>

#include "services/reporting/domain/fact.h"

namespace gongkai::reporting {

// A value. The bits stand for the numbers of `Form`, so that the database can keep a set in one
// column: {kText, kChart} ↔ 0b1010.
class FormSet {
 public:
  constexpr FormSet() = default;
  constexpr FormSet(std::initializer_list<Form> forms) {
    for (const Form form : forms) bits_ |= 1u << static_cast<int>(form);
  }
  static constexpr FormSet FromBits(std::uint32_t bits) {
    FormSet set;
    set.bits_ = bits;
    return set;
  }

  constexpr std::uint32_t bits() const { return bits_; }
  constexpr int size() const { return std::popcount(bits_); }
  // The forms that are not in `other`.
  constexpr FormSet Without(FormSet other) const { return FromBits(bits_ & ~other.bits_); }

 private:
  std::uint32_t bits_ = 0;
};

}  // namespace gongkai::reporting
