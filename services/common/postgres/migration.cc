#include "services/common/postgres/migration.h"

#include <pqxx/pqxx>

#include "services/common/log/log.h"
#include "services/common/postgres/database.h"
#include "services/common/postgres/session.h"

namespace gongkai::postgres {
namespace {

// Any number that no other program locks in the same database.
constexpr const char* kLock = "select pg_advisory_lock(7046251)";
constexpr const char* kCreateTables =
    "create table if not exists schema_version ("
    "  version int primary key,"
    "  name text not null,"
    "  applied_at timestamptz not null default now());"
    "create table if not exists schema_functions (digest text not null)";

Error Newer(int version, std::size_t head) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "SCHEMA_NEWER",
          .message = "the database is at version " + std::to_string(version) +
                     ", this program knows only " + std::to_string(head) +
                     ": run a newer version of the program",
          .message_zh = "数据库版本高于程序版本，请升级程序"};
}

Error Older(int version, std::size_t head) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "SCHEMA_OLDER",
          .message = "the database is at version " + std::to_string(version) +
                     ", this program needs " + std::to_string(head) + ": run its command `migrate`",
          .message_zh = "数据库版本低于程序版本，请先执行 migrate"};
}

Error OtherFunctions() {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "SCHEMA_OLDER",
          .message =
              "the functions of the database are those of another version of the program: "
              "run the command `migrate` of the newer one",
          .message_zh = "数据库中的函数与程序版本不一致，请先用新版本执行 migrate"};
}

int Version(pqxx::transaction_base& transaction) {
  return transaction.exec1("select coalesce(max(version), 0) from schema_version")[0].as<int>();
}

std::string Text(std::span<const Script> functions) {
  std::string text;
  for (const auto& function : functions) text += function.sql;
  return text;
}

bool HasFunctions(pqxx::transaction_base& transaction, const std::string& text) {
  return transaction
      .exec_params1("select exists (select from schema_functions where digest = md5($1))", text)[0]
      .as<bool>();
}

void ReplaceFunctions(pqxx::connection& connection, const std::string& text) {
  pqxx::work transaction(connection);
  if (HasFunctions(transaction, text)) return;
  transaction.exec(text);
  transaction.exec("delete from schema_functions");
  transaction.exec_params("insert into schema_functions (digest) values (md5($1))", text);
  transaction.commit();
  log::Info("functions replaced");
}

}  // namespace

Result<int> Migrate(const std::string& conninfo, const Schema& schema) try {
  Connection connection(CompleteConninfo(conninfo));
  {
    pqxx::nontransaction setup(connection.raw());
    setup.exec("set client_min_messages = warning");
    setup.exec(kLock);  // held until the connection closes
    setup.exec(kCreateTables);
  }
  int version = 0;
  {
    pqxx::nontransaction read(connection.raw());
    version = Version(read);
  }
  const int head = static_cast<int>(schema.migrations.size());
  if (version > head) return Fail(Newer(version, head));
  for (int next = version + 1; next <= head; ++next) {
    const auto& migration = schema.migrations[next - 1];
    pqxx::work transaction(connection.raw());
    transaction.exec(std::string(migration.sql));
    transaction.exec_params("insert into schema_version (version, name) values ($1, $2)", next,
                            std::string(migration.name));
    transaction.commit();
    log::Info("migration applied", {{"version", next}, {"name", migration.name}});
  }
  if (!schema.functions.empty()) ReplaceFunctions(connection.raw(), Text(schema.functions));
  return head - version;
} catch (const std::exception& exception) {
  return Fail(FaultOf(exception).error);
}

Result<void> CheckSchema(const std::string& conninfo, const Schema& schema) try {
  Connection connection(CompleteConninfo(conninfo));
  pqxx::nontransaction read(connection.raw());
  const bool migrated = !read.exec1("select to_regclass('schema_version')")[0].is_null();
  const int version = migrated ? Version(read) : 0;
  const int head = static_cast<int>(schema.migrations.size());
  if (version < head) return Fail(Older(version, head));
  if (version > head) return Fail(Newer(version, head));
  if (!schema.functions.empty() && !HasFunctions(read, Text(schema.functions))) {
    return Fail(OtherFunctions());
  }
  return {};
} catch (const std::exception& exception) {
  return Fail(FaultOf(exception).error);
}

}  // namespace gongkai::postgres
