#include "services/plans/domain/task_order.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace gongkai::plans {
namespace {

constexpr int kStep = 1024;

// Indexes of the longest run of rising positions, which need not be next to each other.
std::vector<std::size_t> LongestRising(const std::vector<std::optional<int>>& present) {
  std::vector<std::size_t> ends;  // ends[n]: where the best run of n + 1 ends
  std::vector<std::optional<std::size_t>> before(present.size());
  for (std::size_t i = 0; i < present.size(); ++i) {
    if (!present[i] || *present[i] < 1) continue;
    const auto place =
        std::lower_bound(ends.begin(), ends.end(), *present[i],
                         [&](std::size_t end, int position) { return *present[end] < position; });
    if (place != ends.begin()) before[i] = *(place - 1);
    if (place == ends.end()) {
      ends.push_back(i);
    } else {
      *place = i;
    }
  }
  std::vector<std::size_t> run;
  if (ends.empty()) return run;
  for (std::optional<std::size_t> i = ends.back(); i; i = before[*i]) run.push_back(*i);
  std::reverse(run.begin(), run.end());
  return run;
}

std::vector<int> NumberedAnew(std::size_t count) {
  std::vector<int> positions(count);
  for (std::size_t i = 0; i < count; ++i) positions[i] = static_cast<int>(i + 1) * kStep;
  return positions;
}

}  // namespace

std::vector<int> PositionsFor(const std::vector<std::optional<int>>& present) {
  std::vector<int> positions(present.size());
  std::size_t next = 0;  // the first index that has no position yet
  int last = 0;          // the position before it
  for (auto kept : LongestRising(present)) {
    const int missing = static_cast<int>(kept - next);
    const int gap = *present[kept] - last;
    if (gap <= missing) return NumberedAnew(present.size());
    for (std::int64_t k = 1; k <= missing; ++k) {
      positions[next++] = last + static_cast<int>(gap * k / (missing + 1));
    }
    positions[next++] = last = *present[kept];
  }
  for (; next < present.size(); ++next) positions[next] = last += kStep;
  return positions;
}

}  // namespace gongkai::plans
