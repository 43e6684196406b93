#include "services/plans/rpc/plans_service.h"

#include <algorithm>

#include "services/plans/domain/expansion.h"
#include "services/plans/importer/media_type.h"
#include "services/plans/importer/plan_importer.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/parsed_plan_proto.h"

namespace gongkai::plans {
namespace {

constexpr char kDivisionForm[] = "divisions/{division}";
constexpr char kPlanForm[] = "divisions/{division}/plans/{plan}";
constexpr char kTaskForm[] = "divisions/{division}/plans/{plan}/tasks/{task}";
constexpr int kEveryTask = 10000;

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
  checks.Require(count >= 1 && count <= kEveryTask, "parsed_plan.tasks",
                 "must have 1 to 10000 tasks, has " + std::to_string(count));
  for (int i = 0; i < count && i < kEveryTask; ++i) {
    checks.Length(plan.tasks[i].requirement,
                  "parsed_plan.tasks[" + std::to_string(i) + "].requirement", 1, 20000);
  }
  if (!checks.ok()) return Fail(checks.error());
  return {};
}

}  // namespace

Result<v1::ParsedPlan> PlansService::ParsePlan(const rpc::Caller&,
                                               const v1::ParsePlanRequest& request) {
  const auto parsed = importer::ImportPlan(request.document().data(), {.year = request.year()});
  if (!parsed) return Fail(parsed.error());
  v1::ParsedPlan plan = ToProto(*parsed);
  if (request.include_text()) {
    auto text = importer::ReadDocumentText(request.document().data());
    if (!text) return Fail(text.error());
    plan.set_text(*std::move(text));
  }
  return plan;
}

Result<v1::Plan> PlansService::ImportPlan(const rpc::Caller& caller,
                                          const v1::ImportPlanRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& document = request.document();
  auto parsed = importer::ImportPlan(document.data(), {.year = request.year()});
  if (!parsed) return Fail(parsed.error());
  if (auto checked = CheckParsedPlan(*parsed); !checked) return Fail(checked.error());
  const auto type = document.content_type();
  return Create(*context, *division, *parsed,
                SourceDocument{type.empty() ? importer::MediaTypeOf(document.data()) : type,
                               document.data()});
}

Result<v1::Plan> PlansService::CreatePlan(const rpc::Caller& caller,
                                          const v1::CreatePlanRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto parsed = FromProto(request.parsed_plan(), "parsed_plan");
  if (!parsed) return Fail(parsed.error());
  if (auto checked = CheckParsedPlan(*parsed); !checked) return Fail(checked.error());
  return Create(*context, *division, *parsed, std::nullopt);
}

Result<v1::Plan> PlansService::Create(const WriteContext& context, DivisionCode division,
                                      const ParsedPlan& parsed,
                                      std::optional<SourceDocument> source) {
  const auto directory = directory_.LoadDirectory(division);
  if (!directory) return Fail(directory.error());
  const auto unknown = UnknownUnits(parsed.tasks, *directory);
  auto issues = parsed.issues;
  for (auto& issue : DirectoryIssues(parsed, *directory, unknown)) {
    issues.push_back(std::move(issue));
  }
  NewPlan plan{.title = parsed.title,
               .document_number = parsed.document_number,
               .year = parsed.year,
               .issue_date = parsed.issue_date,
               .issues = IssuesDocument(issues),
               .source = std::move(source)};
  for (const auto& task : parsed.tasks) plan.tasks.push_back(ToDocument(ToProto(task)));
  for (const auto& name : unknown) {
    plan.units.push_back({.display_name = name, .kind = GuessKind(name), .provisional = true});
  }
  return ToMessage<v1::Plan>(plans_.CreatePlan(context, division, plan));
}

Result<v1::Plan> PlansService::GetPlan(const rpc::Caller&, const v1::GetPlanRequest& request) {
  const auto plan = ParsePlanName(request.name());
  if (!plan) return Fail(MalformedName("name", kPlanForm));
  return ToMessage<v1::Plan>(plans_.GetPlan(*plan));
}

