// Which role has which permission, and how far: role_table.txt, the one place where that stands.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "services/common/auth/principal.h"

namespace gongkai::auth {

// From where a grant is made.
enum class Reach {
  kNone,
  kUnit,      // the unit of the grant
  kDivision,  // the division of the grant, without those below it
  kSubtree,   // the division of the grant and all below it
};

// By role; all kNone for a permission that the table does not have.
std::array<Reach, kRoleCount> ReachesOf(std::string_view permission);

// Every permission of the table, in its order.
std::vector<std::string> Permissions();

}  // namespace gongkai::auth
