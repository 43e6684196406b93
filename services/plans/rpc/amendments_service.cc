#include "services/plans/rpc/amendments_service.h"

#include "services/plans/rpc/amendment_effect.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/plan_intake.h"
#include "services/plans/rpc/plan_messages.h"
#include "services/plans/rpc/reimport.h"

namespace gongkai::plans {
namespace {

constexpr char kAmendmentForm[] = "divisions/{division}/plans/{plan}/amendments/{amendment}";

Error NothingToAmend() {
  return {.code = ErrorCode::kInvalidArgument,
          .reason = "NOTHING_TO_AMEND",
          .message = "the document, or what was accepted of it, changes no task of the plan",
          .message_zh = "新文档与现行方案的任务没有差异，无需调整"};
}

// The tasks that the document changes. Facts of a plan in force stay as they were issued.
Result<AmendmentDraft> DraftOf(const PlanContent& content, const ParsedPlan& document,
                               const v1::CreateAmendmentRequest& request,
                               const Directory& directory) {
  const Acceptance acceptance{{request.accept().begin(), request.accept().end()}};
  const auto change = Reimport(content, document, acceptance, directory);
  if (!change) return Fail(change.error());
  v1::PlanDiff diff;
  if (auto read = ParseDocument(change->diff, &diff); !read) return Fail(read.error());
  if (diff.changes().empty()) return Fail(NothingToAmend());
  diff.clear_field_changes();
  for (auto& task : *diff.mutable_changes()) {
    if (task.kind() == v1::TaskChange::ADDED) task.clear_task();
  }
  return AmendmentDraft{.diff = ToDocument(diff), .units = change->units};
}

}  // namespace

Result<v1::Amendment> AmendmentsService::CreateAmendment(
    const rpc::Caller& caller, const v1::CreateAmendmentRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  checks.Length(request.reason(), "reason", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  const auto present = stores_.content.GetContent(*plan);
  if (!present) return Fail(present.error());
  const auto document = ReadForPlan(present->plan, request.document().data(), converter_);
  if (!document) return Fail(document.error());
  const auto directory = stores_.directory.LoadDirectory(plan->division);
  if (!directory) return Fail(directory.error());
  return ToMessage<v1::Amendment>(stores_.amendments.Create(
      *context, *plan, {.reason = request.reason(), .source = SourceOf(request.document())},
      [&](const PlanContent& content) {
        return DraftOf(content, *document, request, *directory);
      }));
}

Result<v1::Amendment> AmendmentsService::GetAmendment(const rpc::Caller&,
                                                      const v1::GetAmendmentRequest& request) {
  const auto amendment = ParseAmendmentName(request.name());
  if (!amendment) return Fail(MalformedName("name", kAmendmentForm));
  return ToMessage<v1::Amendment>(stores_.amendments.Get(*amendment));
}

Result<v1::ListAmendmentsResponse> AmendmentsService::ListAmendments(
    const rpc::Caller&, const v1::ListAmendmentsRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(stores_.amendments.List(*plan, *query),
                &v1::ListAmendmentsResponse::mutable_amendments);
}

Result<v1::Amendment> AmendmentsService::ApproveAmendment(
    const rpc::Caller& caller, const v1::ApproveAmendmentRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseAmendmentName, kAmendmentForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  checks.Length(request.approver(), "approver", 1, 80);
  checks.Length(request.document_number(), "document_number", 0, 80);
  const auto today = today_();
  const auto date = checks.OptionalDate(request.approval_date(), "approval_date").value_or(today);
  checks.Require(date <= today, "approval_date", "must not be after today");
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::Amendment>(
      stores_.amendments.Approve(start->context, start->key, start->expected,
                                 {.approver = request.approver(),
                                  .document_number = request.document_number(),
                                  .date = date}));
}

Result<v1::Amendment> AmendmentsService::ApplyAmendment(const rpc::Caller& caller,
                                                        const v1::ApplyAmendmentRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseAmendmentName, kAmendmentForm);
  if (!start) return Fail(start.error());
  const auto directory = stores_.directory.LoadDirectory(start->key.plan.division);
  if (!directory) return Fail(directory.error());
  return ToMessage<v1::Amendment>(stores_.amendments.Apply(
      start->context, start->key, start->expected,
      [&](const AmendedPlan& amended) { return EffectOf(amended, *directory); }));
}

Result<v1::Amendment> AmendmentsService::WithdrawAmendment(
    const rpc::Caller& caller, const v1::WithdrawAmendmentRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseAmendmentName, kAmendmentForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Amendment>(
      stores_.amendments.Withdraw(start->context, start->key, start->expected));
}

}  // namespace gongkai::plans
