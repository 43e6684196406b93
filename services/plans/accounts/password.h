// Passwords of local accounts: the rules that they keep to, and how they are stored.
#pragma once

#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::plans {

// INVALID_ARGUMENT with reason WEAK_PASSWORD unless the password has 10 to 128 characters of at
// least three kinds (capital letters, small letters, digits, others) and does not hold the
// account's name.
Result<void> CheckPassword(std::string_view account, std::string_view password);

// 16 characters that keep to the rules, from the system's random numbers, without those that are
// easily mistaken for others.
std::string RandomPassword();

// Argon2id with a random salt, in the form `$argon2id$v=19$m=…`, which holds salt and cost. Takes
// some 50 ms and 32 MiB, as it must: run it on a bounded executor.
std::string HashPassword(std::string_view password);
// Takes as long for a wrong password as for the right one.
bool FitsPassword(const std::string& hash, std::string_view password);
// A hash that nothing fits, of the same cost: for accounts that do not exist.
const std::string& HashOfNobody();

}  // namespace gongkai::plans
