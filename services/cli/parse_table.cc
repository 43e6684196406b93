#include "services/cli/parse_table.h"

#include <algorithm>
#include <cstdio>

#include "services/cli/display_text.h"

namespace gongkai::cli {
namespace {

using plans::Cadence;
using plans::DueKind;
using plans::DueRule;
using plans::IssueSeverity;
using plans::ParsedPlan;
using plans::ParsedTask;
using plans::ParsedUnit;
using plans::UnitKind;
using plans::UnitRole;

constexpr size_t kOrdinalWidth = 5;
constexpr size_t kSectionWidth = 24;
constexpr size_t kTaskWidth = 36;
constexpr size_t kDueWidth = 18;
constexpr size_t kUnitsWidth = 60;

std::string_view CadenceName(Cadence cadence) {
  switch (cadence) {
    case Cadence::kMonthly:
      return "每月";
    case Cadence::kQuarterly:
      return "每季度";
    case Cadence::kHalfYearly:
      return "每半年";
    case Cadence::kYearly:
      return "每年";
  }
  return "";
}

std::string DueText(const DueRule& rule) {
  const std::string date = rule.date ? FormatDate(*rule.date) : "";
  switch (rule.kind) {
    case DueKind::kFixed:
      return date;
    case DueKind::kRecurring: {
      const std::string cadence(rule.cadence ? CadenceName(*rule.cadence) : "");
      if (rule.calendar_days > 0)
        return cadence + "后" + std::to_string(rule.calendar_days) + "日内";
      return date.empty() ? cadence : cadence + " " + date;
    }
    case DueKind::kOngoing:
      return "长期";
    case DueKind::kRelative:
      return rule.calendar_days > 0 ? std::to_string(rule.calendar_days) + "日内"
                                    : std::to_string(rule.working_days) + "个工作日内";
    case DueKind::kUnstated:
      return date.empty() ? "未写明" : "(" + date + ")";
  }
  return "";
}

std::string UnitText(const ParsedUnit& unit) {
  std::string text;
  if (unit.role == UnitRole::kLead) text += "*";
  if (unit.role == UnitRole::kSupporting) text += "+";
  if (unit.kind == UnitKind::kOpenEnded) text += "…";
  return text + unit.text;
}

std::string UnitsText(const ParsedTask& task) {
  std::string text;
  for (const ParsedUnit& unit : task.units) {
    if (!text.empty()) text += " ";
    text += UnitText(unit);
  }
  return text.empty() ? "(无)" : text;
}

std::string TaskLine(const ParsedTask& task) {
  std::string due = DueText(task.due);
  if (!task.further_due.empty()) due += " +" + std::to_string(task.further_due.size());
  // Tasks that share a title tell apart by their requirement.
  const std::string name =
      task.requirement == task.title ? task.title : task.title + "：" + task.requirement;
  return FitWidth(task.ordinal, kOrdinalWidth) + " " +
         FitWidth(task.section_path.empty() ? "" : task.section_path.back(), kSectionWidth) + " " +
         FitWidth(name, kTaskWidth) + " " + FitWidth(due, kDueWidth) + " " +
         FitWidth(UnitsText(task), kUnitsWidth);
}

std::string_view SeverityName(IssueSeverity severity) {
  switch (severity) {
    case IssueSeverity::kNote:
      return "提示";
    case IssueSeverity::kWarning:
      return "注意";
    case IssueSeverity::kError:
      return "错误";
  }
  return "";
}

std::string Stated(const std::string& text) { return text.empty() ? "未写明" : text; }

std::string Facts(const ParsedPlan& plan) {
  return "标题      " + Stated(plan.title) + "\n文号      " + Stated(plan.document_number) +
         "\n地区      " + Stated(plan.division) + "\n年度      " +
         (plan.year > 0 ? std::to_string(plan.year) : "未写明") + "\n印发日期  " +
         (plan.issue_date ? FormatDate(*plan.issue_date) : "未写明") + "\n\n";
}

std::string TrimEnd(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

std::string Counts(const ParsedPlan& plan) {
  size_t units = 0;
  size_t targets = 0;
  for (const ParsedTask& task : plan.tasks) {
    units += task.units.size();
    targets += task.targets.size();
  }
  return "任务 " + std::to_string(plan.tasks.size()) + " 项，责任单位 " + std::to_string(units) +
         " 处，量化指标 " + std::to_string(targets) + " 个，待核对 " +
         std::to_string(plan.issues.size()) + " 条\n";
}

}  // namespace

std::string FormatPlanTable(const ParsedPlan& plan) {
  std::string text = Facts(plan);
  text += FitWidth("序号", kOrdinalWidth) + " " + FitWidth("所属部分", kSectionWidth) + " " +
          FitWidth("任务", kTaskWidth) + " " + FitWidth("时限", kDueWidth) + " 责任单位\n";
  for (const ParsedTask& task : plan.tasks) {
    text += TrimEnd(TaskLine(task)) + "\n";
  }
  text += "\n* 牵头  + 配合  … 未列明的单位  (日期) 原文未写明时限，暂按年底  +N 另有N个时限\n\n";
  for (const auto& issue : plan.issues) {
    text += SeverityName(issue.severity);
    text += " " + issue.code + "  " + issue.message + "\n";
  }
  return text + (plan.issues.empty() ? "" : "\n") + Counts(plan);
}

}  // namespace gongkai::cli
