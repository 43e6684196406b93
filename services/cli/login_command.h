// `gongkai login`: a token for the other commands.
#pragma once

#include <CLI/CLI.hpp>

namespace gongkai::cli {

// Adds the subcommand; running it sets `exit_code`, which must outlive `app`.
void AddLoginCommand(CLI::App& app, int& exit_code);

}  // namespace gongkai::cli
