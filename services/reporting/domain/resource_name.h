// Resource names as the contract writes them, and the numbers in them.
//
//   NumbersIn("divisions/370124/plans/202301", {"divisions", "plans"}) → {370124, 202301}
//   NumbersIn("divisions/370124/plans/202301/tasks/16/assignments/17-lead",
//             {"divisions", "plans", "tasks", "assignments"}) → {370124, 202301, 16, 17}
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::reporting {

// Nothing unless the name has exactly these collections, each with a number from 1. What follows a
// hyphen after a number, the role of an assignment, is not looked at.
std::optional<std::vector<int>> NumbersIn(std::string_view name,
                                          std::initializer_list<std::string_view> collections);

// → "divisions/370124".
std::string DivisionName(int division);
// ("units", 17) → "divisions/370124/units/17".
std::string NameInDivision(int division, std::string_view collection, int number);

}  // namespace gongkai::reporting
