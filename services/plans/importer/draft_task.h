// A task as it stands in the document, before its units, due rules and targets are read.
#pragma once

#include <vector>

#include "services/plans/importer/document.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {

// Places are those of the cells or paragraphs that a field was read from; an empty one stands for
// the whole task.
struct DraftTask {
  Text ordinal;
  // The document prints the number, here or at the row that this one continues.
  bool ordinal_printed = false;
  Span ordinal_place = {};
  Confidence ordinal_confidence = Confidence::kHigh;
  std::vector<Text> section_path = {};
  Text title = {};
  Span title_place = {};
  Confidence title_confidence = Confidence::kHigh;
  Text requirement = {};
  Span requirement_place = {};
  std::vector<UnitCell> units = {};
  Confidence units_confidence = Confidence::kHigh;
  Text due = {};
  Span due_place = {};
  Confidence due_confidence = Confidence::kHigh;
  // The cells were empty and stand for those of the row above (merged cells).
  bool units_carried = false;
  bool due_carried = false;
  Span span = {};
};

// The tasks of a document, and the rows of its tables that are neither task nor heading.
struct DraftTasks {
  std::vector<DraftTask> tasks;
  std::vector<Span> skipped_rows;
  // Heading rows that name units and deadlines and no work.
  std::vector<Span> tables_without_tasks;
  // The table has no heading row; its cells told what its columns are.
  bool columns_guessed = false;
};

// A short name for a requirement without one: its first sentence or clause.
//   `完善公众参与平台，及时发布目录。` → `完善公众参与平台`
Text LeadOf(TextView requirement);

}  // namespace gongkai::plans::importer
