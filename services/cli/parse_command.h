// `gongkai parse`: what the importer reads from a document, without any server.
#pragma once

#include <CLI/CLI.hpp>

namespace gongkai::cli {

// Adds the subcommand; running it sets `exit_code`, which must outlive `app`.
void AddParseCommand(CLI::App& app, int& exit_code);

}  // namespace gongkai::cli
