// A diff of a plan for the terminal.
#pragma once

#include <string>

#include "gongkai/plans/v1/plan_diff.pb.h"

namespace gongkai::cli {

// One line per change with its id, what changed and why the two are taken for the same task, then
// the counts:
//   ~ tasks/2  第2项  requirement, due  相似 87（SIMILAR_TEXT）  政策文件公布后…
//   + added/3  第3项  公开义务教育学校招生范围…
//   - tasks/1  第1项  按规定公开财政预算…
std::string DiffTable(const plans::v1::PlanDiff& diff);

}  // namespace gongkai::cli
