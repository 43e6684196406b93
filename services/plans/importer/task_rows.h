// Tasks of the rows of one breakdown table, with what their empty cells continue.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "services/plans/importer/draft_task.h"
#include "services/plans/importer/fitted_row.h"

namespace gongkai::plans::importer {

// A merge that the format states is certain. Otherwise an empty cell continues the one above only
// where vertical merging is the habit: number, headings, due date, and units as long as the whole
// row names none. Not thread-safe.
class TaskRows {
 public:
  // The row's task under the headings `path`; nothing for a row that says nothing to do.
  std::optional<DraftTask> Read(FittedRow row, std::vector<Text> path, Span span);
  // Nothing is carried over this place: a heading, or the head of another table.
  void EndCarrying();

 private:
  bool CarryTasks(FittedRow& row);
  void SetHeadings(const FittedRow& row, DraftTask& task) const;
  void SetOrdinal(const FittedRow& row, bool new_task, DraftTask& task);
  Text TakeNumbers(const FittedRow& row, DraftTask& task) const;
  void SetUnits(FittedRow row, bool new_task, DraftTask& task);
  void SetDue(const FittedRow& row, DraftTask& task);

  int32_t row_count_ = 0;
  int32_t last_number_ = 0;
  // What the empty cells of the next row continue.
  std::vector<Cell> tasks_;
  Text ordinal_;
  Span ordinal_place_;
  std::vector<UnitCell> units_;
  Text due_;
  Span due_place_;
};

}  // namespace gongkai::plans::importer
