#include "tests/plans/support/task_facts.h"

#include <sstream>

#include "services/plans/importer/text.h"

namespace gongkai::plans {
namespace {

constexpr size_t kKept = 3;

std::string Start(const std::string& text) {
  return importer::EncodeUtf8(importer::DecodeUtf8(text).value().substr(0, kKept));
}

std::string LengthOf(const std::string& text) {
  return std::to_string(importer::DecodeUtf8(text).value().size());
}

std::string Path(const std::vector<std::string>& headings) {
  std::string path;
  for (const auto& heading : headings) path += (path.empty() ? "" : "/") + Start(heading);
  return path.empty() ? "-" : path;
}

std::string Units(const std::vector<ParsedUnit>& units) {
  std::string text;
  for (const ParsedUnit& unit : units) {
    if (!text.empty()) text += " ";
    if (unit.role == UnitRole::kLead) text += "*";
    if (unit.role == UnitRole::kSupporting) text += "+";
    if (unit.kind == UnitKind::kGroup) text += "#";
    if (unit.kind == UnitKind::kOpenEnded) text += "?";
    text += unit.text;
  }
  return text.empty() ? "-" : text;
}

std::string Due(const DueRule& rule) {
  const std::string date = rule.date ? FormatDate(*rule.date) : "";
  const auto dated = [&date](const char* name) {
    return date.empty() ? std::string(name) : std::string(name) + " " + date;
  };
  switch (rule.kind) {
    case DueKind::kFixed:
      return date;
    case DueKind::kOngoing:
      return dated("ONGOING");
    case DueKind::kRelative:
      return rule.calendar_days > 0 ? std::to_string(rule.calendar_days) + " days"
                                    : std::to_string(rule.working_days) + " working days";
    case DueKind::kUnstated:
      return dated("UNSTATED");
    case DueKind::kRecurring:
      break;
  }
  switch (rule.cadence.value()) {
    case Cadence::kMonthly:
      return dated("MONTHLY");
    case Cadence::kQuarterly:
      return dated("QUARTERLY");
    case Cadence::kHalfYearly:
      return dated("HALF_YEARLY");
    case Cadence::kYearly:
      return dated("YEARLY");
  }
  return "";
}

std::string Period(const Target& target) {
  if (!target.period) return "";
  switch (*target.period) {
    case TargetPeriod::kMonth:
      return "MONTH ";
    case TargetPeriod::kQuarter:
      return "QUARTER ";
    case TargetPeriod::kHalfYear:
      return "HALF_YEAR ";
    case TargetPeriod::kYear:
      return "YEAR ";
  }
  return "";
}

std::string TargetText(const Target& target) {
  std::ostringstream text;
  if (!target.metric.empty()) text << Start(target.metric) << " ";
  text << (target.comparator == Comparator::kAtLeast  ? ">="
           : target.comparator == Comparator::kAtMost ? "<="
                                                      : "=")
       << target.value << target.unit << " " << Period(target)
       << (target.scope == TargetScope::kDivision ? "DIVISION" : "EACH_UNIT")
       << (target.soft ? " soft" : "");
  return text.str();
}

}  // namespace

std::string FactsOf(const ParsedTask& task) {
  std::string due = Due(task.due);
  for (const DueRule& rule : task.further_due) due += "; " + Due(rule);
  std::string targets;
  for (const Target& target : task.targets) {
    targets += (targets.empty() ? "" : "; ") + TargetText(target);
  }
  return task.ordinal + "\t" + Path(task.section_path) + "\t" + Start(task.title) + "\t" +
         Start(task.requirement) + "…" + LengthOf(task.requirement) + "\t" + Units(task.units) +
         "\t" + due + "\t" + (targets.empty() ? "-" : targets);
}

}  // namespace gongkai::plans
