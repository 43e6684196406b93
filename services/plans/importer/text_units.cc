#include "services/plans/importer/text_units.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/plans/importer/clause_units.h"
#include "services/plans/importer/unit_verbs.h"
#include "services/plans/importer/unit_words.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

// The verb of a clause that is names and what they do, and nothing else: `县财政局、县审计局牵头`.
std::optional<UnitVerb> VerbOfUnits(TextView clause) {
  constexpr size_t kLongest = 60;
  if (clause.size() > kLongest || !BeginsAsUnit(clause)) return std::nullopt;
  const auto verb = VerbAtEnd(clause);
  return verb && LooksLikeUnits(clause.substr(0, verb->name_length)) ? verb : std::nullopt;
}

// Adds the units of such clauses, which stay in the requirement; none that only help.
void TakeUnitsOfClauses(DraftTask& task) {
  const TextView text = task.requirement;
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(text.size(), text.find_first_of(U"，,；;。", start));
    const TextView clause = text.substr(start, end - start);
    start = end + 1;
    const auto verb = VerbOfUnits(clause);
    if (!verb || (task.units.empty() && verb->role == UnitRole::kSupporting)) continue;
    task.units.push_back({.cell = {.lines = {Text(clause)}, .span = task.requirement_place}});
    task.units_confidence = Confidence::kMedium;
  }
}

}  // namespace

void TakeUnitsFromText(DraftTasks& drafts) {
  for (DraftTask& task : drafts.tasks) {
    if (!task.units.empty()) continue;
    SplitClause split = SplitUnits(task.requirement);
    if (split.units.empty() || split.requirement.empty()) {
      TakeUnitsOfClauses(task);
      continue;
    }
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
