// `gongkai import`: a document becomes a plan of a county.
#pragma once

#include <CLI/CLI.hpp>

namespace gongkai::cli {

// Adds the subcommand; running it sets `exit_code`, which must outlive `app`.
void AddImportCommand(CLI::App& app, int& exit_code);

}  // namespace gongkai::cli
