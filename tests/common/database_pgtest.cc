#include <gtest/gtest.h>

#include <thread>

#include "services/common/postgres/database.h"
#include "services/common/postgres/migration.h"
#include "tests/support/test_database.h"

namespace gongkai::postgres {
namespace {

using testing::TestDatabase;

constexpr Statement kOne{"one", "select 1"};
constexpr Statement kBackend{"backend", "select pg_backend_pid()"};
constexpr Statement kInsert{"insert", "insert into item (id) values ($1)"};
constexpr Statement kCount{"count", "select count(*) from item"};
const Script kMigrations[] = {{"0001_item", "create table item (id int primary key)"}};
const Script kOneFunction[] = {
    {"answer", "create or replace function answer() returns int language sql as 'select 1'"}};
const Script kTwoFunction[] = {
    {"answer", "create or replace function answer() returns int language sql as 'select 2'"}};
const Schema kSchema{kMigrations, kOneFunction};
constexpr Statement kAnswer{"answer", "select answer()"};

int Count(Database& database) {
  return *database.Read(
      [](Session& session) -> Result<int> { return session.Execute(kCount)[0][0].as<int>(); });
}

Result<int> Insert(Session& session, int id) {
  session.Execute(kInsert, id);
  return id;
}

TEST(Database, ReadsAndWrites) {
  TestDatabase test(kSchema);
  Database database({.conninfo = test.conninfo(), .connections = 1});
  EXPECT_TRUE(database.Write([](Session& session) { return Insert(session, 1); }));
  EXPECT_TRUE(database.WriteOnce([](Session& session) { return Insert(session, 2); }));
  EXPECT_EQ(Count(database), 2);
}

TEST(Database, RollsBackWhenTheWorkReturnsAnError) {
  TestDatabase test(kSchema);
  Database database({.conninfo = test.conninfo(), .connections = 1});
  auto result = database.Write([](Session& session) -> Result<int> {
    (void)Insert(session, 1);
    return Fail(NotFound("thing"));
  });
  EXPECT_EQ(result.error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Count(database), 0);
}

TEST(Database, NamesAViolatedConstraintWithoutTheDriversText) {
  TestDatabase test(kSchema);
  Database database({.conninfo = test.conninfo(), .connections = 1});
  auto twice = database.Write([](Session& session) -> Result<int> {
    (void)Insert(session, 7);
    return Insert(session, 7);
  });
  EXPECT_EQ(twice.error().code, ErrorCode::kAlreadyExists);
  EXPECT_EQ(twice.error().message.find("item"), std::string::npos);
}

TEST(Database, ReadsAgainAfterTheServerEndedItsConnection) {
  TestDatabase test(kSchema);
  Database database({.conninfo = test.conninfo(), .connections = 1});
  const int before = *database.Read(
      [](Session& session) -> Result<int> { return session.Execute(kBackend)[0][0].as<int>(); });
  pqxx::connection other(test.conninfo());
  pqxx::nontransaction(other).exec("select pg_terminate_backend(" + std::to_string(before) +
                                   ", 5000)");
  auto after = database.Read(
      [](Session& session) -> Result<int> { return session.Execute(kBackend)[0][0].as<int>(); });
  ASSERT_TRUE(after);
  EXPECT_NE(*after, before);
}

TEST(Database, SaysThatItIsUnknownWhetherACommitHappened) {
  TestDatabase test(kSchema);
  Database database({.conninfo = test.conninfo(), .connections = 1});
  ASSERT_TRUE(database.WriteOnce([](Session& session) { return Insert(session, 0); }));
  auto result = database.WriteOnce([&](Session& session) -> Result<int> {
    const int self = session.Execute(kBackend)[0][0].as<int>();
    pqxx::connection other(test.conninfo());
    pqxx::nontransaction(other).exec("select pg_terminate_backend(" + std::to_string(self) +
                                     ", 5000)");
    return Insert(session, 1);
  });
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().reason, "COMMIT_UNKNOWN");
}

TEST(Database, RefusesWhenNoConnectionBecomesFreeInTime) {
  TestDatabase test(kSchema);
  Database database(
      {.conninfo = test.conninfo(), .connections = 1, .wait_limit = std::chrono::milliseconds(10)});
  auto outer = database.Read([&](Session&) -> Result<int> {
    auto inner = database.Read(
        [](Session& session) -> Result<int> { return session.Execute(kOne)[0][0].as<int>(); });
    EXPECT_EQ(inner.error().code, ErrorCode::kResourceExhausted);
    return 0;
  });
  EXPECT_TRUE(outer);
}

TEST(Database, IsUnavailableWhereNoServerIs) {
  Database database({.conninfo = "host=127.0.0.1 port=1 dbname=none"});
  auto result = database.Read([](Session&) -> Result<int> { return 0; });
  EXPECT_EQ(result.error().code, ErrorCode::kUnavailable);
}

TEST(Migration, AppliesEachStepOnceWhoeverCallsIt) {
  TestDatabase test;
  std::vector<std::thread> callers;
  std::atomic<int> applied = 0;
  for (int i = 0; i < 4; ++i) {
    callers.emplace_back([&] { applied += *Migrate(test.conninfo(), kSchema); });
  }
  for (auto& caller : callers) caller.join();
  EXPECT_EQ(applied, 1);
  EXPECT_TRUE(CheckSchema(test.conninfo(), kSchema));
}

TEST(Migration, RefusesADatabaseThatIsNewerThanTheProgram) {
  TestDatabase test(kSchema);
  EXPECT_EQ(Migrate(test.conninfo(), {}).error().reason, "SCHEMA_NEWER");
  EXPECT_EQ(CheckSchema(test.conninfo(), {}).error().reason, "SCHEMA_NEWER");
}

TEST(Migration, SaysHowToBringAnOlderDatabaseUpToDate) {
  TestDatabase test;
  auto checked = CheckSchema(test.conninfo(), kSchema);
  EXPECT_EQ(checked.error().reason, "SCHEMA_OLDER");
  EXPECT_NE(checked.error().message.find("migrate"), std::string::npos);
}

TEST(Migration, LeavesNothingOfAStepThatFails) {
  TestDatabase test;
  const Script broken[] = {{"0001_broken", "create table kept (id int); select nonsense"}};
  EXPECT_FALSE(Migrate(test.conninfo(), {.migrations = broken}));
  pqxx::connection connection(test.conninfo());
  EXPECT_TRUE(pqxx::nontransaction(connection).exec1("select to_regclass('kept')")[0].is_null());
}

TEST(Migration, ReplacesFunctionsWhoseTextHasChanged) {
  TestDatabase test(kSchema);
  const Schema next{kMigrations, kTwoFunction};
  EXPECT_EQ(CheckSchema(test.conninfo(), next).error().reason, "SCHEMA_OLDER");
  EXPECT_EQ(Migrate(test.conninfo(), next), 0);
  EXPECT_TRUE(CheckSchema(test.conninfo(), next));
  Database database({.conninfo = test.conninfo(), .connections = 1});
  EXPECT_EQ(database.Read([](Session& session) -> Result<int> {
    return session.Execute(kAnswer)[0][0].as<int>();
  }),
            2);
}

}  // namespace
}  // namespace gongkai::postgres
