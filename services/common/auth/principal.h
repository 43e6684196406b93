// Who calls, and what they may do where.
#pragma once

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/status/error.h"

namespace gongkai::auth {

enum class Role {
  kCountyOffice,         // 政务公开办: the openness office of a division
  kUnitClerk,            // 部门经办人
  kUnitHead,             // 单位负责人
  kSupervisor,           // of a division and all below it
  kAuditor,              // reads a division and all below it
  kSystemClient,         // another system
  kSystemAdministrator,  // the three administrators of a level-3 system, apart from each other
  kSecurityAdministrator,
  kAuditAdministrator,
};
inline constexpr int kRoleCount = 9;

// As tokens and accounts spell it, `COUNTY_OFFICE`; every role in its order.
inline constexpr std::array<std::string_view, kRoleCount> kRoleLabels = {"COUNTY_OFFICE",
                                                                         "UNIT_CLERK",
                                                                         "UNIT_HEAD",
                                                                         "SUPERVISOR",
                                                                         "AUDITOR",
                                                                         "SYSTEM_CLIENT",
                                                                         "SYSTEM_ADMINISTRATOR",
                                                                         "SECURITY_ADMINISTRATOR",
                                                                         "AUDIT_ADMINISTRATOR"};

inline std::string_view Label(Role role) { return kRoleLabels[static_cast<int>(role)]; }
std::optional<Role> RoleOf(std::string_view label);

// Division codes, ends included.
struct DivisionRange {
  int from = 0;
  int to = 999999;
  bool Contains(const DivisionRange& other) const { return from <= other.from && other.to <= to; }
  bool operator==(const DivisionRange&) const = default;
};

// The division and those below it by its code (GB/T 2260): 370000 → 370000 to 379999, 370100 →
// 370100 to 370199, 370124 → itself; 0 → every code.
DivisionRange SubtreeOf(int division);

struct Grant {
  Role role = Role::kUnitClerk;
  int division = 0;  // 0: everywhere
  int unit = 0;      // 0: the whole division
  bool operator==(const Grant&) const = default;
};

// From a role's label and the names `divisions/370124` and `divisions/370124/units/17`, or empty
// texts. INVALID_ARGUMENT for an unknown role, a malformed name, a unit of another division, a
// clerk or head without a unit, another role with one, an office, supervisor or auditor without a
// division.
Result<Grant> MakeGrant(std::string_view role, std::string_view division, std::string_view unit);

// The names of a grant, empty where it has none.
std::string DivisionNameOf(const Grant& grant);
std::string UnitNameOf(const Grant& grant);

struct Principal {
  std::string subject;       // unique and lasting; what the audit trail names
  std::string display_name;  // may be empty
  std::string token_id;      // of the token, `jti`; may be empty
  std::string issuer;        // of the token
  std::vector<Grant> grants;
  std::chrono::system_clock::time_point expire_time;
};

}  // namespace gongkai::auth
