// Numbered SQL migrations: 1, 2, 3 … with one head, applied in order under an advisory lock.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::postgres {

// One step of the schema; its number is its place in the list, from 1.
struct Migration {
  std::string_view name;
  std::string_view sql;
};

// Brings the database to the head and returns the number of migrations that it applied. Each runs
// in a transaction of its own together with the row that records it; several callers at once wait
// for each other. FAILED_PRECONDITION with reason SCHEMA_NEWER if the database is ahead of the
// program.
Result<int> Migrate(const std::string& conninfo, std::span<const Migration> migrations);

// Whether the database is exactly at the head. FAILED_PRECONDITION with reason SCHEMA_OLDER or
// SCHEMA_NEWER and the remedy if not.
Result<void> CheckSchema(const std::string& conninfo, std::span<const Migration> migrations);

}  // namespace gongkai::postgres
