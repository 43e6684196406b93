#include "tests/support/test_database.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <functional>
#include <pqxx/pqxx>
#include <stdexcept>

namespace gongkai::testing {
namespace {

std::string Server() {
  const char* server = std::getenv("GONGKAI_TEST_POSTGRES");
  if (!server) {
    throw std::runtime_error(
        "GONGKAI_TEST_POSTGRES is not set: run scripts/test, or export "
        "GONGKAI_TEST_POSTGRES=\"$(scripts/postgres start test-postgres)\"");
  }
  return server;
}

std::string FreshName() {
  static std::atomic<int> count = 0;
  return "test_" + std::to_string(getpid()) + "_" + std::to_string(++count);
}

std::string Conninfo(const std::string& name) { return Server() + " dbname=" + name; }

void Administer(const std::string& sql) {
  pqxx::connection connection(Conninfo("postgres"));
  pqxx::nontransaction(connection).exec(sql);
}

// The template for this schema, made by whoever needs it first and then shared by every
// process that uses the server.
std::string Template(const postgres::Schema& schema) {
  std::size_t hash = 0;
  for (const auto& scripts : {schema.migrations, schema.functions}) {
    for (const auto& script : scripts) {
      hash = hash * 31 + std::hash<std::string_view>()(script.sql);
    }
  }
  const std::string name = "template_" + std::to_string(hash);
  pqxx::connection connection(Conninfo("postgres"));
  pqxx::nontransaction session(connection);
  session.exec("select pg_advisory_lock(1)");  // held until the connection closes
  if (session.exec_params("select 1 from pg_database where datname = $1", name).empty()) {
    const std::string unfinished = FreshName();
    session.exec("create database " + unfinished);
    const auto migrated = postgres::Migrate(Conninfo(unfinished), schema);
    if (!migrated) throw std::runtime_error(migrated.error().message);
    session.exec("alter database " + unfinished + " rename to " + name);
  }
  return name;
}

}  // namespace

TestDatabase::TestDatabase() : name_(FreshName()), conninfo_(Conninfo(name_)) {
  Administer("create database " + name_);
}

TestDatabase::TestDatabase(const postgres::Schema& schema)
    : name_(FreshName()), conninfo_(Conninfo(name_)) {
  Administer("create database " + name_ + " template " + Template(schema));
}

TestDatabase::~TestDatabase() {
  try {
    Administer("drop database if exists " + name_ + " with (force)");
  } catch (const std::exception&) {
    // A test that stopped the server has nothing left to drop.
  }
}

}  // namespace gongkai::testing
