// A changed document of a plan that exists: shows the difference and, confirmed, takes it over.
#pragma once

#include <string>

#include "services/cli/service_call.h"

namespace gongkai::cli {

struct Replacement {
  std::string file;    // as the user named it
  std::string plan;    // `divisions/…/plans/…`
  std::string reason;  // of an amendment, for a plan in force
  bool yes = false;    // without asking
  bool diff_only = false;
  ServiceAddress service;
};

// Prints the diff and asks on standard input unless `yes`. A draft is re-imported; for a plan in
// force an amendment is proposed. Returns the exit code.
int ReplacePlan(const Replacement& replacement, const std::string& document);

}  // namespace gongkai::cli
