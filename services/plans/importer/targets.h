// Demands in numbers that a requirement makes.
#pragma once

#include <vector>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// In the order of the text. A number is a demand where a comparator (不少于, 不低于, 至少 …) or,
// for acts that are counted, a period (每年, 每季度 …) stands with it; sums of money, time limits
// and numbers inside of names are none. A clause without a subject takes scope, and a clause
// without a metric takes metric and period, from the clauses before it in the same sentence.
//
//   `县级原则上每年至少开展3次评估，各部门不少于1次` →
//     评估 ≥ 3次, YEAR, DIVISION, soft; 评估 ≥ 1次, YEAR, EACH_UNIT
std::vector<Target> FindTargets(TextView requirement);

}  // namespace gongkai::plans::importer
