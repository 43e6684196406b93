// Labels inside a text that say what follows: `牵头单位：`, `完成时限：`, `责任人：`.
#pragma once

#include <cstddef>
#include <optional>

#include "services/plans/domain/parsed_plan.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

enum class LabelKind { kUnits, kDue, kPerson };

// Half-open range of the label, its colon included.
struct Label {
  size_t begin = 0;
  size_t end = 0;
  LabelKind kind = LabelKind::kUnits;
  // kUnits: the role that the label says; nothing for 责任单位, where verbs or the order may tell.
  std::optional<UnitRole> role;
};

// The first label that begins at `from` or behind it. Labels need no separator in front:
//   `县府办配合单位：县司法局` → 3, 8, SUPPORTING
std::optional<Label> FindLabel(TextView text, size_t from);

// Whether the text begins with a label for units or due dates.
bool StartsWithLabel(TextView text);

// Whether the text says that the first of several units leads: `列第一位者为牵头单位，下同`,
// `排名第一的单位牵头`.
bool SaysFirstUnitLeads(TextView text);

}  // namespace gongkai::plans::importer
