// How a command tells the user what went wrong.
#pragma once

#include <string>

#include "services/common/status/error.h"

namespace gongkai::cli {

// Writes place, reason and remedy to standard error, in English and, where the error has it,
// Chinese; returns kExitFailed.
int Complain(const std::string& place, const Error& error);

}  // namespace gongkai::cli
