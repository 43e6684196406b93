// Units that a cell or a bracket names, with their roles.
#pragma once

#include <vector>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// What the heading of a column says about units without a verb.
enum class UnitColumn {
  kLead,         // 牵头单位
  kResponsible,  // 责任单位, 牵头落实单位: verbs decide
  kSupporting,   // 配合单位
  kFirstLeads,   // 责任单位（排第一位的为牵头单位）
};

// A cell that names units, and what its column says about them.
struct UnitCell {
  Cell cell;
  UnitColumn column = UnitColumn::kResponsible;
};

// The units of a task's cells in the order of the text; one that is named twice in the same role
// counts once.
//
//   `县府办牵头，各镇（街道）、县直各部门负责` → 县府办 LEAD UNIT, 各镇（街道） RESPONSIBLE GROUP,
//                                             县直各部门 RESPONSIBLE GROUP
//   `县财政局、县文化和旅游局等有关部门` → two units and 有关部门, OPEN_ENDED
std::vector<ParsedUnit> ParseUnits(const std::vector<UnitCell>& cells);

// Whether the text reads as names of units and nothing else: for text of which that is not known.
bool LooksLikeUnits(TextView text);

}  // namespace gongkai::plans::importer
