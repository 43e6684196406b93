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
  std::string listen = "127.0.0.1:7102";
  std::string plans = "127.0.0.1:7101";
  std::string plans_token_file;
  std::string connections = "8";
  auth::AuthSettings auth;
  std::string bulletin_template;
};

void AddDatabase(CLI::App& command, Settings& settings) {
  command.add_option("--database", settings.database, "PostgreSQL connection string")
      ->envname("GONGKAI_REPORTING_DATABASE");
}

void AddServing(CLI::App& command, Settings& settings) {
  command.add_option("--listen", settings.listen, "HOST:PORT to serve on; port 0 picks a free one")
      ->envname("GONGKAI_REPORTING_LISTEN")
      ->capture_default_str();
  command.add_option("--plans", settings.plans, "HOST:PORT of the plans service")
      ->envname("GONGKAI_REPORTING_PLANS")
      ->capture_default_str();
  command
      .add_option("--plans-token-file", settings.plans_token_file,
                  "File with the bearer token that the plans service is called with, where it asks "
                  "for one; read anew for each call")
      ->envname("GONGKAI_REPORTING_PLANS_TOKEN_FILE");
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
}

std::optional<config::Fault> CheckReadable(const char* setting, const std::string& path) {
  if (path.empty() || std::ifstream(path)) return std::nullopt;
  return config::Fault{setting, "cannot be read"};
}

std::vector<config::Fault> FaultsOf(const Options::Command command, const Settings& settings) {
  if (command == Options::Command::kMigrate) {
    return config::Faults({postgres::CheckConninfo("--database", settings.database)});
  }
  auto faults =
      config::Faults({postgres::CheckConninfo("--database", settings.database),
                      config::CheckAddress("--listen", settings.listen),
                      config::CheckAddress("--plans", settings.plans),
                      CheckReadable("--plans-token-file", settings.plans_token_file),
                      config::CheckInteger("--connections", settings.connections, 1, 200)});
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
  AddDatabase(*migrate, settings);
  AddDatabase(*serve, settings);
  AddServing(*serve, settings);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    std::ostringstream text;
    const int code = app.exit(error, text, text);
    return tl::unexpected(Ending{code == 0 ? 0 : 2, text.str()});
  }
  const auto command = migrate->parsed() ? Options::Command::kMigrate : Options::Command::kServe;
  const auto faults = FaultsOf(command, settings);
  if (!faults.empty()) return tl::unexpected(Ending{2, config::ReportFaults(kProgram, faults)});
  return Options{.command = command,
                 .database = settings.database,
                 .listen = settings.listen,
                 .plans = settings.plans,
                 .plans_token_file = settings.plans_token_file,
                 .connections = std::stoi(settings.connections),
                 .auth = settings.auth,
                 .bulletin_template = settings.bulletin_template};
}

}  // namespace gongkai::reporting
