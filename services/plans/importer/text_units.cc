#include "services/plans/importer/text_units.h"

#include <utility>

#include "services/plans/importer/clause_units.h"

namespace gongkai::plans::importer {

void TakeUnitsFromText(DraftTasks& drafts) {
  for (DraftTask& task : drafts.tasks) {
    if (!task.units.empty()) continue;
    SplitClause split = SplitUnits(task.requirement);
    if (split.units.empty() || split.requirement.empty()) continue;
    for (Text& line : split.units.lines) {
      task.units.push_back({.cell = {.lines = {std::move(line)}, .span = task.requirement_place}});
    }
    if (task.due.empty()) {
      task.due = std::move(split.due);
      task.due_place = task.requirement_place;
    }
    const bool named_by_text =
        task.title == task.requirement || task.title == LeadOf(task.requirement);
    if (named_by_text) task.title = LeadOf(split.requirement);
    task.requirement = std::move(split.requirement);
  }
}

}  // namespace gongkai::plans::importer
