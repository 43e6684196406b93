// A part of a whole, both counted: what every figure is.
#pragma once

#include <cstdint>
#include <string>

namespace gongkai::reporting {

struct Ratio {
  std::int64_t numerator = 0;
  std::int64_t denominator = 0;  // 0: not applicable

  friend bool operator==(const Ratio&, const Ratio&) = default;
};

// Percent with one decimal, rounded half up, in exact integers; for display only. `ratio` must not
// be negative.
//
//   {8, 13} → "61.5%"   {1, 2000} → "0.1%"   {0, 0} → "N/A"
std::string DisplayPercent(const Ratio& ratio);

}  // namespace gongkai::reporting
