#include "services/plans/importer/task_rows.h"

#include <algorithm>
#include <string>
#include <utility>

#include "services/plans/importer/numbering.h"
#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {
namespace {

Text DecimalText(int32_t number) {
  const std::string digits = std::to_string(number);
  return Text(digits.begin(), digits.end());
}

// A task that is more than a name for one.
bool IsSentence(TextView title) {
  constexpr size_t kLongestTitle = 40;
  return title.size() > kLongestTitle || Contains(title, U"。");
}

// Without a column for requirements the innermost task is what has to be done; where it is a
// sentence, its beginning names it.
void SetRequirement(const FittedRow& row, DraftTask& task) {
  task.requirement = row.requirement;
  task.requirement_place = row.requirement_place;
  if (!task.requirement.empty() || row.tasks.empty()) return;
  task.requirement = task.title;
  task.requirement_place = task.title_place;
  if (IsSentence(task.title) && !ParseNumbering(task.title)) task.title.clear();
}

bool AllMergedLeft(const std::vector<UnitCell>& units) {
  return std::all_of(units.begin(), units.end(),
                     [](const UnitCell& u) { return u.cell.merge == Merge::kLeft; });
}

}  // namespace

std::optional<DraftTask> TaskRows::Read(FittedRow row, std::vector<Text> path, Span span) {
  const bool new_task = CarryTasks(row);
  DraftTask task{.section_path = std::move(path), .span = span};
  SetHeadings(row, task);
  SetRequirement(row, task);
  if (task.requirement.empty()) return std::nullopt;
  if (!new_task && !row.requirement.empty() && !row.tasks.empty() &&
      row.tasks.back().merge != Merge::kAbove) {
    task.title_confidence = Confidence::kMedium;
  }
  SetOrdinal(row, new_task, task);
  SetUnits(row, new_task, task);
  SetDue(row, task);
  return task;
}

void TaskRows::EndCarrying() {
  tasks_.clear();
  ordinal_.clear();
  units_.clear();
  due_.clear();
}

// Fills the empty task cells from above; true where the innermost one begins anew.
bool TaskRows::CarryTasks(FittedRow& row) {
  tasks_.resize(row.tasks.size());
  bool outer_changed = false;
  bool innermost_new = false;
  for (size_t level = 0; level < row.tasks.size(); ++level) {
    Cell& cell = row.tasks[level];
    if (cell.merge == Merge::kLeft) {
      tasks_[level] = Cell();
      continue;
    }
    if (cell.merge == Merge::kAbove && !cell.empty()) {
      innermost_new = false;
      tasks_[level] = cell;
      continue;
    }
    if (cell.empty()) {
      if (outer_changed) tasks_[level] = Cell();
      cell = tasks_[level];
      cell.merge = Merge::kNone;
      innermost_new = false;
      continue;
    }
    innermost_new = true;
    // A page break prints the same heading again.
    const bool changed = cell.Joined() != tasks_[level].Joined();
    if (changed && level == 0 && row.tasks.size() > 1) row.begins_heading = true;
    outer_changed = outer_changed || changed;
    tasks_[level] = cell;
  }
  return innermost_new;
}

void TaskRows::SetHeadings(const FittedRow& row, DraftTask& task) const {
  std::vector<Text> names;
  for (const Cell& cell : row.tasks) {
    Text name = cell.Joined();
    if (name.empty()) continue;
    names.push_back(std::move(name));
    task.title_place = cell.span;
  }
  if (names.empty()) return;
  task.title = names.back();
  names.pop_back();
  for (const Text& name : names) task.section_path.emplace_back(WithoutNumbering(name));
}

