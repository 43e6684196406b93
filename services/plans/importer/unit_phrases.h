// A text that names units, parted into one phrase for each.
#pragma once

#include <vector>

#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// The lines of the cell as one text in which '\n' stands for a line break that parts units; others
// only break a name.
Text JoinUnitLines(const Cell& cell);

// Parts the text at separators outside of brackets, at conjunctions between two names, and behind
// a verb that another unit follows. Phrases keep their verbs and labels.
//   `县府办会同县司法局及各镇、街道负责` → 县府办会同 | 县司法局 | 各镇、街道负责
std::vector<Text> SplitUnitPhrases(TextView text);

}  // namespace gongkai::plans::importer
