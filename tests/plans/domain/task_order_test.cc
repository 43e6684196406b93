#include "services/plans/domain/task_order.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

using Present = std::vector<std::optional<int>>;
constexpr std::nullopt_t kNew = std::nullopt;

TEST(TaskOrder, NumbersNewTasksWithGaps) {
  EXPECT_EQ(PositionsFor(Present{kNew, kNew, kNew}), (std::vector<int>{1024, 2048, 3072}));
}

TEST(TaskOrder, PutsANewTaskBetweenTwoWithoutTouchingThem) {
  EXPECT_EQ(PositionsFor(Present{1024, kNew, 2048}), (std::vector<int>{1024, 1536, 2048}));
  EXPECT_EQ(PositionsFor(Present{kNew, 1024, 2048}), (std::vector<int>{512, 1024, 2048}));
  EXPECT_EQ(PositionsFor(Present{1024, 2048, kNew}), (std::vector<int>{1024, 2048, 3072}));
}

TEST(TaskOrder, MovesOnlyTheTaskThatMoved) {
  EXPECT_EQ(PositionsFor(Present{3072, 1024, 2048}), (std::vector<int>{512, 1024, 2048}));
  EXPECT_EQ(PositionsFor(Present{2048, 3072, 1024}), (std::vector<int>{2048, 3072, 4096}));
}

TEST(TaskOrder, NumbersAnewWhereAGapIsUsedUp) {
  EXPECT_EQ(PositionsFor(Present{7, kNew, 8}), (std::vector<int>{1024, 2048, 3072}));
  EXPECT_EQ(PositionsFor(Present{7, kNew, 9}), (std::vector<int>{7, 8, 9}));
}

TEST(TaskOrder, RisesStrictlyWhateverWasThere) {
  for (int seed = 0; seed < 200; ++seed) {
    Present present;
    unsigned state = static_cast<unsigned>(seed) * 2654435761u + 1;
    for (int i = 0; i < 30; ++i) {
      state = state * 1664525u + 1013904223u;
      if (state >> 30 == 0) {
        present.push_back(kNew);
      } else {
        present.push_back(static_cast<int>(state >> 20) % 200);
      }
    }
    const auto positions = PositionsFor(present);
    ASSERT_EQ(positions.size(), present.size());
    int last = 0;
    for (int position : positions) {
      EXPECT_GT(position, last) << "seed " << seed;
      last = position;
    }
  }
}

}  // namespace
}  // namespace gongkai::plans
