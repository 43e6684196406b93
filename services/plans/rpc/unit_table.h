// The units of a division as a table for a spreadsheet: CSV, one unit a row.
//
//   单位名称,类型,别名,统一社会信用代码,启用日期,停用日期
//   县发展和改革局,政府部门,县发改局；县物价局,,2019-01-10,
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gongkai/plans/v1/directory.pb.h"
#include "services/common/status/error.h"

namespace gongkai::plans {

// UTF-8 with a byte-order mark and lines ended by CR LF. A value that a spreadsheet would take for
// a formula begins with an apostrophe.
std::string WriteUnitTable(const std::vector<v1::Unit>& units);

// Reads such a table, in UTF-8, UTF-16 or GB18030, with commas, semicolons or tabs; columns in any
// order and others among them. Rows without a name are passed over. INVALID_ARGUMENT for a table
// without the column 单位名称 or without units, and for a kind that does not exist; names the line.
Result<std::vector<v1::Unit>> ReadUnitTable(std::string_view bytes);

}  // namespace gongkai::plans
