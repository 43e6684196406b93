#include "services/plans/rpc/directory_service.h"

#include "services/plans/rpc/directory_messages.h"
#include "services/plans/rpc/name_forms.h"

namespace gongkai::plans {
namespace {

constexpr PageSizes kDivisionPages{.fallback = 500, .most = 5000};
constexpr int kMostResolved = 2000;
constexpr PageSizes kGroupPages{.fallback = 1000};

v1::UnitResolution::Match MatchOf(NameMatch match) {
  switch (match) {
    case NameMatch::kName:
      return v1::UnitResolution::NAME;
    case NameMatch::kAlias:
      return v1::UnitResolution::ALIAS;
    case NameMatch::kPrefix:
      return v1::UnitResolution::PREFIX;
    case NameMatch::kSuccessor:
      return v1::UnitResolution::SUCCESSOR;
  }
  return v1::UnitResolution::NOT_FOUND;
}

v1::UnitResolution ResolutionOf(const v1::ParsedUnit& given, DivisionCode division,
                                const Directory& directory) {
  v1::UnitResolution resolution;
  resolution.set_text(given.text());
  resolution.set_match(v1::UnitResolution::NOT_FOUND);
  if (given.kind() == v1::ParsedUnit::GROUP || given.kind() == v1::ParsedUnit::OPEN_ENDED) {
    const auto kind =
        given.kind() == v1::ParsedUnit::GROUP ? UnitKind::kGroup : UnitKind::kOpenEnded;
    for (int unit : directory.Expand({.text = given.text(), .kind = kind})) {
      resolution.add_units(FormatName(UnitKey{division, unit}));
      resolution.set_match(v1::UnitResolution::GROUP);
    }
    return resolution;
  }
  if (const auto found = directory.Resolve(given.text())) {
    resolution.set_match(MatchOf(found->how));
    resolution.add_units(FormatName(UnitKey{division, found->unit}));
    return resolution;
  }
  for (const auto& near : directory.Nearest(given.text())) {
    auto* candidate = resolution.add_candidates();
    candidate->set_unit(FormatName(UnitKey{division, near.unit}));
    candidate->set_display_name(near.name);
    candidate->set_similarity(near.similarity);
  }
  return resolution;
}

}  // namespace

Result<v1::Division> DirectoryService::GetDivision(const rpc::Caller&,
                                                   const v1::GetDivisionRequest& request) {
  const auto division = ParseDivisionName(request.name());
  if (!division) return Fail(MalformedName("name", kDivisionForm));
  return ToMessage<v1::Division>(store_.GetDivision(*division));
}

Result<v1::ListDivisionsResponse> DirectoryService::ListDivisions(
    const rpc::Caller&, const v1::ListDivisionsRequest& request) {
  std::optional<DivisionCode> parent;
  if (!request.parent_division().empty()) {
    parent = ParseDivisionName(request.parent_division());
    if (!parent) return Fail(MalformedName("parent_division", kDivisionForm));
  }
  const auto query = ListQueryOf(request, kDivisionPages);
  if (!query) return Fail(query.error());
  return ToList(store_.ListDivisions(parent, *query),
                &v1::ListDivisionsResponse::mutable_divisions);
}

Result<v1::Unit> DirectoryService::GetUnit(const rpc::Caller&, const v1::GetUnitRequest& request) {
  const auto unit = ParseUnitName(request.name());
  if (!unit) return Fail(MalformedName("name", kUnitForm));
  return ToMessage<v1::Unit>(store_.GetUnit(*unit));
}

Result<v1::ListUnitsResponse> DirectoryService::ListUnits(const rpc::Caller&,
                                                          const v1::ListUnitsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request);
  if (!query) return Fail(query.error());
  return ToList(store_.ListUnits(*division, *query), &v1::ListUnitsResponse::mutable_units);
}

Result<v1::BatchCreateUnitsResponse> DirectoryService::BatchCreateUnits(
    const rpc::Caller& caller, const v1::BatchCreateUnitsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  checks.Require(request.units_size() >= 1 && request.units_size() <= 1000, "units",
                 "must have 1 to 1000 units, has " + std::to_string(request.units_size()));
  std::vector<UnitRecord> records;
  for (int i = 0; i < request.units_size(); ++i) {
    const auto field = "units[" + std::to_string(i) + "]";
    checks.Require(request.units(i).name().empty(), field + ".name",
                   "must be empty: the service numbers units");
    checks.Require(request.units(i).successors().empty(), field + ".successors",
                   "must be empty: name them with UpdateUnit or MergeUnits");
    records.push_back(ToRecord(request.units(i), *division, field, checks));
  }
  if (!checks.ok()) return Fail(checks.error());
  const auto documents = store_.PutUnits(*context, *division, records);
  if (!documents) return Fail(documents.error());
  v1::BatchCreateUnitsResponse response;
  for (const auto& document : *documents) {
    if (auto parsed = ParseDocument(document, response.add_units()); !parsed) {
      return Fail(parsed.error());
    }
  }
  return response;
}

Result<v1::ResolveUnitsResponse> DirectoryService::ResolveUnits(
    const rpc::Caller&, const v1::ResolveUnitsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  RequestChecks checks;
  checks.Require(request.units_size() >= 1 && request.units_size() <= kMostResolved, "units",
                 "must have 1 to 2000 names, has " + std::to_string(request.units_size()));
  for (int i = 0; i < request.units_size(); ++i) {
    checks.Length(request.units(i).text(), "units[" + std::to_string(i) + "].text", 1, 80);
  }
  const auto day = checks.OptionalDate(request.date(), "date");
  if (!checks.ok()) return Fail(checks.error());
  if (const auto found = store_.GetDivision(*division); !found) return Fail(found.error());
  const auto directory = store_.LoadDirectory(*division, day);
  if (!directory) return Fail(directory.error());
  v1::ResolveUnitsResponse response;
  for (const auto& unit : request.units()) {
    *response.add_resolutions() = ResolutionOf(unit, *division, *directory);
  }
  return response;
}

Result<v1::ListUnitGroupsResponse> DirectoryService::ListUnitGroups(
    const rpc::Caller&, const v1::ListUnitGroupsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto query = ListQueryOf(request, kGroupPages);
  if (!query) return Fail(query.error());
  return ToList(store_.ListUnitGroups(*division, *query),
                &v1::ListUnitGroupsResponse::mutable_unit_groups);
}

Result<v1::UnitGroup> DirectoryService::CreateUnitGroup(const rpc::Caller& caller,
                                                        const v1::CreateUnitGroupRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  const auto group = ToGroup(request.unit_group(), *division, "unit_group", checks);
  if (!checks.ok()) return Fail(checks.error());
  return ToMessage<v1::UnitGroup>(store_.PutUnitGroup(*context, *division, group));
}

}  // namespace gongkai::plans
