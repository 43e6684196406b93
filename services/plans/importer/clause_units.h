// Units and deadlines that are written into the text of a clause.
#pragma once

#include <vector>

#include "services/plans/importer/document.h"

namespace gongkai::plans::importer {

// A clause with its units and deadline taken out of the text.
struct SplitClause {
  Text requirement;
  // One line per bracket or labelled line. No role carries on from one line to the next, so that
  // each is to be read as a cell of its own.
  Cell units;
  Text due;
};

// Takes out brackets that name units, and labelled sentences.
//   `完善目录。（责任单位：县司法局；完成时限：6月底前）` → `完善目录。`, `责任单位：县司法局`,
//   `6月底前`
//   `清理文件（县司法局牵头，6月底前完成）。` → `清理文件。`, `县司法局牵头`, `6月底前完成`
// Brackets that name no unit stay: `试点村（社区）`.
SplitClause SplitUnits(TextView clause);

// The clause parted behind each sentence that ends with a bracket of units; the last part may have
// none. `公布名录。（县林业局负责）公布巡查结果。（县水利局负责）` → two.
std::vector<SplitClause> SplitAtUnits(TextView clause);

// Whether a paragraph is a labelled line: `责任单位：县司法局`.
bool IsUnitLine(TextView paragraph);

// Whether a text is names of units and nothing else, sure without verb and label: `县司法局、各镇`.
bool ReadsAsFullNames(TextView text);

}  // namespace gongkai::plans::importer
