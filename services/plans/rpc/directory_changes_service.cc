#include "services/plans/rpc/directory_changes_service.h"

#include <set>

#include "services/plans/rpc/directory_messages.h"
#include "services/plans/rpc/field_update.h"
#include "services/plans/rpc/name_forms.h"
#include "services/plans/rpc/unit_table.h"

namespace gongkai::plans {
namespace {

constexpr int kMostMerged = 100;
constexpr int kMostDivisions = 5000;
constexpr std::size_t kMostTableBytes = 1 << 20;

const std::vector<std::string_view> kUnitFields = {
    "display_name", "kind", "aliases", "credit_code", "valid_from", "valid_until", "successors"};
const std::vector<std::string_view> kGroupFields = {"phrase", "kinds", "units"};

// The resource of the document with some fields as the request gives them.
template <typename Message>
Result<Message> Updated(const Document& document, const Message& given,
                        const std::vector<std::string>& fields) {
  auto message = ToMessage<Message>(document);
  if (message) TakeFields(given, fields, *message);
  return message;
}

}  // namespace

Result<v1::Unit> DirectoryChangesService::UpdateUnit(const rpc::Caller& caller,
                                                     const v1::UpdateUnitRequest& request) {
  const auto unit = ParseUnitName(request.unit().name());
  if (!unit) return Fail(MalformedName("unit.name", kUnitForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(request.unit().etag());
  if (!expected) return Fail(expected.error());
  const auto fields = FieldsToUpdate(request.unit(), request.update_mask(), kUnitFields);
  if (!fields) return Fail(fields.error());
  return ToMessage<v1::Unit>(changes_.UpdateUnit(
      *context, *unit, *expected, [&](const Document& document) -> Result<UnitRecord> {
        const auto updated = Updated(document, request.unit(), *fields);
        if (!updated) return Fail(updated.error());
        RequestChecks checks;
        auto record = ToRecord(*updated, unit->division, "unit", checks);
        if (!checks.ok()) return Fail(checks.error());
        return record;
      }));
}

Result<v1::MergeUnitsResponse> DirectoryChangesService::MergeUnits(
    const rpc::Caller& caller, const v1::MergeUnitsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  checks.Require(request.units_size() >= 1 && request.units_size() <= kMostMerged, "units",
                 "must name 1 to 100 units, names " + std::to_string(request.units_size()));
  const auto number_of = [&](const std::string& name, const std::string& field) {
    const auto unit = ParseUnitName(name);
    checks.Require(unit && unit->division == *division, field,
                   "must be a unit of " + request.parent() + ", is \"" + name + "\"");
    return unit ? unit->unit : 0;
  };
  std::vector<int> units;
  for (int i = 0; i < request.units_size(); ++i) {
    units.push_back(number_of(request.units(i), "units[" + std::to_string(i) + "]"));
  }
  checks.Require(std::set<int>(units.begin(), units.end()).size() == units.size(), "units",
                 "must name each unit once");
  const int successor = number_of(request.successor(), "successor");
  const auto effective = checks.Date(request.effective_date(), "effective_date");
  if (!checks.ok()) return Fail(checks.error());
  return ToRepeated(changes_.MergeUnits(*context, *division, units, successor, *effective),
                    &v1::MergeUnitsResponse::mutable_units);
}

Result<google::api::HttpBody> DirectoryChangesService::ExportUnits(
    const rpc::Caller&, const v1::ExportUnitsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  if (const auto found = directory_.GetDivision(*division); !found) return Fail(found.error());
  const auto documents = changes_.AllUnits(*division);
  if (!documents) return Fail(documents.error());
  std::vector<v1::Unit> units(documents->size());
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (auto parsed = ParseDocument((*documents)[i], &units[i]); !parsed) {
      return Fail(parsed.error());
    }
  }
  google::api::HttpBody table;
  table.set_content_type("text/csv; charset=utf-8");
  table.set_data(WriteUnitTable(units));
  return table;
}

Result<v1::LoadUnitsResponse> DirectoryChangesService::LoadUnits(
    const rpc::Caller& caller, const v1::LoadUnitsRequest& request) {
  const auto division = ParseDivisionName(request.parent());
  if (!division) return Fail(MalformedName("parent", kDivisionForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  if (request.table().data().size() > kMostTableBytes) {
    return Fail(InvalidArgument("table", "has more than 1 MiB"));
  }
  const auto units = ReadUnitTable(request.table().data());
  if (!units) return Fail(units.error());
  RequestChecks checks;
  std::vector<UnitRecord> records;
  for (const auto& unit : *units) {
    records.push_back(ToRecord(unit, *division, "table[" + unit.display_name() + "]", checks));
  }
  if (!checks.ok()) return Fail(checks.error());
  return ToRepeated(directory_.PutUnits(*context, *division, records),
                    &v1::LoadUnitsResponse::mutable_units);
}

Result<v1::UnitGroup> DirectoryChangesService::GetUnitGroup(
    const rpc::Caller&, const v1::GetUnitGroupRequest& request) {
  const auto group = ParseUnitGroupName(request.name());
  if (!group) return Fail(MalformedName("name", kUnitGroupForm));
  return ToMessage<v1::UnitGroup>(changes_.GetGroup(*group));
}

Result<v1::UnitGroup> DirectoryChangesService::UpdateUnitGroup(
    const rpc::Caller& caller, const v1::UpdateUnitGroupRequest& request) {
  const auto group = ParseUnitGroupName(request.unit_group().name());
  if (!group) return Fail(MalformedName("unit_group.name", kUnitGroupForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(request.unit_group().etag());
  if (!expected) return Fail(expected.error());
  const auto fields = FieldsToUpdate(request.unit_group(), request.update_mask(), kGroupFields);
  if (!fields) return Fail(fields.error());
  return ToMessage<v1::UnitGroup>(changes_.UpdateGroup(
      *context, *group, *expected, [&](const Document& document) -> Result<DirectoryGroup> {
        const auto updated = Updated(document, request.unit_group(), *fields);
        if (!updated) return Fail(updated.error());
        RequestChecks checks;
        auto record = ToGroup(*updated, group->division, "unit_group", checks);
        if (!checks.ok()) return Fail(checks.error());
        return record;
      }));
}

Result<v1::UnitGroup> DirectoryChangesService::DeleteUnitGroup(
    const rpc::Caller& caller, const v1::DeleteUnitGroupRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseUnitGroupName, kUnitGroupForm);
  if (!start) return Fail(start.error());
  return ToMessage<v1::UnitGroup>(
      changes_.DeleteGroup(start->context, start->key, start->expected));
}

Result<v1::LoadDivisionsResponse> DirectoryChangesService::LoadDivisions(
    const rpc::Caller& caller, const v1::LoadDivisionsRequest& request) {
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  RequestChecks checks;
  checks.Require(request.divisions_size() >= 1 && request.divisions_size() <= kMostDivisions,
                 "divisions",
                 "must have 1 to 5000 divisions, has " + std::to_string(request.divisions_size()));
  std::vector<DivisionRecord> records;
  std::set<DivisionCode> codes;
  for (int i = 0; i < request.divisions_size(); ++i) {
    const auto field = "divisions[" + std::to_string(i) + "]";
    records.push_back(ToRecord(request.divisions(i), field, checks));
    checks.Require(codes.insert(records.back().division).second, field + ".name",
                   "stands in the request twice");
  }
  if (!checks.ok()) return Fail(checks.error());
  return ToRepeated(changes_.LoadDivisions(*context, records),
                    &v1::LoadDivisionsResponse::mutable_divisions);
}

}  // namespace gongkai::plans
