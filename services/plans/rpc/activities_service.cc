#include "services/plans/rpc/activities_service.h"

#include <algorithm>

#include "services/plans/rpc/evidence_check.h"
#include "services/plans/rpc/field_update.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

constexpr int kMostUnits = 100;
constexpr int kMostEvidence = 50;
constexpr int kMostParticipants = 1'000'000;

const std::vector<std::string_view> kFields = {
    "kind", "units", "date", "title", "participant_count", "evidence"};

std::vector<int> UnitsOf(const v1::Activity& activity, DivisionCode division,
                         RequestChecks& checks) {
  checks.Require(activity.units_size() >= 1 && activity.units_size() <= kMostUnits,
                 "activity.units", "must name 1 to 100 units");
  std::vector<int> units;
  for (int i = 0; i < activity.units_size(); ++i) {
    const auto unit = ParseUnitName(activity.units(i));
    checks.Require(
        unit && unit->division == division, "activity.units[" + std::to_string(i) + "]",
        "must be a unit of the same division, " + FormatName(division) + "/units/{unit}");
    if (unit) units.push_back(unit->unit);
  }
  std::sort(units.begin(), units.end());
  checks.Require(std::adjacent_find(units.begin(), units.end()) == units.end(), "activity.units",
                 "must name each unit once");
  return units;
}

Document EvidenceOf(const v1::Activity& activity, RequestChecks& checks) {
  checks.Require(activity.evidence_size() <= kMostEvidence, "activity.evidence",
                 "must have at most 50 pieces, has " + std::to_string(activity.evidence_size()));
  Document evidence = "[";
  for (int i = 0; i < activity.evidence_size(); ++i) {
    CheckEvidence(activity.evidence(i), "activity.evidence[" + std::to_string(i) + "]", checks);
    evidence += (i ? "," : "") + ToDocument(activity.evidence(i));
  }
  return evidence + "]";
}

}  // namespace

Result<ActivityFacts> ActivitiesService::FactsOf(const v1::Activity& activity,
                                                 DivisionCode division) const {
  RequestChecks checks;
  checks.Require(activity.kind() != v1::Activity::KIND_UNSPECIFIED &&
                     v1::Activity::Kind_IsValid(activity.kind()),
                 "activity.kind", "must be one of the kinds of the contract");
  auto units = UnitsOf(activity, division, checks);
  const auto date = checks.Date(activity.date(), "activity.date");
  if (date) checks.Require(*date <= today_(), "activity.date", "must not be in the future");
  checks.Length(activity.title(), "activity.title", 1, 300);
  checks.Require(
      activity.participant_count() >= 0 && activity.participant_count() <= kMostParticipants,
      "activity.participant_count", "must be from 0 to 1000000");
  auto evidence = EvidenceOf(activity, checks);
  if (!checks.ok()) return Fail(checks.error());
  return ActivityFacts{.kind = v1::Activity::Kind_Name(activity.kind()),
                       .units = std::move(units),
                       .date = *date,
                       .title = activity.title(),
                       .participant_count = activity.participant_count(),
                       .evidence = std::move(evidence)};
}

Result<v1::Activity> ActivitiesService::CreateActivity(const rpc::Caller& caller,
                                                       const v1::CreateActivityRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto facts = FactsOf(request.activity(), *division);
  if (!facts) return Fail(facts.error());
  return ToMessage<v1::Activity>(store_.CreateActivity(*context, *division, *facts));
}

Result<v1::Activity> ActivitiesService::GetActivity(const rpc::Caller&,
                                                    const v1::GetActivityRequest& request) {
  const auto key = ParseActivityName(request.name());
  if (!key) return Fail(MalformedName("name", kActivityForm));
  return ToMessage<v1::Activity>(store_.GetActivity(*key));
}

Result<v1::ListActivitiesResponse> ActivitiesService::ListActivities(
    const rpc::Caller&, const v1::ListActivitiesRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListActivities(*division, request.show_deleted(), *query),
                &v1::ListActivitiesResponse::mutable_activities);
}

Result<v1::Activity> ActivitiesService::UpdateActivity(const rpc::Caller& caller,
                                                       const v1::UpdateActivityRequest& request) {
  const auto& given = request.activity();
  const auto key = ParseActivityName(given.name());
  if (!key) return Fail(MalformedName("activity.name", kActivityForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(given.etag());
  if (!expected) return Fail(expected.error());
  const auto fields = FieldsToUpdate(given, request.update_mask(), kFields);
  if (!fields) return Fail(fields.error());
  return ToMessage<v1::Activity>(store_.UpdateActivity(
      *context, *key, *expected, [&](const Document& stored) -> Result<ActivityFacts> {
        auto activity = ToMessage<v1::Activity>(stored);
        if (!activity) return Fail(activity.error());
        TakeFields(given, *fields, *activity);
        return FactsOf(*activity, key->division);
      }));
}

Result<v1::Activity> ActivitiesService::DeleteActivity(const rpc::Caller& caller,
                                                       const v1::DeleteActivityRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseActivityName, kActivityForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Activity>(
      store_.DeleteActivity(start->context, start->key, start->expected));
}

Result<v1::Activity> ActivitiesService::UndeleteActivity(
    const rpc::Caller& caller, const v1::UndeleteActivityRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseActivityName, kActivityForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::Activity>(
      store_.UndeleteActivity(start->context, start->key, start->expected));
}

}  // namespace gongkai::plans
