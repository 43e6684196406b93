#include "services/common/auth/principal.h"

#include <algorithm>

#include "services/common/auth/name_place.h"

namespace gongkai::auth {
namespace {

bool IsOfUnit(Role role) { return role == Role::kUnitClerk || role == Role::kUnitHead; }

bool NeedsDivision(Role role) {
  return role == Role::kCountyOffice || role == Role::kSupervisor || role == Role::kAuditor;
}

}  // namespace

std::optional<Role> RoleOf(std::string_view label) {
  const auto found = std::find(kRoleLabels.begin(), kRoleLabels.end(), label);
  if (found == kRoleLabels.end()) return std::nullopt;
  return static_cast<Role>(found - kRoleLabels.begin());
}

DivisionRange SubtreeOf(int division) {
  if (division == 0) return {};
  if (division % 10000 == 0) return {division, division + 9999};
  if (division % 100 == 0) return {division, division + 99};
  return {division, division};
}

Result<Grant> MakeGrant(std::string_view role, std::string_view division, std::string_view unit) {
  const auto known = RoleOf(role);
  if (!known) return Fail(InvalidArgument("role", "there is no role " + std::string(role)));
  Grant grant{.role = *known};
  if (!division.empty()) {
    const auto place = PlaceOf(division);
    if (!place || division != "divisions/" + std::to_string(place->division)) {
      return Fail(InvalidArgument("division", "must be of the form divisions/{division}"));
    }
    grant.division = place->division;
  }
  if (!unit.empty()) {
    const auto place = PlaceOf(unit);
    if (place) grant.unit = unit.ends_with("/units/-") ? kAnyUnit : place->unit.value_or(0);
    if (grant.unit == 0 || unit != UnitNameOf({grant.role, place->division, grant.unit}) ||
        (grant.division != 0 && place->division != grant.division)) {
      return Fail(InvalidArgument("unit", "must be of the form divisions/{division}/units/{unit}"));
    }
    grant.division = place->division;
  }
  if (IsOfUnit(*known) != (grant.unit != 0)) {
    return Fail(InvalidArgument(
        "unit", IsOfUnit(*known) ? "is needed for this role" : "must be empty for this role"));
  }
  if (NeedsDivision(*known) && grant.division == 0) {
    return Fail(InvalidArgument("division", "is needed for this role"));
  }
  return grant;
}

std::string DivisionNameOf(const Grant& grant) {
  return grant.division == 0 ? "" : "divisions/" + std::to_string(grant.division);
}

std::string UnitNameOf(const Grant& grant) {
  if (grant.unit == 0) return "";
  return DivisionNameOf(grant) + "/units/" +
         (grant.unit == kAnyUnit ? "-" : std::to_string(grant.unit));
}

}  // namespace gongkai::auth
