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

struct NamedUnits {
  Text text;  // with their verb
  UnitRole role = UnitRole::kResponsible;
};

// What a clause says where it is names and what they do, and nothing else
// (`县财政局、县审计局牵头`), or names, 负责 or 牵头 and the duty (`县财政局负责公开预算`).
std::optional<NamedUnits> UnitsOfClause(TextView clause) {
  constexpr size_t kLongest = 60;
  if (StartsWithAny(clause, Words{U"由", U"请"})) clause.remove_prefix(1);
  if (!BeginsAsUnit(clause)) return std::nullopt;
  if (const auto verb = VerbAtEnd(clause); verb && clause.size() <= kLongest) {
    if (!LooksLikeUnits(clause.substr(0, verb->name_length))) return std::nullopt;
    return NamedUnits{Text(clause), verb->role};
  }
  for (const TextView word : {U"负责", U"牵头"}) {
    const size_t at = clause.substr(0, kLongest).find(word);
    if (at == TextView::npos || !EndsAsWholeUnit(clause.substr(0, at))) continue;
    const TextView duty = clause.substr(at + word.size());
    if (StartsWithAny(duty, Words{U"人", U"同志", U"制", U"的", U"单位", U"部门"})) continue;
    if (!LooksLikeUnits(clause.substr(0, at))) continue;
    return NamedUnits{Text(clause.substr(0, at + word.size())),
                      word == U"牵头" ? UnitRole::kLead : UnitRole::kResponsible};
  }
  return std::nullopt;
}

// What stands behind the last sentence and is names alone: `……公布清单。县财政局、县审计局`.
TextView NamesAtEnd(TextView text) {
  while (!text.empty() && IsOneOf(text.back(), U"。；")) text.remove_suffix(1);
  const size_t stop = text.rfind(U'。');
  const TextView end = stop == TextView::npos ? TextView() : text.substr(stop + 1);
  return ReadsAsFullNames(end) ? end : TextView();
}

// Adds the units of such clauses, which stay in the requirement; none that only help.
void TakeUnitsOfClauses(DraftTask& task) {
  const TextView text = task.requirement;
  if (const TextView names = NamesAtEnd(text); !names.empty()) {
    task.units.push_back({.cell = {.lines = {Text(names)}, .span = task.requirement_place}});
    task.units_confidence = Confidence::kMedium;
    return;
  }
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(text.size(), text.find_first_of(U"，,；;。", start));
    const TextView clause = text.substr(start, end - start);
    start = end + 1;
    auto named = UnitsOfClause(clause);
    if (!named || (task.units.empty() && named->role == UnitRole::kSupporting)) continue;
    task.units.push_back(
        {.cell = {.lines = {std::move(named->text)}, .span = task.requirement_place}});
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
