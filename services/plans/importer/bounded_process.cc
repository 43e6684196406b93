#include "services/plans/importer/bounded_process.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <system_error>

namespace gongkai::plans::importer {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

class FileDescriptor {
 public:
  explicit FileDescriptor(int number = -1) : number_(number) {}
  ~FileDescriptor() { Close(); }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  int get() const { return number_; }
  void Close() {
    if (number_ >= 0) close(number_);
    number_ = -1;
  }

 private:
  int number_;
};

std::vector<char*> Pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

// Everything that the child needs, made before the fork: other threads may hold the locks that
// making it would take.
struct Start {
  std::vector<std::string> words;
  std::vector<std::string> environment;
  std::vector<char*> argv = Pointers(words);
  std::vector<char*> envp = Pointers(environment);
  std::string folder;
  ProcessLimits limits;
};

void Limit(__rlimit_resource resource, rlim_t value) {
  const rlimit limit{value, value};
  setrlimit(resource, &limit);
}

[[noreturn]] void RunChild(const Start& start, int output) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  if (unshare(CLONE_NEWNET) != 0) unshare(CLONE_NEWUSER | CLONE_NEWNET);
  Limit(RLIMIT_AS, start.limits.memory_bytes);
  Limit(RLIMIT_FSIZE, start.limits.output_bytes);
  Limit(RLIMIT_CORE, 0);
  Limit(RLIMIT_CPU, static_cast<rlim_t>(start.limits.time.count() / 1000 + 1));
  const int nothing = open("/dev/null", O_RDWR);
  const bool ready = nothing >= 0 && dup2(nothing, 0) >= 0 && dup2(output, 1) >= 0 &&
                     dup2(nothing, 2) >= 0 && chdir(start.folder.c_str()) == 0;
  syscall(SYS_close_range, 3U, ~0U, 0U);
  if (ready) execve(start.argv[0], start.argv.data(), start.envp.data());
  _exit(127);
}

int MillisecondsUntil(Clock::time_point time) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(time - Clock::now()).count();
  return static_cast<int>(std::max<long>(left, 0));
}

// Reads what comes until the program ends or exceeds a limit; nothing where it ended.
std::optional<ProcessEnd> ReadOutput(int output, int process, const ProcessLimits& limits,
                                     std::string& text) {
  const auto end = Clock::now() + limits.time;
  pollfd waited[] = {{process, POLLIN, 0}, {output, POLLIN, 0}};
  for (;;) {
    const int ready = poll(waited, 2, MillisecondsUntil(end));
    if (ready == 0) return ProcessEnd::kTimedOut;
    if (ready < 0 && errno != EINTR) return ProcessEnd::kFailed;
    if (ready < 0) continue;
    if (waited[1].revents != 0) {
      char buffer[64 * 1024];
      const ssize_t count = read(output, buffer, sizeof buffer);
      if (count <= 0) {
        waited[1].fd = -1;  // the program may go on without its output
      } else if (text.size() + static_cast<size_t>(count) > limits.output_bytes) {
        return ProcessEnd::kOutputTooLarge;
      } else {
        text.append(buffer, static_cast<size_t>(count));
      }
    } else if (waited[0].revents != 0) {
      return std::nullopt;
    }
  }
}

}  // namespace

std::optional<fs::path> FindProgram(std::string_view name, std::string_view search_path) {
  while (!search_path.empty()) {
    const size_t end = std::min(search_path.find(':'), search_path.size());
    const fs::path program = fs::path(search_path.substr(0, end)) / name;
    if (program.is_absolute() && access(program.c_str(), X_OK) == 0) return program;
    search_path.remove_prefix(std::min(end + 1, search_path.size()));
  }
  return std::nullopt;
}

ProcessResult RunBounded(const std::vector<std::string>& command, const fs::path& folder,
                         const ProcessLimits& limits) {
  const Start start{.words = command,
                    .environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "LANG=C.UTF-8",
                                    "HOME=" + folder.string(), "TMPDIR=" + folder.string()},
                    .folder = folder.string(),
                    .limits = limits};
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return {};
  const FileDescriptor output(ends[0]);
  FileDescriptor input(ends[1]);
  const pid_t child = fork();
  if (child < 0) return {};
  if (child == 0) RunChild(start, input.get());
  setpgid(child, child);  // whichever of the two comes first
  input.Close();
  const FileDescriptor process(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));

  ProcessResult result;
  const auto exceeded = ReadOutput(output.get(), process.get(), limits, result.output);
  // As long as nobody has waited for the child its number, and that of its group, is not given
  // away again.
  kill(-child, SIGKILL);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  const bool succeeded = WIFEXITED(status) && WEXITSTATUS(status) == 0;
  result.end = exceeded.value_or(succeeded ? ProcessEnd::kSucceeded : ProcessEnd::kFailed);
  return result;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "gongkai-XXXXXX").string();
  if (!mkdtemp(pattern.data())) {
    throw fs::filesystem_error("mkdtemp", pattern, std::error_code(errno, std::generic_category()));
  }
  path_ = pattern;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;  // there is nobody to tell
  fs::remove_all(path_, ignored);
}

}  // namespace gongkai::plans::importer
