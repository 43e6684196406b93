#include "services/plans/rpc/supervision_orders_service.h"

#include <set>

#include "services/plans/rpc/evidence_check.h"
#include "services/plans/rpc/field_update.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/supervision_forms.h"

namespace gongkai::plans {
namespace {

constexpr int kMostSubjects = 200;
constexpr int kMostEvidence = 50;
// What an order says and may be corrected.
constexpr std::string_view kFields[] = {"number", "title", "issuer", "requirement", "deadline"};

std::vector<std::string> CheckSubjects(const google::protobuf::RepeatedPtrField<std::string>& names,
                                       DivisionCode division, RequestChecks& checks) {
  const std::string field = "supervision_order.subjects";
  checks.Require(names.size() <= kMostSubjects, field,
                 "must have at most 200 names, has " + std::to_string(names.size()));
  std::set<std::string> seen;
  for (int i = 0; i < names.size() && i < kMostSubjects; ++i) {
    const auto place = field + "[" + std::to_string(i) + "]";
    const auto task = ParseTaskOf(names[i]);
    checks.Require(task && task->plan.division == division, place,
                   "must be a task, an assignment or an occurrence of the division");
    checks.Require(seen.insert(names[i]).second, place, "stands there twice");
  }
  return {names.begin(), names.end()};
}

// The pieces of evidence, checked, as a JSON array.
Document EvidenceOf(const v1::SupervisionAnswer& answer, RequestChecks& checks) {
  checks.Require(answer.evidence_size() <= kMostEvidence, "answer.evidence",
                 "must have at most 50 pieces, has " + std::to_string(answer.evidence_size()));
  Document evidence = "[";
  for (int i = 0; i < answer.evidence_size(); ++i) {
    const auto& piece = answer.evidence(i);
    CheckEvidence(piece, "answer.evidence[" + std::to_string(i) + "]", checks);
    evidence += (i ? "," : "") + ToDocument(piece);
  }
  return evidence + "]";
}

// Of what an order says, the field that `path` names, checked, into the change.
void TakeField(const v1::SupervisionOrder& order, const std::string& path,
               SupervisionOrderChange& change, RequestChecks& checks) {
  const auto field = "supervision_order." + path;
  if (path == "number") {
    checks.Length(order.number(), field, 0, 80);
    change.number = order.number();
  } else if (path == "title") {
    checks.Length(order.title(), field, 1, 300);
    change.title = order.title();
  } else if (path == "issuer") {
    checks.Length(order.issuer(), field, 0, 100);
    change.issuer = order.issuer();
  } else if (path == "requirement") {
    checks.Length(order.requirement(), field, 1, 4000);
    change.requirement = order.requirement();
  } else if (path == "deadline") {
    change.deadline = checks.Date(order.deadline(), field);
  }
}

}  // namespace

Result<v1::SupervisionOrder> SupervisionOrdersService::CreateSupervisionOrder(
    const rpc::Caller& caller, const v1::CreateSupervisionOrderRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto& order = request.supervision_order();
  RequestChecks checks;
  SupervisionOrderChange said;
  for (auto field : kFields) TakeField(order, std::string(field), said, checks);
  checks.Require(!order.units().empty(), "supervision_order.units", "must name who has to answer");
  auto units = CheckUnits(order.units(), *division, "supervision_order.units", checks);
  auto subjects = CheckSubjects(order.subjects(), *division, checks);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::SupervisionOrder>(store_.CreateOrder(*context, *division,
                                                            {.number = *said.number,
                                                             .title = *said.title,
                                                             .issuer = *said.issuer,
                                                             .units = std::move(units),
                                                             .subjects = std::move(subjects),
                                                             .requirement = *said.requirement,
                                                             .deadline = *said.deadline}));
}

Result<v1::SupervisionOrder> SupervisionOrdersService::GetSupervisionOrder(
    const rpc::Caller&, const v1::GetSupervisionOrderRequest& request) {
  const auto key = ParseSupervisionOrderName(request.name());
  if (!key) return Fail(MalformedName("name", kSupervisionOrderForm));
  return ToMessage<v1::SupervisionOrder>(store_.GetOrder(*key));
}

Result<v1::ListSupervisionOrdersResponse> SupervisionOrdersService::ListSupervisionOrders(
    const rpc::Caller&, const v1::ListSupervisionOrdersRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  SupervisionOrderScope scope{.divisions = RangeOf(*division, request.include_subdivisions())};
  if (request.overdue()) scope.overdue_on = today_();
  return ToList(store_.ListOrders(scope, *query),
                &v1::ListSupervisionOrdersResponse::mutable_supervision_orders);
}

Result<v1::SupervisionOrder> SupervisionOrdersService::UpdateSupervisionOrder(
    const rpc::Caller& caller, const v1::UpdateSupervisionOrderRequest& request) {
  const auto& order = request.supervision_order();
  const auto key = ParseSupervisionOrderName(order.name());
  if (!key) return Fail(MalformedName("supervision_order.name", kSupervisionOrderForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(order.etag());
  if (!expected) return Fail(expected.error());
  const auto fields =
      FieldsToUpdate(order, request.update_mask(), {std::begin(kFields), std::end(kFields)});
  if (!fields) return Fail(fields.error());
  RequestChecks checks;
  SupervisionOrderChange change{.action = SupervisionOrderAction::kUpdate,
                                .comment = request.comment()};
  for (const auto& field : *fields) TakeField(order, field, change, checks);
  checks.Length(request.comment(), "comment", 0, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::SupervisionOrder>(store_.ChangeOrder(*context, *key, *expected, change));
}

Result<v1::SupervisionOrder> SupervisionOrdersService::AnswerSupervisionOrder(
    const rpc::Caller& caller, const v1::AnswerSupervisionOrderRequest& request) {
  RequestChecks checks;
  checks.Length(request.answer().text(), "answer.text", 1, 4000);
  auto evidence = EvidenceOf(request.answer(), checks);
  if (!checks.ok()) return Fail(checks.error());
  return Change(caller, request,
                {.action = SupervisionOrderAction::kAnswer,
                 .answer_text = request.answer().text(),
                 .answer_evidence = std::move(evidence)});
}

Result<v1::SupervisionOrder> SupervisionOrdersService::ReturnSupervisionOrder(
    const rpc::Caller& caller, const v1::ReturnSupervisionOrderRequest& request) {
  RequestChecks checks;
  checks.Length(request.comment(), "comment", 1, 4000);
  const auto deadline = checks.OptionalDate(request.deadline(), "deadline");
  if (!checks.ok()) return Fail(checks.error());
  return Change(caller, request,
                {.action = SupervisionOrderAction::kReturn,
                 .comment = request.comment(),
                 .deadline = deadline});
}

Result<v1::SupervisionOrder> SupervisionOrdersService::CloseSupervisionOrder(
    const rpc::Caller& caller, const v1::CloseSupervisionOrderRequest& request) {
  RequestChecks checks;
  checks.Length(request.comment(), "comment", 0, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return Change(caller, request,
                {.action = SupervisionOrderAction::kClose, .comment = request.comment()});
}

Result<v1::SupervisionOrder> SupervisionOrdersService::CancelSupervisionOrder(
    const rpc::Caller& caller, const v1::CancelSupervisionOrderRequest& request) {
  RequestChecks checks;
  checks.Length(request.reason(), "reason", 1, 4000);
  if (!checks.ok()) return Fail(checks.error());
  return Change(caller, request,
                {.action = SupervisionOrderAction::kCancel, .comment = request.reason()});
}

Result<v1::ListSupervisionOrderStepsResponse> SupervisionOrdersService::ListSupervisionOrderSteps(
    const rpc::Caller&, const v1::ListSupervisionOrderStepsRequest& request) {
  const auto key = ParseSupervisionOrderName(request.parent());
  if (!key) return Fail(MalformedName("parent", kSupervisionOrderForm));
  return ToRepeated(store_.ListSteps(*key), &v1::ListSupervisionOrderStepsResponse::mutable_steps);
}

template <typename Request>
Result<v1::SupervisionOrder> SupervisionOrdersService::Change(
    const rpc::Caller& caller, const Request& request, const SupervisionOrderChange& change) {
  const auto start =
      ChangeStartOf(caller, request, &ParseSupervisionOrderName, kSupervisionOrderForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::SupervisionOrder>(
      store_.ChangeOrder(start->context, start->key, start->expected, change));
}

}  // namespace gongkai::plans
