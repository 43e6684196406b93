#include "services/plans/importer/bounded_process.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <thread>

namespace gongkai::plans::importer {
namespace {

namespace fs = std::filesystem;

// Whether the process, which was sent its end, comes to it: it is gone, or a zombie whose parent
// has not looked.
bool Ends(pid_t process) {
  for (int i = 0; i < 1000; ++i) {
    std::ifstream status("/proc/" + std::to_string(process) + "/stat");
    std::string number;
    std::string name;
    std::string state = "gone";
    status >> number >> name >> state;
    if (state == "gone" || state == "Z" || state == "X") return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return false;
}

class BoundedProcess : public testing::Test {
 protected:
  ProcessResult Run(const std::string& script, const ProcessLimits& limits = {}) const {
    return RunBounded({"/bin/sh", "-c", script}, folder_.path(), limits);
  }

  TemporaryFolder folder_;
};

TEST_F(BoundedProcess, GivesOutputAndTellsSuccessFromFailure) {
  const auto done = Run("echo 公开; pwd");
  EXPECT_EQ(done.end, ProcessEnd::kSucceeded);
  EXPECT_EQ(done.output, "公开\n" + folder_.path().string() + "\n");
  EXPECT_EQ(Run("exit 3").end, ProcessEnd::kFailed);
  EXPECT_EQ(Run("kill -9 $$").end, ProcessEnd::kFailed);
  EXPECT_EQ(RunBounded({"/no/such/program"}, folder_.path(), {}).end, ProcessEnd::kFailed);
}

TEST_F(BoundedProcess, HidesEnvironmentInputAndOpenFiles) {
  setenv("GONGKAI_SECRET", "x", 1);
  const auto done = Run("echo \"<$GONGKAI_SECRET>\"; cat; ls /proc/self/fd | wc -l");
  EXPECT_EQ(done.output, "<>\n4\n") << "0, 1, 2 and the folder that ls reads";
}

TEST_F(BoundedProcess, EndsItAndItsChildrenAtTheTimeLimit) {
  const auto late =
      Run("sleep 600 & echo $! > child; sleep 600", {.time = std::chrono::milliseconds(500)});
  EXPECT_EQ(late.end, ProcessEnd::kTimedOut);
  pid_t child = 0;
  std::ifstream(folder_.path() / "child") >> child;
  ASSERT_GT(child, 0);
  EXPECT_TRUE(Ends(child));
}

TEST_F(BoundedProcess, EndsWhatItLeavesBehind) {
  const auto done = Run("sleep 600 > /dev/null & echo $!");
  EXPECT_EQ(done.end, ProcessEnd::kSucceeded);
  EXPECT_TRUE(Ends(std::stoi(done.output)));
}

TEST_F(BoundedProcess, LimitsOutputFilesAndMemory) {
  EXPECT_EQ(Run("yes", {.output_bytes = 100'000}).end, ProcessEnd::kOutputTooLarge);
  EXPECT_EQ(Run("yes > file", {.output_bytes = 100'000}).end, ProcessEnd::kFailed);
  EXPECT_LE(fs::file_size(folder_.path() / "file"), 100'000u);
  EXPECT_EQ(Run("head -c 400000000 /dev/zero | tail -c 400000000 > /dev/null",
                {.memory_bytes = 100'000'000})
                .end,
            ProcessEnd::kFailed);
}

TEST(TemporaryFolder, IsRemovedWithWhatItHolds) {
  fs::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    fs::create_directories(path / "a/b");
    EXPECT_TRUE(fs::exists(path / "a/b"));
  }
  EXPECT_FALSE(fs::exists(path));
}

TEST(FindProgram, LooksInTheGivenFoldersOnly) {
  EXPECT_EQ(FindProgram("sh", "/no/such/folder:/bin"), "/bin/sh");
  EXPECT_FALSE(FindProgram("sh", ""));
  EXPECT_FALSE(FindProgram("passwd", "/etc")) << "it is no program";
  EXPECT_FALSE(FindProgram("sh", "bin")) << "a folder that depends on where this runs";
}

}  // namespace
}  // namespace gongkai::plans::importer
