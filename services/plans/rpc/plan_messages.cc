#include "services/plans/rpc/plan_messages.h"

#include "services/plans/rpc/parsed_plan_proto.h"

namespace gongkai::plans {

Result<void> CheckComment(const std::string& comment) {
  RequestChecks checks;
  checks.Length(comment, "comment", 0, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return {};
}

Result<ParsedPlan> ToParsedPlan(const PlanContent& content) {
  const auto plan = ToMessage<v1::Plan>(content.plan);
  if (!plan) return Fail(plan.error());
  v1::ParsedPlan parsed;
  parsed.set_title(plan->title());
  parsed.set_document_number(plan->document_number());
  parsed.set_year(plan->year());
  parsed.set_issue_date(plan->issue_date());
  for (const auto& task : content.tasks) {
    if (auto read = ParseDocument(task.content, parsed.add_tasks()); !read) {
      return Fail(read.error());
    }
  }
  return FromProto(parsed, "plan");
}

}  // namespace gongkai::plans
