#include "services/plans/rpc/reimports_service.h"

#include "services/plans/importer/plan_importer.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/parsed_plan_proto.h"
#include "services/plans/rpc/plan_intake.h"
#include "services/plans/rpc/plan_messages.h"
#include "services/plans/rpc/reimport.h"

namespace gongkai::plans {

Result<v1::DiffPlanResponse> ReimportsService::DiffPlan(const rpc::Caller&,
                                                        const v1::DiffPlanRequest& request) {
  const auto key = ParsePlanName(request.name());
  if (!key) return Fail(MalformedName("name", kPlanForm));
  const auto content = content_.GetContent(*key);
  if (!content) return Fail(content.error());
  const auto plan = ToMessage<v1::Plan>(content->plan);
  if (!plan) return Fail(plan.error());
  const auto parsed = ReadForPlan(content->plan, request.document().data(), converter_);
  if (!parsed) return Fail(parsed.error());
  const auto directory = directory_.LoadDirectory(key->division);
  if (!directory) return Fail(directory.error());
  const auto change = Reimport(*content, *parsed, {}, *directory);
  if (!change) return Fail(change.error());
  v1::DiffPlanResponse response;
  if (auto read = ParseDocument(change->diff, response.mutable_diff()); !read) {
    return Fail(read.error());
  }
  for (auto& task : *response.mutable_diff()->mutable_changes()) {
    if (task.kind() == v1::TaskChange::ADDED) task.clear_task();
  }
  for (const auto& issue : parsed->issues) *response.add_issues() = ToProto(issue);
  response.set_etag(plan->etag());
  return response;
}

Result<v1::ReimportPlanResponse> ReimportsService::ReimportPlan(
    const rpc::Caller& caller, const v1::ReimportPlanRequest& request) {
  const auto start = PlanStartOf(caller, request);
  if (!start) return Fail(start.error());
  const auto present = content_.GetContent(start->key);
  if (!present) return Fail(present.error());
  const auto parsed = ReadForPlan(present->plan, request.document().data(), converter_);
  if (!parsed) return Fail(parsed.error());
  const auto directory = directory_.LoadDirectory(start->key.division);
  if (!directory) return Fail(directory.error());
  const Acceptance acceptance{{request.accept().begin(), request.accept().end()}};
  return ToMessage<v1::ReimportPlanResponse>(content_.ChangeContent(
      start->context, start->key, start->expected, PlanAction::kReimport, request.comment(),
      [&](const PlanContent& content) -> Result<ContentChange> {
        auto change = Reimport(content, *parsed, acceptance, *directory);
        if (change) change->source = SourceOf(request.document());
        return change;
      }));
}

Result<v1::Plan> ReimportsService::AttachSource(const rpc::Caller& caller,
                                                const v1::AttachSourceRequest& request) {
  const auto start = PlanStartOf(caller, request);
  if (!start) return Fail(start.error());
  const auto size = request.document().data().size();
  RequestChecks checks;
  checks.Require(size > 0, "document", "must not be empty");
  checks.Require(size <= importer::kMaxDocumentBytes, "document", "has more than 8 MiB");
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::Plan>(content_.AttachSource(start->context, start->key, start->expected,
                                                   request.comment(),
                                                   SourceOf(request.document())));
}

}  // namespace gongkai::plans
