#include "services/cli/complaint.h"

#include <iostream>

#include "services/cli/exit_codes.h"

namespace gongkai::cli {

int Complain(const std::string& place, const Error& error) {
  std::cerr << "gongkai: " << place << ": " << error.reason << ": " << error.message << "\n";
  if (!error.message_zh.empty()) std::cerr << error.message_zh << "\n";
  return kExitFailed;
}

}  // namespace gongkai::cli
