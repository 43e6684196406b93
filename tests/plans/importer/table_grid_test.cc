#include "services/plans/importer/table_grid.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

TEST(TableGrid, GrowsToItsMostColumnsAndNoFurther) {
  TableGrid grid;
  grid.BeginRow();
  grid.AddCell(U"公布", TableGrid::kMaxColumns);
  EXPECT_FALSE(grid.too_large());
  grid.AddCell(U"更多");
  EXPECT_TRUE(grid.too_large());
}

TEST(TableGrid, GrowsToItsMostCellsAndNoFurther) {
  TableGrid grid;
  for (size_t cells = 0; cells < TableGrid::kMaxCells; cells += TableGrid::kMaxColumns) {
    grid.BeginRow();
    grid.AddCell(U"", TableGrid::kMaxColumns);
  }
  EXPECT_FALSE(grid.too_large());
  grid.BeginRow();
  grid.AddCell(U"");
  EXPECT_TRUE(grid.too_large());
}

TEST(TableGrid, CountsTheTextOfAMergedCellInEveryRow) {
  constexpr size_t kRows = 16;
  TableGrid grid;
  grid.BeginRow();
  grid.AddCell(Text(TableGrid::kMaxCodePoints / kRows, U'公'));
  for (size_t row = 1; row < kRows; ++row) {
    grid.BeginRow();
    grid.AddContinuation();
  }
  EXPECT_FALSE(grid.too_large());
  grid.BeginRow();
  grid.AddContinuation();
  EXPECT_TRUE(grid.too_large());
}

}  // namespace
}  // namespace gongkai::plans::importer
