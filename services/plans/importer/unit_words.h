// What the names of units are made of, and what only stands where a unit should.
#pragma once

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// Whether the text ends as names of units do: 局, 街道, 检察院, `（办事处）`.
bool EndsAsUnit(TextView text);

// The like, and not with a word that only looks so, as 市场 and 社会 do.
bool EndsAsWholeUnit(TextView text);

// Whether the text begins as names of units do: with a level of government, 各, 有关.
bool BeginsAsUnit(TextView text);

// A kind of units without a name of its own, as the parts of 各镇、街道 or 各县（市）、区人民政府.
bool IsBareLevel(TextView text);

// Whether `right` belongs to the group phrase that `left` begins:
// 各镇|、街道, 各县（市）|、区人民政府, 各委|、办|、局, 各部门|、单位.
bool SharesGroup(TextView left, TextView right);

// A branch written without its parent: `某县分中心` under `市公共资源交易中心`.
bool IsBranchAlone(TextView line);

// One unit or a phrase for several, by its wording.
UnitKind ClassifyUnit(TextView text);

// What stands among units and is none: dates, 长期, 略, 详见附件, 下同, persons, numbers.
bool IsNoUnit(TextView text);

}  // namespace gongkai::plans::importer
