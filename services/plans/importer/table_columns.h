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
  kUnitsAndDue,  // 责任单位及完成时限
  kOther,        // filled in by the units, or of no interest: 责任科室, 备注
  kUnknown,      // what the heading does not tell: see column_guess.h
};

struct Column {
  ColumnRole role = ColumnRole::kOther;
  UnitColumn units = UnitColumn::kResponsible;  // kUnits and kUnitsAndDue
  bool leads_and_supports = false;              // 牵头单位/配合单位: parted by a slash
};

using Columns = std::vector<Column>;

bool Has(const Columns& columns, ColumnRole role);

// Whether the cell names a column, alone: `责任单位`.
bool IsColumnHeading(const Cell& cell);

// The columns of a row that heads a breakdown table: at least a task or requirement, and one of
// units, due date and number. Where no column is for units, one for their offices (责任科室) is.
// Nothing for any other row.
std::optional<Columns> ParseHeaderRow(const Row& row);

// Whether the row names units and deadlines, as the head of a breakdown does, and no work.
bool LacksTaskColumn(const Row& row);

// Whether the row heads a table that is no breakdown: one of persons (姓名, 电话 …), or a catalogue
// of what is published (公开依据, 公开渠道 …).
bool HeadsOtherTable(const Row& row);

// The columns where `row` is the second row of a heading, which splits cells of the first:
//   序号 | 任务 | 责任单位 | 时限  over  (empty) | (empty) | 牵头单位 | 配合单位 | (empty)
// Nothing where it is no such row.
std::optional<Columns> ParseSecondHeaderRow(const Columns& first, const Row& row);

// The columns for a table whose rows have a number that the heading lacks: one more cell than
// `columns`, with a number in it. Nothing where `row` is no such row.
std::optional<Columns> WithOrdinal(const Columns& columns, const Row& row);

// The columns for a row of `cell_count` cells. Where a row has more cells than the heading, the
// task column spans several; where it has fewer, the row lacks the last ones.
Columns FitColumns(const Columns& columns, size_t cell_count);

}  // namespace gongkai::plans::importer
