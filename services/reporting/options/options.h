// The command line and environment of gongkai-reporting.
#pragma once

#include <chrono>
#include <string>
#include <tl/expected.hpp>

#include "services/common/auth/auth_settings.h"

namespace gongkai::reporting {

struct Options {
  enum class Command { kMigrate, kServe, kCheckParity, kRebuild };

  Command command = Command::kServe;
  std::string database;        // connection string
  std::string query_database;  // the same of a replica that queries go to, or `database`
  std::chrono::seconds database_wait{0};
  std::string listen;  // HOST:PORT
  std::string plans;   // HOST:PORT of the plans service
  std::string plans_token_file;
  int connections = 0;  // to the database, for queries
  auth::AuthSettings auth;
  std::string bulletin_template;  // a file; empty for the program's own
  std::string metrics_listen;     // HOST:PORT; empty for no metrics
  std::string otlp_endpoint;      // HOST:PORT of a collector; empty for no traces
  double trace_ratio = 0;         // of the traces that begin here
};

// Why the program ends at once: help that was asked for (0), or every fault of the settings (2).
struct Ending {
  int exit_code = 0;
  std::string text;
};

// A setting comes from its flag, else from its environment variable, else from its default.
tl::expected<Options, Ending> ParseOptions(int argc, const char* const* argv);

}  // namespace gongkai::reporting
