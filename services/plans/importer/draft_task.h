// A task as it stands in the document, before its units, due rules and targets are read.
#pragma once

#include <vector>

#include "services/plans/importer/document.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {

struct DraftTask {
  Text ordinal;
  // The document prints the number, here or at the row that this one continues.
  bool ordinal_printed = false;
  std::vector<Text> section_path;
  Text title;
  Text requirement;
  std::vector<UnitCell> units;
  Text due;
  // The cells were empty and stand for those of the row above (merged cells).
  bool units_carried = false;
  bool due_carried = false;
  Span span;
};

// The tasks of a document, and the rows of its tables that are neither task nor heading.
struct DraftTasks {
  std::vector<DraftTask> tasks;
  std::vector<Span> skipped_rows;
};

// A short name for a requirement without one: its first sentence or clause.
//   `完善公众参与平台，及时发布目录。` → `完善公众参与平台`
Text LeadOf(TextView requirement);

}  // namespace gongkai::plans::importer
