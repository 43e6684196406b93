// One connection to PostgreSQL and a transaction on it.
#pragma once

#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "services/common/config/config.h"
#include "services/common/postgres/statement.h"

namespace gongkai::postgres {

// A connection string in keyword form with what every connection owes its users: a limit on
// connecting, keepalives and tcp_user_timeout so that a dead server is noticed, a primary, UTC.
// What `conninfo` (keywords or a URI) sets itself is kept. Throws pqxx::argument_error for a
// malformed one.
std::string CompleteConninfo(const std::string& conninfo);

// A fault unless `conninfo` is a connection string; opens nothing. The fault does not repeat the
// text, which may hold a password.
std::optional<config::Fault> CheckConninfo(std::string_view setting, const std::string& conninfo);

// An open connection. Not thread-safe. Throws pqxx exceptions.
class Connection {
 public:
  explicit Connection(const std::string& complete_conninfo);

  pqxx::connection& raw() { return connection_; }
  // Prepares the statement on this connection unless it already was.
  void Prepare(const Statement& statement);

 private:
  pqxx::connection connection_;
  std::set<const char*> prepared_;
};

// What store functions run their statements on.
class Session {
 public:
  Session(Connection& connection, pqxx::transaction_base& transaction)
      : connection_(connection), transaction_(transaction) {}

  // Runs a prepared statement; parameters are numbers, strings, std::optional or nullptr.
  template <typename... Parameters>
  pqxx::result Execute(const Statement& statement, Parameters&&... parameters) {
    connection_.Prepare(statement);
    return transaction_.exec_prepared(statement.name, std::forward<Parameters>(parameters)...);
  }

  pqxx::transaction_base& raw() { return transaction_; }

 private:
  Connection& connection_;
  pqxx::transaction_base& transaction_;
};

}  // namespace gongkai::postgres
