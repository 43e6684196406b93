#include "tests/support/test_database.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
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

// The migrated templates of this process, dropped after its last test.
class Templates : public ::testing::Environment {
 public:
  void TearDown() override {
    for (const auto& [migrations, name] : names_) {
      try {
        Administer("drop database if exists " + name + " with (force)");
      } catch (const std::exception&) {
        // The server is gone and the database with it.
      }
    }
  }

  std::string Get(std::span<const postgres::Migration> migrations) {
    std::lock_guard lock(mutex_);
    std::string& name = names_[migrations.data()];
    if (name.empty()) {
      name = FreshName();
      Administer("create database " + name);
      const auto migrated = postgres::Migrate(Conninfo(name), migrations);
      if (!migrated) throw std::runtime_error(migrated.error().message);
    }
    return name;
  }

 private:
  std::mutex mutex_;
  std::map<const postgres::Migration*, std::string> names_;
};

// GoogleTest owns it.
Templates* const templates =
    static_cast<Templates*>(::testing::AddGlobalTestEnvironment(new Templates));

}  // namespace

TestDatabase::TestDatabase() : name_(FreshName()), conninfo_(Conninfo(name_)) {
  Administer("create database " + name_);
}

TestDatabase::TestDatabase(std::span<const postgres::Migration> migrations)
    : name_(FreshName()), conninfo_(Conninfo(name_)) {
  Administer("create database " + name_ + " template " + templates->Get(migrations));
}

TestDatabase::~TestDatabase() {
  try {
    Administer("drop database if exists " + name_ + " with (force)");
  } catch (const std::exception&) {
    // A test that stopped the server has nothing left to drop.
  }
}

}  // namespace gongkai::testing
