#include "services/plans/domain/plan_copy.h"

namespace gongkai::plans {
namespace {

std::string YearWord(int year) { return std::to_string(year) + "年"; }

std::string ReplaceYear(std::string text, int before, int after) {
  const auto old_word = YearWord(before);
  const auto new_word = YearWord(after);
  for (std::size_t at = 0; (at = text.find(old_word, at)) != std::string::npos;) {
    text.replace(at, old_word.size(), new_word);
    at += new_word.size();
  }
  return text;
}

void MoveRule(DueRule& rule, int before, int after) {
  rule.origin.reset();
  rule.text = ReplaceYear(std::move(rule.text), before, after);
  if (rule.date) rule.date = MoveYears(*rule.date, after - before);
}

// The new plan has no document yet.
void ForgetOrigins(ParsedTask& task) {
  task.source.reset();
  task.ordinal_origin.reset();
  task.title_origin.reset();
  task.requirement_origin.reset();
  for (auto& unit : task.units) unit.origin.reset();
  for (auto& target : task.targets) target.origin.reset();
}

}  // namespace

CivilDate MoveYears(CivilDate date, int years) {
  const CivilDate moved = date + std::chrono::years(years);
  if (moved.ok()) return moved;
  return CivilDate(moved.year() / moved.month() / std::chrono::last);
}

ParsedPlan CopyForYear(const ParsedPlan& plan, int year) {
  ParsedPlan copy{.title = ReplaceYear(plan.title, plan.year, year),
                  .division = plan.division,
                  .year = year,
                  .tasks = plan.tasks};
  std::string named;
  for (auto& task : copy.tasks) {
    ForgetOrigins(task);
    MoveRule(task.due, plan.year, year);
    for (auto& rule : task.further_due) MoveRule(rule, plan.year, year);
    if (task.requirement.find(YearWord(plan.year)) != std::string::npos) {
      named += (named.empty() ? "" : "、") + task.ordinal;
    }
  }
  if (!named.empty()) {
    copy.issues.push_back({.severity = IssueSeverity::kWarning,
                           .code = "REQUIREMENT_NAMES_YEAR",
                           .message = "第" + named + "项的任务要求中写有“" + YearWord(plan.year) +
                                      "”，复制时未作改动，请核对并修改"});
  }
  return copy;
}

}  // namespace gongkai::plans
