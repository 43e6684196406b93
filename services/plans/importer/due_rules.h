// Due rules that a column or a sentence states.
#pragma once

#include <cstdint>
#include <vector>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Rules of a cell in the column for deadlines, in the order of the text. Empty for an empty cell.
// A text without any date is one UNSTATED rule that keeps it.
//   `2023年12月底前` → FIXED 2023-12-31; `长期坚持` → ONGOING; `每年6月底前` → RECURRING YEARLY
std::vector<DueRule> ParseDueCell(TextView cell, int32_t plan_year);

// Rules inside the sentences of a requirement. Stricter: a date counts only as a deadline (前, 内,
// 底), words such as 长期 and 持续 are no rule, and 每年 beside a number belongs to the target.
//   `各单位7月底前公布清单` → FIXED; `按月公开` → RECURRING MONTHLY; `10个工作日内` → RELATIVE
std::vector<DueRule> FindDueRules(TextView requirement, int32_t plan_year);

// Whether a cell or a part of one tells a date, a cadence or that the work goes on.
bool LooksLikeDue(TextView text);

// Whether an undatable text is an ordinary wording (及时, 按要求) and not one that nobody expected.
bool IsOrdinaryUndated(TextView cell);

}  // namespace gongkai::plans::importer