Result<v1::ListPlansResponse> PlansService::ListPlans(const rpc::Caller&,
                                                      const v1::ListPlansRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(plans_.ListPlans(*division, *query), &v1::ListPlansResponse::mutable_plans);
}

Result<google::api::HttpBody> PlansService::GetSourceDocument(
    const rpc::Caller&, const v1::GetSourceDocumentRequest& request) {
  const auto plan = ParsePlanName(request.name());
  if (!plan) return Fail(MalformedName("name", kPlanForm));
  auto source = plans_.GetSource(*plan);
  if (!source) return Fail(source.error());
  google::api::HttpBody body;
  body.set_content_type(std::move(source->content_type));
  body.set_data(std::move(source->content));
  return body;
}

Result<v1::SourceText> PlansService::GetSourceText(const rpc::Caller&,
                                                   const v1::GetSourceTextRequest& request) {
  const auto plan = ParsePlanName(request.name());
  if (!plan) return Fail(MalformedName("name", kPlanForm));
  const auto source = plans_.GetSource(*plan);
  if (!source) return Fail(source.error());
  auto text = importer::ReadDocumentText(source->content);
  if (!text) return Fail(text.error());
  v1::SourceText answer;
  answer.set_text(*std::move(text));
  return answer;
}

Result<v1::Plan> PlansService::IssuePlan(const rpc::Caller& caller,
                                         const v1::IssuePlanRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParsePlanName, kPlanForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  auto issue_date = checks.OptionalDate(request.issue_date(), "issue_date");
  const auto claim_deadline = checks.OptionalDate(request.claim_deadline(), "claim_deadline");
  const auto filing_deadline = checks.OptionalDate(request.filing_deadline(), "filing_deadline");
  if (!checks.ok()) return Fail(checks.error());

  const auto plan = ToMessage<v1::Plan>(plans_.GetPlan(start->key));
  if (!plan) return Fail(plan.error());
  if (!issue_date) issue_date = ParseDate(plan->issue_date()).value_or(today_());
  for (const auto& [deadline, field] : {std::pair(claim_deadline, "claim_deadline"),
                                        std::pair(filing_deadline, "filing_deadline")}) {
    checks.Require(!deadline || *deadline >= *issue_date, field,
                   "must not be before the issue date " + FormatDate(*issue_date));
  }
  if (!checks.ok()) return Fail(checks.error());

  const auto tasks = LoadTasks(start->key);
  if (!tasks) return Fail(tasks.error());
  const auto directory = directory_.LoadDirectory(start->key.division);
  if (!directory) return Fail(directory.error());
  return ToMessage<v1::Plan>(
      plans_.IssuePlan(start->context, start->key, start->expected.value_or(plan->revision()),
                       {.issue_date = *issue_date,
                        .claim_deadline = claim_deadline,
                        .filing_deadline = filing_deadline,
                        .tasks = ExpandTasks(*tasks, *directory, plan->year())}));
}

Result<std::vector<ParsedTask>> PlansService::LoadTasks(const PlanKey& plan) {
  const auto page = plans_.ListTasks(plan, {.limit = kEveryTask});
  if (!page) return Fail(page.error());
  v1::ParsedPlan parsed;
  for (const auto& document : page->documents) {
    v1::Task task;
    if (auto read = ParseDocument(document, &task); !read) return Fail(read.error());
    *parsed.add_tasks() = std::move(*task.mutable_content());
  }
  auto content = FromProto(parsed, "plan");
  if (!content) return Fail(content.error());
  return std::move(content->tasks);
}

Result<v1::Task> PlansService::GetTask(const rpc::Caller&, const v1::GetTaskRequest& request) {
  const auto task = ParseTaskName(request.name());
  if (!task) return Fail(MalformedName("name", kTaskForm));
  return ToMessage<v1::Task>(plans_.GetTask(*task));
}

Result<v1::ListTasksResponse> PlansService::ListTasks(const rpc::Caller&,
                                                      const v1::ListTasksRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(plans_.ListTasks(*plan, *query), &v1::ListTasksResponse::mutable_tasks);
}

}  // namespace gongkai::plans
