#include "services/plans/importer/task_reader.h"

#include <iterator>
#include <utility>
#include <vector>

#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/field_locator.h"
#include "services/plans/importer/targets.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

// A text that the importer made from what it had decoded.
Text Decoded(const std::string& text) { return DecodeUtf8(text).value_or(Text()); }

// Adds a rule of the text to those found before, unless it repeats one of them: `每月5日前` under a
// column that says `每月` tells the day and asks for nothing more.
void AddRule(DueRule rule, std::vector<DueRule>& rules) {
  for (DueRule& other : rules) {
    if (SameDue(rule, other)) return;
    const bool same_cadence = rule.kind == DueKind::kRecurring && other.kind == rule.kind &&
                              other.cadence == rule.cadence;
    if (!same_cadence || (rule.date && other.date)) continue;
    if (rule.date) other.date = rule.date;
    return;
  }
  rules.push_back(std::move(rule));
}

class TaskReader {
 public:
  TaskReader(const DraftTask& draft, int32_t year, TextView document)
      : draft_(draft), year_(year), document_(document) {}

  ParsedTask Read() {
    ParsedTask task{.ordinal = EncodeUtf8(draft_.ordinal),
                    .title = EncodeUtf8(draft_.title),
                    .requirement = EncodeUtf8(draft_.requirement),
                    .source = ToSource(draft_.span)};
    for (const Text& heading : draft_.section_path)
      task.section_path.push_back(EncodeUtf8(heading));
    ReadOrigins(task);
    ReadUnits(task);
    ReadDueRules(task);
    ReadTargets(task);
    return task;
  }

 private:
  FieldLocator In(Span place) const {
    return FieldLocator(document_, {place.empty() ? draft_.span : place});
  }

  void ReadOrigins(ParsedTask& task) const {
    task.ordinal_origin =
        draft_.ordinal_printed
            ? In(draft_.ordinal_place).Locate(draft_.ordinal, draft_.ordinal_confidence)
            : Origin{.confidence = Confidence::kMedium};
    task.title_origin = In(draft_.title_place).Locate(draft_.title, draft_.title_confidence);
    task.requirement_origin =
        In(draft_.requirement_place).Locate(draft_.requirement, Confidence::kHigh);
  }

  void ReadUnits(ParsedTask& task) const {
    task.units = ParseUnits(draft_.units);
    std::vector<Span> places;
    for (const UnitCell& units : draft_.units) {
      if (units.cell.empty()) continue;
      // A bracket or a labelled line within its clause; a cell is found whole.
      const Span place = units.cell.span.empty() ? draft_.span : units.cell.span;
      places.push_back(In(place).Find(units.cell.Joined()).value_or(place));
    }
    FieldLocator locator(document_, std::move(places));
    for (ParsedUnit& unit : task.units) {
      const Text name = Decoded(unit.text);
      const bool odd = unit.kind == UnitKind::kUnit && !LooksLikeUnits(name);
      unit.origin = locator.Locate(name, odd ? Confidence::kLow : draft_.units_confidence);
    }
  }

  // The column for deadlines comes first; what the text adds to it goes to `further_due`.
  void ReadDueRules(ParsedTask& task) const {
    std::vector<DueRule> rules = ParseDueCell(draft_.due, year_);
    FieldLocator in_column = In(draft_.due_place);
    for (DueRule& rule : rules) SetOrigin(in_column, draft_.due_confidence, rule);
    FieldLocator in_text = In(draft_.requirement_place);
    for (DueRule& rule : FindDueRules(draft_.requirement, year_)) {
      SetOrigin(in_text, Confidence::kHigh, rule);
      AddRule(std::move(rule), rules);
    }
    if (rules.empty()) {
      rules.push_back(UnstatedDue(year_, ""));
      rules.back().origin = Origin{.confidence = Confidence::kLow};
    }
    task.due = std::move(rules.front());
    task.further_due.assign(std::make_move_iterator(rules.begin() + 1),
                            std::make_move_iterator(rules.end()));
  }

  static void SetOrigin(FieldLocator& locator, Confidence confidence, DueRule& rule) {
    const Text text = Decoded(rule.text);
    const bool without_year = rule.kind == DueKind::kFixed && !Contains(text, U"年");
    if (without_year && confidence == Confidence::kHigh) confidence = Confidence::kMedium;
    if (rule.kind == DueKind::kUnstated) confidence = Confidence::kLow;
    rule.origin = locator.Locate(text, confidence);
  }

  void ReadTargets(ParsedTask& task) const {
    task.targets = FindTargets(draft_.requirement);
    FieldLocator locator = In(draft_.requirement_place);
    for (Target& target : task.targets) {
      const Text text = Decoded(target.text);
      const bool stated = Contains(text, Decoded(target.metric));
      target.origin = locator.Locate(text, stated ? Confidence::kHigh : Confidence::kMedium);
    }
  }

  const DraftTask& draft_;
  int32_t year_;
  TextView document_;
};

}  // namespace

ParsedTask ReadTask(const DraftTask& draft, int32_t year, TextView document) {
  return TaskReader(draft, year, document).Read();
}

}  // namespace gongkai::plans::importer
