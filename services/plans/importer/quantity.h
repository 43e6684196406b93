// Numbers with what they count: `2次`, `百分之六十`, `六成`, `1至2场`.
#pragma once

#include <optional>

#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {

struct Quantity {
  double value = 0;
  TextView unit;  // 次, 场, 名 …, `%` for every form of a share
};

// The quantity at this place, or nothing for money, time and other measures. Of a range the lower
// end. Moves behind it only where there is one.
std::optional<Quantity> EatQuantity(Scanner& at);

// 以上, 及以上, `（含）以上`, `以上（含两次）`: whether any of them stood here.
bool EatOrMore(Scanner& at);

}  // namespace gongkai::plans::importer
