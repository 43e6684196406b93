// The schema of a database: numbered steps that change its tables, and functions that are written
// anew whenever their text changes.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "services/common/status/error.h"

namespace gongkai::postgres {

struct Script {
  std::string_view name;
  std::string_view sql;
};

struct Schema {
  // Steps 1, 2, 3 … in this order, each applied once and never changed after its release.
  std::span<const Script> migrations;
  // `create or replace function …` and views, in the order in which they need each other. They are
  // applied after the last step whenever one of them has changed, so that each stands in one place.
  std::span<const Script> functions;
};

// Brings the database to the head and returns the number of migrations that it applied. Each runs
// in a transaction of its own together with the row that records it, and so do the functions;
// several callers at once wait for each other. FAILED_PRECONDITION with reason SCHEMA_NEWER if the
// database is ahead of the program.
Result<int> Migrate(const std::string& conninfo, const Schema& schema);

// Whether the database is exactly at the head. FAILED_PRECONDITION with reason SCHEMA_OLDER or
// SCHEMA_NEWER and the remedy if not.
Result<void> CheckSchema(const std::string& conninfo, const Schema& schema);

}  // namespace gongkai::postgres
