#include "services/plans/importer/leading_unit.h"

#include <algorithm>

#include "services/plans/importer/unit_labels.h"

namespace gongkai::plans::importer {
namespace {

bool SaysSo(const Block& block) {
  if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
    return SaysFirstUnitLeads(paragraph->text);
  }
  const auto& cells = std::get<Row>(block).cells;
  return std::any_of(cells.begin(), cells.end(), [](const Cell& cell) {
    return Contains(cell.Joined(), U"牵头") && SaysFirstUnitLeads(cell.Joined());
  });
}

bool HasLeadColumn(const DraftTask& task) {
  return std::any_of(task.units.begin(), task.units.end(),
                     [](const UnitCell& cell) { return cell.column == UnitColumn::kLead; });
}

}  // namespace

bool SaysFirstUnitsLead(const Document& document) {
  return std::any_of(document.blocks.begin(), document.blocks.end(), SaysSo);
}

void LetFirstUnitsLead(DraftTasks& drafts) {
  for (DraftTask& task : drafts.tasks) {
    if (HasLeadColumn(task)) continue;
    for (UnitCell& cell : task.units) {
      if (cell.column == UnitColumn::kResponsible) cell.column = UnitColumn::kFirstLeads;
    }
  }
}

}  // namespace gongkai::plans::importer
