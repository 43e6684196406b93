// `gongkai report`: the figures of a division.
#pragma once

#include <CLI/CLI.hpp>

namespace gongkai::cli {

// Adds the subcommand; running it sets `exit_code`, which must outlive `app`.
void AddReportCommand(CLI::App& app, int& exit_code);

}  // namespace gongkai::cli
