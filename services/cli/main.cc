// The command `gongkai`: wires the subcommands and decides nothing.
#include <CLI/CLI.hpp>

#include "services/cli/document_commands.h"
#include "services/cli/exit_codes.h"
#include "services/cli/import_command.h"
#include "services/cli/login_command.h"
#include "services/cli/parse_command.h"
#include "services/cli/report_command.h"

int main(int argc, char** argv) {
  CLI::App app("Gongkai (公开): a province's open-government work plans.", "gongkai");
  app.set_version_flag("--version", GONGKAI_VERSION);
  app.require_subcommand(1);
  app.footer("gongkai COMMAND --help explains a command with examples.");

  int exit_code = gongkai::cli::kExitOk;
  gongkai::cli::AddParseCommand(app, exit_code);
  gongkai::cli::AddImportCommand(app, exit_code);
  gongkai::cli::AddLoginCommand(app, exit_code);
  gongkai::cli::AddReportCommand(app, exit_code);
  gongkai::cli::AddLedgerCommand(app, exit_code);
  gongkai::cli::AddBulletinCommand(app, exit_code);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? gongkai::cli::kExitOk : gongkai::cli::kExitUsage;
  }
  return exit_code;
}
