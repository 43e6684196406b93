// A program outside that is run once, on what is not trusted, within limits.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace gongkai::plans::importer {

struct ProcessLimits {
  std::chrono::milliseconds time{60'000};  // from start to end
  size_t memory_bytes = size_t{4} << 30;   // address space of each process
  size_t output_bytes = size_t{64} << 20;  // standard output, and each file written
};

enum class ProcessEnd {
  kSucceeded,  // exit code 0
  kFailed,     // any other end, or it could not be started
  kTimedOut,
  kOutputTooLarge,
};

struct ProcessResult {
  ProcessEnd end = ProcessEnd::kFailed;
  std::string output;  // standard output
};

// The program of that name in the folders of `search_path` (as in PATH); nothing where it is not
// there or may not be run.
std::optional<std::filesystem::path> FindProgram(std::string_view name,
                                                 std::string_view search_path);

// Runs `command`, whose first word is the path of the program, in `folder`, which is its home and
// place for temporary files as well. It sees nothing of this process' environment and open files,
// has no standard input, and has no network where the system lets it be taken away. When this
// returns, the program is gone and everything that it started in its process group was sent
// SIGKILL. Thread-safe.
ProcessResult RunBounded(const std::vector<std::string>& command,
                         const std::filesystem::path& folder, const ProcessLimits& limits);

// A new folder that is removed with everything in it.
class TemporaryFolder {
 public:
  TemporaryFolder();  // throws std::filesystem::filesystem_error where none can be made
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace gongkai::plans::importer
