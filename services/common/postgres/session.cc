#include "services/common/postgres/session.h"

#include <libpq-fe.h>

#include <map>

namespace gongkai::postgres {
namespace {

// Without these a client hangs for minutes when the server's machine goes.
constexpr std::pair<const char*, const char*> kDefaults[] = {
    {"connect_timeout", "5"},
    {"tcp_user_timeout", "10000"},
    {"keepalives", "1"},
    {"keepalives_idle", "5"},
    {"keepalives_interval", "2"},
    {"keepalives_count", "3"},
    {"target_session_attrs", "read-write"},
    {"options", "-c timezone=UTC -c jit=off"},
};

// The lists of the services have some dozens of forms that callers use every day.
constexpr std::size_t kMostPreparedTexts = 200;

std::string Quote(const std::string& value) {
  std::string quoted = "'";
  for (char c : value) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

}  // namespace

std::string CompleteConninfo(const std::string& conninfo) {
  char* message = nullptr;
  std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> parsed(
      PQconninfoParse(conninfo.c_str(), &message), &PQconninfoFree);
  if (!parsed) {
    const std::string problem = message ? message : "out of memory";
    PQfreemem(message);
    throw pqxx::argument_error(problem);
  }
  std::map<std::string, std::string> settings(std::begin(kDefaults), std::end(kDefaults));
  for (auto* option = parsed.get(); option->keyword; ++option) {
    if (option->val) settings[option->keyword] = option->val;
  }
  std::string complete;
  for (const auto& [keyword, value] : settings) complete += keyword + "=" + Quote(value) + " ";
  return complete;
}

std::optional<config::Fault> CheckConninfo(std::string_view setting, const std::string& conninfo) {
  if (auto missing = config::CheckPresent(setting, conninfo)) return missing;
  try {
    (void)CompleteConninfo(conninfo);
    return std::nullopt;
  } catch (const pqxx::argument_error&) {
    return config::Fault{std::string(setting),
                         "is no connection string; expected e.g. host=127.0.0.1 dbname=gongkai"};
  }
}

Connection::Connection(const std::string& complete_conninfo) : connection_(complete_conninfo) {
  // A connection that reconnects by itself would run the rest of a broken transaction on its own.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
  connection_.inhibit_reactivation(true);
#pragma GCC diagnostic pop
}

void Connection::Prepare(const Statement& statement) {
  if (prepared_.contains(statement.name)) return;
  connection_.prepare(statement.name, statement.sql);
  connection_.prepare_now(statement.name);  // by itself the library does it with exec_prepared
  prepared_.insert(statement.name);
}

std::string CallSetting(pqxx::connection& connection, const std::string& call) {
  if (call.empty()) return "";
  return "select set_config('gongkai.call'," + connection.quote(call) + ",true)";
}

std::optional<std::string> Connection::PrepareText(const std::string& sql) {
  if (const auto found = prepared_texts_.find(sql); found != prepared_texts_.end()) {
    return found->second;
  }
  if (prepared_texts_.size() >= kMostPreparedTexts) return std::nullopt;
  auto name = "text_" + std::to_string(prepared_texts_.size());
  connection_.prepare(name, sql);
  prepared_texts_.emplace(sql, name);
  return name;
}

pqxx::result Session::ExecuteText(const std::string& sql,
                                  const std::vector<std::string>& parameters) {
  const StatementSpan span("composed_statement");
  const auto values = pqxx::prepare::make_dynamic_params(parameters);
  if (const auto name = connection_.PrepareText(sql)) {
    return transaction_.exec_prepared(*name, values);
  }
  return transaction_.exec_params(sql, values);
}

}  // namespace gongkai::postgres

#if defined(__SANITIZE_ADDRESS__)
// libpqxx 6.4 forgets the result of a statement whose connection was lost while it ran: two
// kilobytes for each lost connection, no reason to fail a test. The function that runs plain
// statements, `begin` among them, has no exported name, so the library is named instead.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libpqxx-6.4.so\n"; }
#endif
