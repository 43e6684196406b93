// A database of its own for each test, on the real PostgreSQL that GONGKAI_TEST_POSTGRES names
// (scripts/test starts one; by hand: `export GONGKAI_TEST_POSTGRES="$(scripts/postgres start
// test-postgres)"`).
#pragma once

#include <string>

#include "services/common/postgres/migration.h"

namespace gongkai::testing {

// Made empty or migrated, dropped at the end of the test. A migrated one is a copy of a
// template that is made once per server.
class TestDatabase {
 public:
  // An empty database.
  TestDatabase();
  // A database at the head of `schema`.
  explicit TestDatabase(const postgres::Schema& schema);
  ~TestDatabase();

  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  const std::string& conninfo() const { return conninfo_; }

 private:
  std::string name_;
  std::string conninfo_;
};

}  // namespace gongkai::testing