// The number of the row: its own column, else in front of the task, else of the requirement.
void TaskRows::SetOrdinal(const FittedRow& row, bool new_task, DraftTask& task) {
  const Text column = row.ordinal.Joined();
  const Text of_text = TakeNumbers(row, task);
  if (!column.empty()) {
    const auto numbering = ParseNumbering(column);
    ordinal_ = numbering ? numbering->printed : column;
    ordinal_place_ = row.ordinal.span;
    task.ordinal_confidence = Confidence::kHigh;
  } else if (!of_text.empty()) {
    ordinal_ = of_text;
    ordinal_place_ = task.ordinal_place;
  } else if (new_task) {
    ordinal_.clear();
  } else {
    task.ordinal_confidence = Confidence::kMedium;
  }
  ++row_count_;
  task.ordinal_printed = !ordinal_.empty();
  task.ordinal = ordinal_.empty() ? DecimalText(row_count_) : ordinal_;
  task.ordinal_place = ordinal_place_;
  if (const auto number = Scanner(task.ordinal).EatNumber()) last_number_ = *number;
}

// Takes the numbers off title and requirement; returns that of the task, with its place.
Text TaskRows::TakeNumbers(const FittedRow& row, DraftTask& task) const {
  const auto of_title = ParseNumbering(task.title);
  const bool title_is_item = of_title && of_title->level >= NumberLevel::kItem;
  Text printed = title_is_item ? of_title->printed : Text();
  task.ordinal_place = task.title_place;
  const bool title_is_requirement = task.requirement == task.title;
  if (of_title) task.title = WithoutNumbering(task.title);
  if (title_is_requirement) {
    task.requirement = task.title;
    if (IsSentence(task.title)) task.title.clear();
  } else if (row.ordinal.empty() && !title_is_item) {
    auto numbering = ParseNumbering(task.requirement);
    if (!numbering) numbering = ParseBareNumber(task.requirement, last_number_ + 1);
    const bool is_item = numbering && numbering->level >= NumberLevel::kItem;
    // `（一）加强解读` over numbered items is a heading, and the only name that they have.
    if (is_item && of_title) task.section_path.push_back(task.title);
    if (is_item && row.requirement_items <= 1) {
      printed = numbering->printed;
      task.ordinal_place = task.requirement_place;
      task.requirement.erase(0, numbering->length);
    }
  }
  if (task.title.empty()) {
    task.title = LeadOf(task.requirement);
    task.title_place = task.requirement_place;
    task.title_confidence = Confidence::kMedium;
  }
  return printed;
}

void TaskRows::SetUnits(FittedRow row, bool new_task, DraftTask& task) {
  for (size_t i = 0; i < row.units.size(); ++i) {
    if (!IsDitto(row.units[i].cell)) continue;
    row.units[i].cell = i < units_.size() ? units_[i].cell : Cell();
    task.units_confidence = Confidence::kMedium;
  }
  const bool named = std::any_of(row.units.begin(), row.units.end(),
                                 [](const UnitCell& units) { return !units.cell.empty(); });
  if (!named && row.begins_heading) units_.clear();
  if (!named && !row.units.empty() && AllMergedLeft(row.units)) return;
  task.units_carried = !named && !units_.empty();
  if (named) {
    const Cell& first = row.units[0].cell;
    const bool open = first.empty() && first.merge != Merge::kLeft;
    // Several rows of one task may share the units in front and differ in those that help.
    if (!new_task && open && units_.size() == row.units.size()) {
      row.units[0] = units_[0];
      task.units_carried = true;
    }
    units_ = std::move(row.units);
  }
  if (task.units_carried) task.units_confidence = Confidence::kMedium;
  task.units = units_;
}

void TaskRows::SetDue(const FittedRow& row, DraftTask& task) {
  if (row.due.empty() && row.due_merged_left) return;
  if (!row.due.empty()) {
    due_ = row.due;
    due_place_ = row.due_place;
  }
  task.due = due_;
  task.due_place = due_place_;
  task.due_carried = row.due.empty() && !due_.empty();
  if (task.due_carried) task.due_confidence = Confidence::kMedium;
}

}  // namespace gongkai::plans::importer
