#include "services/reporting/options/options.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <sstream>

#include "services/common/config/config.h"
#include "services/common/postgres/session.h"

namespace gongkai::reporting {
namespace {

constexpr const char* kProgram = "gongkai-reporting";

// Every setting as written, to be checked as a whole.
struct Settings {
  std::string database;
  std::string query_database;
  std::string database_wait = "0";
  std::string listen = "127.0.0.1:7102";
  std::string plans = "127.0.0.1:7101";
  std::string plans_token_file;
  std::string connections = "8";
  auth::AuthSettings auth;
  std::string bulletin_template;
  std::string metrics_listen;
  std::string otlp_endpoint;
  std::string trace_ratio = "0.1";
};

void AddDatabase(CLI::App& command, Settings& settings) {
  command.add_option("--database", settings.database, "PostgreSQL connection string")
      ->envname("GONGKAI_REPORTING_DATABASE");
  command
      .add_option("--database-wait", settings.database_wait,
                  "Seconds to wait for a database that is starting or not migrated yet")
      ->envname("GONGKAI_REPORTING_DATABASE_WAIT")
      ->capture_default_str();
}

void AddPlans(CLI::App& command, Settings& settings) {
  command.add_option("--plans", settings.plans, "HOST:PORT of the plans service")
      ->envname("GONGKAI_REPORTING_PLANS")
      ->capture_default_str();
  command
      .add_option("--plans-token-file", settings.plans_token_file,
                  "File with the bearer token that the plans service is called with, where it asks "
                  "for one; read anew for each call")
      ->envname("GONGKAI_REPORTING_PLANS_TOKEN_FILE");
}

void AddServing(CLI::App& command, Settings& settings) {
  command.add_option("--listen", settings.listen, "HOST:PORT to serve on; port 0 picks a free one")
      ->envname("GONGKAI_REPORTING_LISTEN")
      ->capture_default_str();
  command
      .add_option("--connections", settings.connections,
                  "Database connections for queries, 1 to 200")
      ->envname("GONGKAI_REPORTING_CONNECTIONS")
      ->capture_default_str();
  command
      .add_option("--auth", settings.auth.auth,
                  "jwt: callers show bearer tokens; none: everybody may see everything")
      ->envname("GONGKAI_REPORTING_AUTH");
  command
      .add_option("--jwks", settings.auth.jwks,
                  "File or https URL of the JSON Web Key Set that tokens are verified with")
      ->envname("GONGKAI_REPORTING_JWKS");
  command.add_option("--issuer", settings.auth.issuer, "Whose tokens are taken: their `iss`")
      ->envname("GONGKAI_REPORTING_ISSUER");
  command.add_option("--audience", settings.auth.audience, "For whom they must be: their `aud`")
      ->envname("GONGKAI_REPORTING_AUDIENCE");
  command
      .add_option("--bulletin-template", settings.bulletin_template,
                  "A .docx that bulletins are filled into; default: the program's own")
      ->envname("GONGKAI_REPORTING_BULLETIN_TEMPLATE");
  command
      .add_option("--query-database", settings.query_database,
                  "Connection string of a replica that queries go to, with "
                  "target_session_attrs=any; default: that of --database")
      ->envname("GONGKAI_REPORTING_QUERY_DATABASE");
  command
      .add_option("--metrics-listen", settings.metrics_listen,
                  "HOST:PORT to answer Prometheus on; without it there are no metrics")
      ->envname("GONGKAI_REPORTING_METRICS_LISTEN");
  command
      .add_option("--otlp-endpoint", settings.otlp_endpoint,
                  "HOST:PORT of a collector that takes traces by OTLP over gRPC; without it there "
                  "are no traces")
      ->envname("GONGKAI_OTLP_ENDPOINT");
  command
      .add_option("--trace-ratio", settings.trace_ratio,
                  "Share of the traces that begin here to be sampled, 0 to 1; failures always are")
      ->envname("GONGKAI_TRACE_RATIO")
      ->capture_default_str();
}

std::optional<config::Fault> CheckReadable(const char* setting, const std::string& path) {
  if (path.empty() || std::ifstream(path)) return std::nullopt;
  return config::Fault{setting, "cannot be read"};
}

std::optional<config::Fault> CheckDatabaseWait(const Settings& settings) {
  return config::CheckInteger("--database-wait", settings.database_wait, 0, 3600);
}

std::vector<config::Fault> FaultsOf(const Options::Command command, const Settings& settings) {
  if (command == Options::Command::kMigrate) {
    return config::Faults(
        {postgres::CheckConninfo("--database", settings.database), CheckDatabaseWait(settings)});
  }
  if (command != Options::Command::kServe) {
    return config::Faults({postgres::CheckConninfo("--database", settings.database),
                           CheckDatabaseWait(settings),
                           config::CheckAddress("--plans", settings.plans),
                           CheckReadable("--plans-token-file", settings.plans_token_file)});
  }
  auto faults = config::Faults(
      {postgres::CheckConninfo("--database", settings.database),
       settings.query_database.empty()
           ? std::nullopt
           : postgres::CheckConninfo("--query-database", settings.query_database),
       CheckDatabaseWait(settings), config::CheckAddress("--listen", settings.listen),
       config::CheckAddress("--plans", settings.plans),
       CheckReadable("--plans-token-file", settings.plans_token_file),
       config::CheckInteger("--connections", settings.connections, 1, 200),
       settings.metrics_listen.empty()
           ? std::nullopt
           : config::CheckAddress("--metrics-listen", settings.metrics_listen),
       settings.otlp_endpoint.empty()
           ? std::nullopt
           : config::CheckAddress("--otlp-endpoint", settings.otlp_endpoint),
       config::CheckShare("--trace-ratio", settings.trace_ratio)});
  const auto auth_faults = auth::FaultsOf(settings.auth);
  faults.insert(faults.end(), auth_faults.begin(), auth_faults.end());
  return faults;
}

}  // namespace

tl::expected<Options, Ending> ParseOptions(int argc, const char* const* argv) {
  Settings settings;
  CLI::App app("Figures of open-government work, from the change feed of the plans service.",
               kProgram);
  app.set_version_flag("--version", std::string(kProgram) + " " + GONGKAI_VERSION);
  app.require_subcommand(1);
  auto* migrate = app.add_subcommand("migrate", "Bring the database to this version's schema");
  auto* serve = app.add_subcommand("serve", "Follow the change feed and serve figures");
  auto* check_parity = app.add_subcommand(
      "check-parity", "Compare the figures with a projection that is built anew beside them");
  auto* rebuild =
      app.add_subcommand("rebuild", "Build the projection anew and put it in the old one's place");
  for (auto* command : {migrate, serve, check_parity, rebuild}) AddDatabase(*command, settings);
  for (auto* command : {serve, check_parity, rebuild}) AddPlans(*command, settings);
  AddServing(*serve, settings);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream text;
    const int code = app.exit(error, text, text);
    return tl::unexpected(Ending{code == 0 ? 0 : 2, text.str()});
  }
  const auto command = migrate->parsed()        ? Options::Command::kMigrate
                       : check_parity->parsed() ? Options::Command::kCheckParity
                       : rebuild->parsed()      ? Options::Command::kRebuild
                                                : Options::Command::kServe;
  const auto faults = FaultsOf(command, settings);
  if (!faults.empty()) return tl::unexpected(Ending{2, config::ReportFaults(kProgram, faults)});
  return Options{.command = command,
                 .database = settings.database,
                 .query_database =
                     settings.query_database.empty() ? settings.database : settings.query_database,
                 .database_wait = std::chrono::seconds(std::stoi(settings.database_wait)),
                 .listen = settings.listen,
                 .plans = settings.plans,
                 .plans_token_file = settings.plans_token_file,
                 .connections = std::stoi(settings.connections),
                 .auth = settings.auth,
                 .bulletin_template = settings.bulletin_template,
                 .metrics_listen = settings.metrics_listen,
                 .otlp_endpoint = settings.otlp_endpoint,
                 .trace_ratio = std::stod(settings.trace_ratio)};
}

}  // namespace gongkai::reporting
