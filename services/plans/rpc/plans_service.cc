#include "services/plans/rpc/plans_service.h"

#include "services/plans/domain/expansion.h"
#include "services/plans/importer/plan_importer.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/parsed_plan_proto.h"
#include "services/plans/rpc/plan_intake.h"
#include "services/plans/rpc/plan_messages.h"

namespace gongkai::plans {
namespace {}  // namespace

Result<v1::ParsedPlan> PlansService::ParsePlan(const rpc::Caller&,
                                               const v1::ParsePlanRequest& request) {
  const auto parsed = importer::ImportPlan(request.document().data(),
                                           {.year = request.year(), .converter = converter_});
  if (!parsed) return Fail(parsed.error());
  v1::ParsedPlan plan = ToProto(*parsed);
  if (request.include_text()) {
    auto text = importer::ReadDocumentText(request.document().data(), converter_);
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
  auto parsed =
      importer::ImportPlan(document.data(), {.year = request.year(), .converter = converter_});
  if (!parsed) return Fail(parsed.error());
  if (auto checked = CheckParsedPlan(*parsed); !checked) return Fail(checked.error());
  return Create(*context, *division, *parsed, SourceOf(document));
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
  const auto directory = directory_.LoadDirectory(division, parsed.issue_date);
  if (!directory) return Fail(directory.error());
  auto plan = NewPlanOf(parsed, *directory);
  plan.source = std::move(source);
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
  return ToList(plans_.ListPlans(*division, request.show_deleted(), *query),
                &v1::ListPlansResponse::mutable_plans);
}

Result<google::api::HttpBody> PlansService::GetSourceDocument(
    const rpc::Caller&, const v1::GetSourceDocumentRequest& request) {
  const auto plan = ParsePlanName(request.name());
  if (!plan) return Fail(MalformedName("name", kPlanForm));
  if (request.revision() < 0) return Fail(InvalidArgument("revision", "must not be negative"));
  auto source = plans_.GetSource(*plan, request.revision());
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
  const auto source = plans_.GetSource(*plan, 0);
  if (!source) return Fail(source.error());
  auto text = importer::ReadDocumentText(source->content, converter_);
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
  auto claim_deadline = checks.OptionalDate(request.claim_deadline(), "claim_deadline");
  auto filing_deadline = checks.OptionalDate(request.filing_deadline(), "filing_deadline");
  if (!checks.ok()) return Fail(checks.error());

  const auto plan = ToMessage<v1::Plan>(plans_.GetPlan(start->key));
  if (!plan) return Fail(plan.error());
  if (!issue_date) issue_date = ParseDate(plan->issue_date()).value_or(today_());
  if (!claim_deadline) claim_deadline = ParseDate(plan->claim_deadline());
  if (!filing_deadline) filing_deadline = ParseDate(plan->filing_deadline());
  for (const auto& [deadline, field] : {std::pair(claim_deadline, "claim_deadline"),
                                        std::pair(filing_deadline, "filing_deadline")}) {
    checks.Require(!deadline || *deadline >= *issue_date, field,
                   "must not be before the issue date " + FormatDate(*issue_date));
  }
  if (!checks.ok()) return Fail(checks.error());

  const auto directory = directory_.LoadDirectory(start->key.division, issue_date);
  if (!directory) return Fail(directory.error());
  auto tasks = Expand(start->key, *directory, plan->year());
  if (!tasks) return Fail(tasks.error());
  return ToMessage<v1::Plan>(plans_.IssuePlan(start->context, start->key,
                                              start->expected.value_or(plan->revision()),
                                              {.issue_date = *issue_date,
                                               .claim_deadline = claim_deadline,
                                               .filing_deadline = filing_deadline,
                                               .tasks = std::move(*tasks)}));
}

Result<std::vector<ExpandedTask>> PlansService::Expand(const PlanKey& plan,
                                                       const Directory& directory, int year) {
  const auto page = plans_.ListTasks(plan, {.limit = kMostTasks});
  if (!page) return Fail(page.error());
  v1::ParsedPlan parsed;
  std::vector<int> numbers;
  for (const auto& document : page->documents) {
    v1::Task task;
    if (auto read = ParseDocument(document, &task); !read) return Fail(read.error());
    numbers.push_back(ParseTaskName(task.name()).value_or(TaskKey{}).task);
    *parsed.add_tasks() = std::move(*task.mutable_content());
  }
  const auto content = FromProto(parsed, "plan");
  if (!content) return Fail(content.error());
  auto expanded = ExpandTasks(content->tasks, directory, year);
  for (std::size_t i = 0; i < expanded.size(); ++i) expanded[i].task = numbers[i];
  return expanded;
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
