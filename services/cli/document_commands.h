// `gongkai ledger` and `gongkai bulletin`: the documents that an office sends.
#pragma once

#include <CLI/CLI.hpp>

namespace gongkai::cli {

// `exit_code` is set when the command has run.
void AddLedgerCommand(CLI::App& app, int& exit_code);
void AddBulletinCommand(CLI::App& app, int& exit_code);

}  // namespace gongkai::cli
