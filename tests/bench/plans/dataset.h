// The names of the made-up province that dataset.sql fills in: counties of 60 units, each plan with
// 42 tasks that every unit owes once.
#pragma once

#include <string>

namespace gongkai::bench {

inline constexpr int kCounties = 160;
inline constexpr int kUnits = 60;
inline constexpr int kTasks = 42;
inline constexpr int kFirstYear = 2000;

// The newest plan of a county; indices go around the counties first.
inline std::string DivisionName(long index) {
  return "divisions/" + std::to_string(990001 + index % kCounties);
}
inline std::string PlanName(long index, int years) {
  return DivisionName(index) + "/plans/" + std::to_string(kFirstYear + years - 1) + "01";
}
inline std::string TaskName(long index, int years) {
  return PlanName(index, years) + "/tasks/" + std::to_string(1 + index / kCounties % kTasks);
}
inline std::string UnitName(long index) {
  return DivisionName(index) + "/units/" + std::to_string(1 + index / kCounties / kTasks % kUnits);
}
inline std::string OccurrenceName(long index, int years) {
  return TaskName(index, years) + "/assignments/" +
         std::to_string(1 + index / kCounties / kTasks % kUnits) + "-responsible/occurrences/1";
}

// A number that jumps over the whole of the newest plans.
inline long Scattered(long n) { return n * 7919 % (long{kCounties} * kTasks * kUnits); }

}  // namespace gongkai::bench
