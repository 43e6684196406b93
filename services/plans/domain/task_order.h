// Positions of tasks: numbers that put them in order, with gaps, so that one task can be moved
// without touching the others.
//
//   {1024, new, 2048, 512, 3072} → {1024, 1536, 2048, 2560, 3072}
#pragma once

#include <optional>
#include <vector>

namespace gongkai::plans {

// New positions for tasks in this order, strictly rising, from 1. `present` holds the position that
// a task has now, nothing for a new one; as many as possible stay as they are. Where a gap is used
// up, all are numbered anew.
std::vector<int> PositionsFor(const std::vector<std::optional<int>>& present);

}  // namespace gongkai::plans
