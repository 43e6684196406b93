#include "services/cli/display_text.h"

#include <gtest/gtest.h>

namespace gongkai::cli {
namespace {

TEST(DisplayText, CountsTwoCellsForAChineseCharacter) {
  EXPECT_EQ(DisplayWidth("2023年"), 6u);
  EXPECT_EQ(DisplayWidth("“解读”"), 8u);
  EXPECT_EQ(DisplayWidth(""), 0u);
}

TEST(DisplayText, CutsAndPadsToTheColumn) {
  EXPECT_EQ(FitWidth("古树", 6), "古树  ");
  EXPECT_EQ(FitWidth("古树名录", 7), "古树… ");
  EXPECT_EQ(FitWidth("古树名", 6), "古树名");
}

}  // namespace
}  // namespace gongkai::cli
