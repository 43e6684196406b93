// Documents that say once that the first of several units leads: 列第一位者为牵头单位，下同.
#pragma once

#include "services/plans/importer/document.h"
#include "services/plans/importer/draft_task.h"

namespace gongkai::plans::importer {

// Whether the document says so anywhere: in a bracket, a note or the heading of a column.
bool SaysFirstUnitsLead(const Document& document);

// Lets the first unit of each task lead, but for tasks that have a column of leading units.
void LetFirstUnitsLead(DraftTasks& drafts);

}  // namespace gongkai::plans::importer
