#include "services/plans/rpc/assignments_service.h"

#include "services/plans/rpc/evidence_check.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

constexpr char kTaskScopeForm[] = "divisions/{division}/plans/{plan or -}/tasks/{task or -}";
constexpr char kAssignmentScopeForm[] =
    "divisions/{division}/plans/{plan or -}/tasks/{task or -}/assignments/{assignment or -}";
constexpr int kMostEvidence = 50;
constexpr PageSizes kReportPages{.fallback = 1000};

// What a list of work is about: its parent, narrowed to one unit or widened to the divisions below
// as the request says.
template <typename Request>
Result<WorkScope> ScopeOf(const Request& request,
                          std::optional<WorkScope> (*parse)(std::string_view),
                          std::string_view form) {
  auto scope = parse(request.parent());
  if (!scope) return Fail(MalformedName("parent", form));
  scope->include_subdivisions = request.include_subdivisions();
  if (request.unit().empty()) return *scope;
  const auto unit = ParseUnitName(request.unit());
  if (!unit) return Fail(MalformedName("unit", kUnitForm));
  if (unit->division != scope->division) {
    return Fail(InvalidArgument("unit", "must belong to the division of the parent"));
  }
  if (scope->unit && *scope->unit != unit->unit) {
    return Fail(InvalidArgument("unit", "differs from the unit of the assignment in parent"));
  }
  scope->unit = unit->unit;
  scope->include_subdivisions = false;  // a unit is of one division
  return *scope;
}

}  // namespace

Result<v1::Assignment> AssignmentsService::GetAssignment(const rpc::Caller&,
                                                         const v1::GetAssignmentRequest& request) {
  const auto key = ParseAssignmentName(request.name());
  if (!key) return Fail(MalformedName("name", kAssignmentForm));
  return ToMessage<v1::Assignment>(store_.GetAssignment(*key));
}

Result<v1::ListAssignmentsResponse> AssignmentsService::ListAssignments(
    const rpc::Caller&, const v1::ListAssignmentsRequest& request) {
  const auto scope = ScopeOf(request, &ParseTaskScope, kTaskScopeForm);
  if (!scope) return Fail(scope.error());
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListAssignments(*scope, *query),
                &v1::ListAssignmentsResponse::mutable_assignments);
}

Result<v1::Assignment> AssignmentsService::ClaimAssignment(
    const rpc::Caller& caller, const v1::ClaimAssignmentRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseAssignmentName, kAssignmentForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Assignment>(store_.ChangeAssignment(
      start->context, start->key, start->expected, AssignmentAction::kClaim, ""));
}

Result<v1::Assignment> AssignmentsService::FileMeasures(const rpc::Caller& caller,
                                                        const v1::FileMeasuresRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseAssignmentName, kAssignmentForm);
  if (!start) return Fail(start.error());
  RequestChecks checks;
  checks.Length(request.measures(), "measures", 1, 4000);
  checks.Length(request.section(), "section", 1, 80);
  checks.Length(request.person(), "person", 1, 80);
  checks.Length(request.contact(), "contact", 1, 80);
  if (!checks.ok()) return Fail(checks.error());
  auto contact = contacts_.Seal(request.contact(), FormatName(start->key));
  if (!contact) return Fail(contact.error());
  return ToMessage<v1::Assignment>(store_.FileMeasures(
      start->context, start->key, start->expected,
      {request.measures(), request.section(), request.person(), std::move(*contact)}));
}

Result<v1::Occurrence> AssignmentsService::GetOccurrence(const rpc::Caller&,
                                                         const v1::GetOccurrenceRequest& request) {
  const auto key = ParseOccurrenceName(request.name());
  if (!key) return Fail(MalformedName("name", kOccurrenceForm));
  return ToMessage<v1::Occurrence>(store_.GetOccurrence(*key));
}

Result<v1::ListOccurrencesResponse> AssignmentsService::ListOccurrences(
    const rpc::Caller&, const v1::ListOccurrencesRequest& request) {
  const auto scope = ScopeOf(request, &ParseAssignmentScope, kAssignmentScopeForm);
  if (!scope) return Fail(scope.error());
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListOccurrences(*scope, *query),
                &v1::ListOccurrencesResponse::mutable_occurrences);
}

Result<v1::ProgressReport> AssignmentsService::CreateProgressReport(
    const rpc::Caller& caller, const v1::CreateProgressReportRequest& request) {
  const auto key = ParseOccurrenceName(request.parent());
  if (!key) return Fail(MalformedName("parent", kOccurrenceForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& report = request.progress_report();
  RequestChecks checks;
  checks.Length(report.text(), "progress_report.text", 1, 4000);
  checks.Require(report.evidence_size() <= kMostEvidence, "progress_report.evidence",
                 "must have at most 50 pieces, has " + std::to_string(report.evidence_size()));
  const UnitKey unit{key->assignment.task.plan.division, key->assignment.unit};
  std::vector<EvidenceUse> uses;
  Document evidence = "[";
  for (int i = 0; i < report.evidence_size(); ++i) {
    uses.push_back(CheckReportEvidence(
        report.evidence(i), "progress_report.evidence[" + std::to_string(i) + "]", unit, checks));
    evidence += (i ? "," : "") + ToDocument(report.evidence(i));
  }
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::ProgressReport>(
      reports_.AddReport(*context, *key, {report.text(), evidence + "]", std::move(uses)}));
}

Result<v1::ListProgressReportsResponse> AssignmentsService::ListProgressReports(
    const rpc::Caller&, const v1::ListProgressReportsRequest& request) {
  const auto key = ParseOccurrenceName(request.parent());
  if (!key) return Fail(MalformedName("parent", kOccurrenceForm));
  const auto query = ListQueryOf(request, kReportPages);
  if (!query) return Fail(query.error());
  return ToList(reports_.ListReports(*key, *query),
                &v1::ListProgressReportsResponse::mutable_progress_reports);
}

Result<v1::Occurrence> AssignmentsService::SubmitOccurrence(
    const rpc::Caller& caller, const v1::SubmitOccurrenceRequest& request) {
  return Change(caller, request, OccurrenceAction::kSubmit, "");
}

Result<v1::Occurrence> AssignmentsService::VerifyOccurrence(
    const rpc::Caller& caller, const v1::VerifyOccurrenceRequest& request) {
  RequestChecks checks;
  checks.Length(request.comment(), "comment", 0, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return Change(caller, request, OccurrenceAction::kVerify, request.comment());
}

Result<v1::Occurrence> AssignmentsService::ReturnOccurrence(
    const rpc::Caller& caller, const v1::ReturnOccurrenceRequest& request) {
  RequestChecks checks;
  checks.Length(request.comment(), "comment", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return Change(caller, request, OccurrenceAction::kReturn, request.comment());
}

template <typename Request>
Result<v1::Occurrence> AssignmentsService::Change(const rpc::Caller& caller, const Request& request,
                                                  OccurrenceAction action,
                                                  const std::string& comment) {
  const auto start = ChangeStartOf(caller, request, &ParseOccurrenceName, kOccurrenceForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Occurrence>(
      store_.ChangeOccurrence(start->context, start->key, start->expected, action, comment));
}

}  // namespace gongkai::plans
