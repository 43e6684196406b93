// What the columns of a breakdown table (任务分解表) hold, told by its heading row.
#pragma once

#include <optional>
#include <vector>

#include "services/plans/importer/document.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {

enum class ColumnRole {
  kOrdinal,      // 序号
  kTask,         // 工作任务, 重点工作, 类别: headings, innermost last
  kRequirement,  // 具体要求, 工作内容, 工作措施
  kUnits,        // 责任单位, 牵头单位, 配合单位
  kDue,          // 完成时限
  kOther,        // filled in by the units, or of no interest: 责任科室, 备注
};

struct Column {
  ColumnRole role = ColumnRole::kOther;
  UnitColumn units = UnitColumn::kResponsible;  // kUnits only
};

using Columns = std::vector<Column>;

// The columns of a row that heads a breakdown table: at least a task or requirement, and one of
// units, due date and number. Nothing for any other row.
std::optional<Columns> ParseHeaderRow(const Row& row);

// The columns where `row` is the second row of a heading, which splits cells of the first:
//   序号 | 任务 | 责任单位 | 时限  over  (empty) | (empty) | 牵头单位 | 配合单位 | (empty)
// Nothing where it is no such row.
std::optional<Columns> ParseSecondHeaderRow(const Columns& first, const Row& row);

// The columns for a row of `cell_count` cells. Where a row has more cells than the heading, the
// task column spans several; where it has fewer, the row lacks the last ones, or, with
// `lacks_first`, the first.
Columns FitColumns(const Columns& columns, size_t cell_count, bool lacks_first);

}  // namespace gongkai::plans::importer
