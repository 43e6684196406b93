// Exit codes of every subcommand.
#pragma once

namespace gongkai::cli {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;  // the work could not be done; the reason is on stderr
inline constexpr int kExitUsage = 2;   // the command line is wrong

}  // namespace gongkai::cli
