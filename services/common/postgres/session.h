// One connection to PostgreSQL and a transaction on it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <pqxx/pqxx>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/common/config/config.h"
#include "services/common/postgres/statement.h"
#include "services/common/postgres/statement_span.h"

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
  // Prepares a text of SQL that was composed, unless it already was; its name. Nothing once the
  // connection holds as many as it may: callers compose without end.
  std::optional<std::string> PrepareText(const std::string& sql);

 private:
  pqxx::connection connection_;
  std::set<const char*> prepared_;
  std::map<std::string, std::string> prepared_texts_;  // from the text to its name
};

// What store functions run their statements on.
class Session {
 public:
  // `setting`, if not empty, is SQL that each statement is sent behind, in the same round trip and
  // the same transaction: see CallSetting.
  Session(Connection& connection, pqxx::transaction_base& transaction, std::string setting = "")
      : connection_(connection), transaction_(transaction), setting_(std::move(setting)) {}

  // Runs a prepared statement; parameters are numbers, strings, std::optional or nullptr.
  template <typename... Parameters>
  pqxx::result Execute(const Statement& statement, Parameters&&... parameters) {
    const StatementSpan span(statement.name);
    connection_.Prepare(statement);
    if (setting_.empty()) {
      return transaction_.exec_prepared(statement.name, std::forward<Parameters>(parameters)...);
    }
    std::string values;
    ((values += (values.empty() ? "(" : ",") + Literal(parameters)), ...);
    if (!values.empty()) values += ")";
    return transaction_.exec(setting_ + ";execute " + statement.name + values);
  }

  // Runs SQL that was composed of the program's own parts; whatever came from a caller is among the
  // parameters.
  pqxx::result ExecuteText(const std::string& sql, const std::vector<std::string>& parameters);

  pqxx::transaction_base& raw() { return transaction_; }

 private:
  template <typename T>
  std::string Literal(const T& value) {
    return transaction_.quote(value);
  }
  template <typename T>
  std::string Literal(const std::optional<T>& value) {
    return value ? Literal(*value) : Literal(nullptr);
  }
  std::string Literal(std::nullptr_t) { return "null"; }

  Connection& connection_;
  pqxx::transaction_base& transaction_;
  const std::string setting_;
};

// SQL that tells the triggers of the present transaction who calls: `call`, a JSON object, is
// `current_setting('gongkai.call')` to them. Empty for an empty call.
std::string CallSetting(pqxx::connection& connection, const std::string& call);

}  // namespace gongkai::postgres
