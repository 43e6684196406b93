#include "services/plans/rpc/plan_intake.h"

#include <algorithm>

#include "services/plans/domain/expansion.h"
#include "services/plans/importer/media_type.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/parsed_plan_proto.h"

namespace gongkai::plans {
namespace {

std::string Join(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : "、") + word;
  return text;
}

// 县发改局（相近：县发展和改革局）
std::string WithNearest(const std::string& name, const Directory& directory) {
  std::vector<std::string> names;
  for (const auto& near : directory.Nearest(name)) names.push_back(near.name);
  return names.empty() ? name : name + "（相近：" + Join(names) + "）";
}

// What the directory makes of the plan: its unknown units, and phrases that stand for nobody yet.
std::vector<ParseIssue> DirectoryIssues(const ParsedPlan& plan, const Directory& directory,
                                        const std::vector<std::string>& unknown) {
  std::vector<ParseIssue> issues;
  if (!unknown.empty()) {
    std::vector<std::string> described;
    for (const auto& name : unknown) described.push_back(WithNearest(name, directory));
    issues.push_back(
        {.severity = IssueSeverity::kWarning,
         .code = "UNIT_UNKNOWN",
         .message = "单位目录中没有以下单位，已暂列入目录，请核实名称或设为已有单位的别名：" +
                    Join(described)});
  }
  const auto completed = directory.With(unknown);
  std::vector<std::string> empty;
  for (const auto& task : plan.tasks) {
    for (const auto& unit : task.units) {
      if (unit.kind == UnitKind::kUnit || !completed.Expand(unit).empty()) continue;
      if (std::find(empty.begin(), empty.end(), unit.text) == empty.end()) {
        empty.push_back(unit.text);
      }
    }
  }
  if (!empty.empty()) {
    issues.push_back(
        {.severity = IssueSeverity::kWarning,
         .code = "GROUP_EMPTY",
         .message = "以下单位集合目前没有任何成员，印发前请补充单位或定义集合：" + Join(empty)});
  }
  return issues;
}

}  // namespace

Document IssuesDocument(const std::vector<ParseIssue>& issues) {
  Document array = "[";
  for (const auto& issue : issues) {
    if (array.size() > 1) array += ",";
    array += ToDocument(ToProto(issue));
  }
  return array + "]";
}

Result<void> CheckParsedPlan(const ParsedPlan& plan) {
  const int count = static_cast<int>(plan.tasks.size());
  RequestChecks checks;
  checks.Length(plan.title, "parsed_plan.title", 1, 300);
  checks.Require(plan.year >= 2000 && plan.year <= 2100, "parsed_plan.year",
                 "must be a year from 2000 to 2100");
  checks.Require(count >= 1 && count <= kMostTasks, "parsed_plan.tasks",
                 "must have 1 to 10000 tasks, has " + std::to_string(count));
  for (int i = 0; i < count && i < kMostTasks; ++i) {
    checks.Length(plan.tasks[i].requirement,
                  "parsed_plan.tasks[" + std::to_string(i) + "].requirement", 1, 20000);
  }
  if (!checks.ok()) return Fail(checks.error());
  return {};
}

Intake IntakeOf(const ParsedPlan& plan, const Directory& directory) {
  const auto unknown = UnknownUnits(plan.tasks, directory);
  Intake intake{.issues = DirectoryIssues(plan, directory, unknown)};
  for (const auto& name : unknown) {
    intake.units.push_back({.display_name = name, .kind = GuessKind(name), .provisional = true});
  }
  return intake;
}

NewPlan NewPlanOf(const ParsedPlan& parsed, const Directory& directory) {
  auto intake = IntakeOf(parsed, directory);
  auto issues = parsed.issues;
  for (auto& issue : intake.issues) issues.push_back(std::move(issue));
  NewPlan plan{.title = parsed.title,
               .document_number = parsed.document_number,
               .year = parsed.year,
               .issue_date = parsed.issue_date,
               .issues = IssuesDocument(issues),
               .units = std::move(intake.units)};
  for (const auto& task : parsed.tasks) plan.tasks.push_back(ToDocument(ToProto(task)));
  return plan;
}

SourceDocument SourceOf(const google::api::HttpBody& document) {
  const auto& type = document.content_type();
  return {type.empty() ? importer::MediaTypeOf(document.data()) : type, document.data()};
}

}  // namespace gongkai::plans
