// The columns of a table whose heading row has lost which of its cells spanned several columns.
#pragma once

#include <vector>

#include "services/plans/importer/document.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {

// `columns` are those of `header`, a heading packed to the left with empty cells behind it:
//
//   工作任务 │ 具体要求 │ 责任单位 │ 时限 │  │      →  task, task, number, requirement, units, due
//   一、…    │ （一）…  │ 1        │ 公布… │ 县司法局 │ 年底前
//
// The headings keep their order and each spans one or more columns, the way that the cells of
// `rows` read best. `columns` as they are where no other way reads better, and for any other
// heading.
Columns SpreadHeadings(const Row& header, Columns columns, const std::vector<const Row*>& rows);

}  // namespace gongkai::plans::importer
