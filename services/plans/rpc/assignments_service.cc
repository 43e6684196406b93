#include "services/plans/rpc/assignments_service.h"

#include "services/plans/rpc/messages.h"

namespace gongkai::plans {
namespace {

constexpr char kAssignmentForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/assignments/{unit}-{lead|responsible|"
    "supporting}";
constexpr char kOccurrenceForm[] =
    "divisions/{division}/plans/{plan}/tasks/{task}/assignments/{assignment}/occurrences/{number}";
constexpr char kTaskScopeForm[] = "divisions/{division}/plans/{plan or -}/tasks/{task or -}";
constexpr char kAssignmentScopeForm[] =
    "divisions/{division}/plans/{plan or -}/tasks/{task or -}/assignments/{assignment or -}";
constexpr int kMostEvidence = 50;

// The number of the unit that a list is narrowed to; nothing for all.
Result<std::optional<int>> UnitFilter(const std::string& name, DivisionCode division) {
  if (name.empty()) return std::optional<int>();
  const auto unit = ParseUnitName(name);
  if (!unit) return Fail(MalformedName("unit", "divisions/{division}/units/{unit}"));
  if (unit->division != division) {
    return Fail(InvalidArgument("unit", "must belong to the division of the parent"));
  }
  return std::optional(unit->unit);
}

// Before every assignment and occurrence of a division: LEAD is the first of the roles.
const AssignmentKey kFirstAssignment{.role = UnitRole::kLead};

void CheckEvidence(const v1::Evidence& evidence, const std::string& field, RequestChecks& checks) {
  switch (evidence.form_case()) {
    case v1::Evidence::kUrl:
      checks.Require(
          evidence.url().starts_with("http://") || evidence.url().starts_with("https://"),
          field + ".url", "must start with http:// or https://");
      checks.Length(evidence.url(), field + ".url", 8, 2000);
      return;
    case v1::Evidence::kDocumentNumber:
      checks.Length(evidence.document_number(), field + ".document_number", 1, 100);
      return;
    case v1::Evidence::FORM_NOT_SET:
      checks.Require(false, field, "must have a url or a document_number");
  }
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
  const auto scope = ParseTaskScope(request.parent());
  if (!scope) return Fail(MalformedName("parent", kTaskScopeForm));
  const auto unit = UnitFilter(request.unit(), scope->division);
  if (!unit) return Fail(unit.error());
  const auto page = PageStartOf(request, &ParseAssignmentName, kFirstAssignment);
  if (!page) return Fail(page.error());
  return ToList(store_.ListAssignments(*scope, *unit, page->key, page->limit),
                &v1::ListAssignmentsResponse::mutable_assignments);
}

Result<v1::Assignment> AssignmentsService::ClaimAssignment(
    const rpc::Caller& caller, const v1::ClaimAssignmentRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseAssignmentName, kAssignmentForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Assignment>(store_.Claim(start->context, start->key, start->expected));
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
  return ToMessage<v1::Assignment>(store_.FileMeasures(
      start->context, start->key, start->expected,
      {request.measures(), request.section(), request.person(), request.contact()}));
}

Result<v1::Occurrence> AssignmentsService::GetOccurrence(const rpc::Caller&,
                                                         const v1::GetOccurrenceRequest& request) {
  const auto key = ParseOccurrenceName(request.name());
  if (!key) return Fail(MalformedName("name", kOccurrenceForm));
  return ToMessage<v1::Occurrence>(store_.GetOccurrence(*key));
}

Result<v1::ListOccurrencesResponse> AssignmentsService::ListOccurrences(
    const rpc::Caller&, const v1::ListOccurrencesRequest& request) {
  const auto scope = ParseAssignmentScope(request.parent());
  if (!scope) return Fail(MalformedName("parent", kAssignmentScopeForm));
  const auto unit = UnitFilter(request.unit(), scope->division);
  if (!unit) return Fail(unit.error());
  if (*unit && scope->unit && *unit != scope->unit) {
    return Fail(InvalidArgument("unit", "differs from the unit of the assignment in parent"));
  }
  const auto page = PageStartOf(request, &ParseOccurrenceName, OccurrenceKey{kFirstAssignment});
  if (!page) return Fail(page.error());
  return ToList(store_.ListOccurrences(*scope, *unit, page->key, page->limit),
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
  Document evidence = "[";
  for (int i = 0; i < report.evidence_size(); ++i) {
    CheckEvidence(report.evidence(i), "progress_report.evidence[" + std::to_string(i) + "]",
                  checks);
    evidence += (i ? "," : "") + ToDocument(report.evidence(i));
  }
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::ProgressReport>(store_.AddProgressReport(
      *context, *key, {report.text(), evidence + "]", report.evidence_size()}));
}

Result<v1::ListProgressReportsResponse> AssignmentsService::ListProgressReports(
    const rpc::Caller&, const v1::ListProgressReportsRequest& request) {
  const auto key = ParseOccurrenceName(request.parent());
  if (!key) return Fail(MalformedName("parent", kOccurrenceForm));
  const auto documents = store_.ListProgressReports(*key);
  if (!documents) return Fail(documents.error());
  v1::ListProgressReportsResponse response;
  for (const auto& document : *documents) {
    if (auto parsed = ParseDocument(document, response.add_progress_reports()); !parsed) {
      return Fail(parsed.error());
    }
  }
  return response;
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
