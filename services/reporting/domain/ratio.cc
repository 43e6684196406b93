#include "services/reporting/domain/ratio.h"

namespace gongkai::reporting {

std::string DisplayPercent(const Ratio& ratio) {
  if (ratio.denominator == 0) return "N/A";
  const auto tenths = (2000 * ratio.numerator + ratio.denominator) / (2 * ratio.denominator);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";
}

}  // namespace gongkai::reporting
