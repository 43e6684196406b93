#include "services/plans/rpc/plan_life_service.h"

#include <algorithm>

#include "services/plans/domain/plan_copy.h"
#include "services/plans/rpc/field_update.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/parsed_plan_proto.h"
#include "services/plans/rpc/plan_intake.h"
#include "services/plans/rpc/plan_messages.h"

namespace gongkai::plans {
namespace {

constexpr char kRevisionForm[] = "divisions/{division}/plans/{plan}/revisions/{revision}";
const std::vector<std::string_view> kFactFields = {"title", "document_number", "issue_date",
                                                   "claim_deadline", "filing_deadline"};

bool IsDeadline(const std::string& field) {
  return field == "claim_deadline" || field == "filing_deadline";
}

// The facts that the request sets.
Result<PlanFacts> FactsOf(const v1::UpdatePlanRequest& request) {
  const auto& plan = request.plan();
  const auto* descriptor = v1::Plan::descriptor();
  const auto text_of = [&](const std::string& field) {
    return plan.GetReflection()->GetString(plan, descriptor->FindFieldByName(field));
  };
  const auto fields = FieldsToUpdate(plan, request.update_mask(), kFactFields);
  if (!fields) return Fail(fields.error());
  PlanFacts facts;
  for (const auto& field : *fields) facts[field] = text_of(field);
  RequestChecks checks;
  for (const auto& [field, text] : facts) {
    if (field == "title") {
      checks.Length(text, "plan.title", 1, 300);
    } else if (field == "document_number") {
      checks.Length(text, "plan.document_number", 0, 80);
    } else {
      checks.OptionalDate(text, "plan." + field);
    }
  }
  if (!checks.ok()) return Fail(checks.error());
  return facts;
}

// INVALID_ARGUMENT where the plan would have a deadline before its issue date.
Result<PlanFacts> CheckDates(const Document& document, const PlanFacts& facts) {
  const auto plan = ToMessage<v1::Plan>(document);
  if (!plan) return Fail(plan.error());
  const auto after = [&](const char* field, const std::string& before) {
    const auto found = facts.find(field);
    return ParseDate(found == facts.end() ? before : found->second);
  };
  const auto issue_date = after("issue_date", plan->issue_date());
  RequestChecks checks;
  for (const auto& [field, before] : {std::pair("claim_deadline", plan->claim_deadline()),
                                      std::pair("filing_deadline", plan->filing_deadline())}) {
    const auto deadline = after(field, before);
    checks.Require(!deadline || !issue_date || *deadline >= *issue_date,
                   std::string("plan.") + field, "must not be before the issue date");
  }
  if (!checks.ok()) return Fail(checks.error());
  return facts;
}

}  // namespace

Result<v1::Plan> PlanLifeService::OpenConsultation(const rpc::Caller& caller,
                                                   const v1::OpenConsultationRequest& request) {
  const auto start = PlanStartOf(caller, request);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Plan>(stores_.life.ChangeState(start->context, start->key, start->expected,
                                                      PlanAction::kConsult, request.comment()));
}

Result<v1::Plan> PlanLifeService::ReopenDraft(const rpc::Caller& caller,
                                              const v1::ReopenDraftRequest& request) {
  const auto start = PlanStartOf(caller, request);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Plan>(stores_.life.ChangeState(start->context, start->key, start->expected,
                                                      PlanAction::kReopen, request.comment()));
}

Result<v1::ClosePlanResponse> PlanLifeService::ClosePlan(const rpc::Caller& caller,
                                                         const v1::ClosePlanRequest& request) {
  const auto start = PlanStartOf(caller, request);
  if (!start) return Fail(start.error());
  return ToMessage<v1::ClosePlanResponse>(stores_.life.ClosePlan(
      start->context, start->key, start->expected, request.allow_open(), request.comment()));
}

Result<v1::Plan> PlanLifeService::UpdatePlan(const rpc::Caller& caller,
                                             const v1::UpdatePlanRequest& request) {
  const auto plan = ParsePlanName(request.plan().name());
  if (!plan) return Fail(MalformedName("plan.name", kPlanForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(request.plan().etag());
  if (!expected) return Fail(expected.error());
  if (auto checked = CheckComment(request.comment()); !checked) return Fail(checked.error());
  const auto facts = FactsOf(request);
  if (!facts) return Fail(facts.error());
  const bool deadlines_only = std::all_of(facts->begin(), facts->end(),
                                          [](const auto& fact) { return IsDeadline(fact.first); });
  return ToMessage<v1::Plan>(stores_.life.UpdateFacts(
      *context, *plan, *expected, deadlines_only ? PlanAction::kMoveDeadlines : PlanAction::kUpdate,
      request.comment(), [&](const Document& document) { return CheckDates(document, *facts); }));
}

Result<v1::Plan> PlanLifeService::DeletePlan(const rpc::Caller& caller,
                                             const v1::DeletePlanRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParsePlanName, kPlanForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Plan>(stores_.life.DeletePlan(start->context, start->key, start->expected));
}

Result<v1::Plan> PlanLifeService::UndeletePlan(const rpc::Caller& caller,
                                               const v1::UndeletePlanRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParsePlanName, kPlanForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Plan>(
      stores_.life.UndeletePlan(start->context, start->key, start->expected));
}

Result<v1::Plan> PlanLifeService::CopyPlan(const rpc::Caller& caller,
                                           const v1::CopyPlanRequest& request) {
  const auto key = ParsePlanName(request.name());
  if (!key) return Fail(MalformedName("name", kPlanForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto content = stores_.content.GetContent(*key);
  if (!content) return Fail(content.error());
  const auto original = ToParsedPlan(*content);
  if (!original) return Fail(original.error());
  const auto copy = CopyForYear(*original, request.year() ? request.year() : original->year + 1);
  if (auto checked = CheckParsedPlan(copy); !checked) return Fail(checked.error());
  const auto directory = stores_.directory.LoadDirectory(key->division);
  if (!directory) return Fail(directory.error());
  auto plan = NewPlanOf(copy, *directory);
  plan.action = "copy";
  plan.comment = FormatName(*key);
  return ToMessage<v1::Plan>(stores_.plans.CreatePlan(*context, key->division, plan));
}

Result<v1::PlanRevision> PlanLifeService::GetPlanRevision(
    const rpc::Caller&, const v1::GetPlanRevisionRequest& request) {
  const auto revision = ParseRevisionName(request.name());
  if (!revision) return Fail(MalformedName("name", kRevisionForm));
  return ToMessage<v1::PlanRevision>(stores_.life.GetRevision(*revision));
}

Result<v1::ListPlanRevisionsResponse> PlanLifeService::ListPlanRevisions(
    const rpc::Caller&, const v1::ListPlanRevisionsRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(stores_.life.ListRevisions(*plan, *query),
                &v1::ListPlanRevisionsResponse::mutable_plan_revisions);
}

}  // namespace gongkai::plans
