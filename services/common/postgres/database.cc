#include "services/common/postgres/database.h"

#include <cstring>

#include "services/common/log/log.h"

namespace gongkai::postgres {
namespace {

// SQLSTATE classes and codes that mean more than INTERNAL. Longest match first.
struct Mapping {
  const char* prefix;
  ErrorCode code;
  const char* reason;
  bool connection_lost;
  bool retry;
};

constexpr Mapping kMappings[] = {
    {"40001", ErrorCode::kAborted, "CONFLICT", false, true},                // serialization_failure
    {"40P01", ErrorCode::kAborted, "CONFLICT", false, true},                // deadlock_detected
    {"25006", ErrorCode::kUnavailable, "DATABASE_READ_ONLY", true, false},  // a former primary
    {"23505", ErrorCode::kAlreadyExists, "ALREADY_EXISTS", false, false},   // unique_violation
    {"23503", ErrorCode::kNotFound, "NOT_FOUND", false, false},             // foreign_key_violation
    {"57014", ErrorCode::kDeadlineExceeded, "QUERY_CANCELLED", false, false},
    {"57P", ErrorCode::kUnavailable, "DATABASE_RESTARTING", true, false},  // shutdown, start-up
    {"53", ErrorCode::kResourceExhausted, "DATABASE_OVERLOADED", false, false},
    {"08", ErrorCode::kUnavailable, "DATABASE_UNREACHABLE", true, false},
};

Fault FromSqlState(const std::string& sqlstate) {
  for (const auto& mapping : kMappings) {
    if (sqlstate.compare(0, std::strlen(mapping.prefix), mapping.prefix) != 0) continue;
    return {{.code = mapping.code,
             .reason = mapping.reason,
             .message = "the database refused the work (SQLSTATE " + sqlstate + ")",
             .message_zh = "数据库拒绝了本次操作"},
            mapping.connection_lost,
            mapping.retry};
  }
  return {Internal("the database refused the work (SQLSTATE " + sqlstate + ")")};
}

Fault Lost() {
  return {Unavailable("DATABASE_UNREACHABLE", "the connection to the database was lost"), true};
}

}  // namespace

Fault FaultOf(const std::exception& exception) {
  Fault fault;
  if (const auto* sql = dynamic_cast<const pqxx::sql_error*>(&exception)) {
    fault = FromSqlState(sql->sqlstate());
  } else if (dynamic_cast<const pqxx::broken_connection*>(&exception) ||
             dynamic_cast<const pqxx::in_doubt_error*>(&exception)) {
    fault = Lost();
  } else if (dynamic_cast<const pqxx::serialization_failure*>(&exception)) {
    fault = FromSqlState("40001");
  } else if (dynamic_cast<const pqxx::deadlock_detected*>(&exception)) {
    fault = FromSqlState("40P01");
  } else {
    fault = {Internal("the database answered in an unexpected way")};
  }
  log::Warning("database fault", {{"reason", fault.error.reason}, {"what", exception.what()}});
  return fault;
}

Database::Database(const Options& options)
    : conninfo_(CompleteConninfo(options.conninfo)),
      limit_(options.connections),
      wait_limit_(options.wait_limit),
      available_(options.connections) {}

Database::Usage Database::usage() const {
  std::lock_guard lock(mutex_);
  return {limit_ - available_, limit_, exhausted_};
}

Error Database::CommitUnknown() {
  return Unavailable("COMMIT_UNKNOWN",
                     "the connection to the database was lost and the change may have been made; "
                     "send the same request again with the same request_id");
}

Result<std::unique_ptr<Database::Lease>> Database::Acquire() {
  std::unique_ptr<Connection> connection;
  {
    std::unique_lock lock(mutex_);
    if (!returned_.wait_for(lock, wait_limit_, [this] { return available_ > 0; })) {
      ++exhausted_;
      return Fail({.code = ErrorCode::kResourceExhausted,
                   .reason = "POOL_EXHAUSTED",
                   .message = "no database connection became free in time; try again in a moment",
                   .message_zh = "系统繁忙，请稍后重试"});
    }
    --available_;
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  auto lease = std::make_unique<Lease>(*this, std::move(connection));
  if (lease->open()) return lease;
  try {
    lease->Open(std::make_unique<Connection>(conninfo_));
  } catch (const std::exception& exception) {
    log::Warning("cannot connect to the database", {{"what", exception.what()}});
    return Fail(Unavailable("DATABASE_UNREACHABLE", "the database cannot be reached"));
  }
  return lease;
}

void Database::Return(std::unique_ptr<Connection> connection) {
  {
    std::lock_guard lock(mutex_);
    ++available_;
    if (connection) idle_.push_back(std::move(connection));
  }
  returned_.notify_one();
}

}  // namespace gongkai::postgres
