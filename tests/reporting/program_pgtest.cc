// The program as an operator runs it.
#include <fcntl.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gongkai/reporting/v1/figures.grpc.pb.h"
#include "services/common/rpc/server.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "tests/support/test_database.h"

namespace gongkai::reporting {
namespace {

using testing::TestDatabase;

// A running gongkai-reporting whose standard error is read; ended at the latest on destruction.
class Program {
 public:
  explicit Program(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), GONGKAI_BIN_DIR "/gongkai-reporting");
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
    if (posix_spawn(&pid_, argv[0], &actions, nullptr, argv.data(), environ) != 0) {
      throw std::runtime_error("cannot run " + arguments[0]);
    }
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    error_ = fdopen(ends[0], "r");
  }
  ~Program() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      Wait();
    }
    std::fclose(error_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  // Reads up to the line of this event and gives it; null when the program ended without it.
  nlohmann::json WaitForEvent(const std::string& event) {
    char text[4096];
    while (std::fgets(text, sizeof text, error_)) {
      const auto line = nlohmann::json::parse(text, nullptr, false);
      if (line.is_object() && line.value("event", "") == event) return line;
    }
    return nullptr;
  }
  std::string RestOfError() {
    std::string rest;
    for (int c = std::fgetc(error_); c != EOF; c = std::fgetc(error_)) rest += static_cast<char>(c);
    return rest;
  }
  void Terminate() { kill(pid_, SIGTERM); }
  // The exit code, or -1 if a signal ended it.
  int Wait() {
    int status = 0;
    waitpid(pid_, &status, 0);
    pid_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_ = 0;
  FILE* error_ = nullptr;
};

// What grpc.health.v1 answers: 1 is SERVING.
int Health(const std::shared_ptr<grpc::Channel>& channel) {
  grpc::GenericStub stub(channel);
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareUnaryCall(&context, "/grpc.health.v1.Health/Check",
                                          grpc::ByteBuffer(nullptr, 0), &queue);
  grpc::ByteBuffer response;
  grpc::Status status;
  void* tag = nullptr;
  bool ok = false;
  call->StartCall();
  call->Finish(&response, &status, nullptr);
  queue.Next(&tag, &ok);
  grpc::Slice slice;
  // The message has one field, the state, with number 1.
  if (!status.ok() || !response.DumpToSingleSlice(&slice).ok() || slice.size() != 2) return -1;
  return slice.begin()[1];
}

TEST(Program, MigratesThenServesThenDrainsWhenToldToStop) {
  TestDatabase database;
  EXPECT_EQ(Program({"migrate", "--database", database.conninfo()}).Wait(), 0);

  Program serving({"serve", "--auth", "none", "--database", database.conninfo(), "--listen",
                   "127.0.0.1:0", "--plans", "127.0.0.1:1"});
  const auto listening = serving.WaitForEvent("listening");
  ASSERT_TRUE(listening.is_object());
  const auto channel = rpc::MakeChannel(listening["address"].get<std::string>());
  EXPECT_EQ(Health(channel), 1);
  const auto stub = v1::Figures::NewStub(channel);
  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  v1::GetOverviewRequest request;
  request.set_name("divisions/370124");
  v1::Overview overview;
  EXPECT_EQ(stub->GetOverview(&context, request, &overview).error_code(),
            grpc::StatusCode::NOT_FOUND);

  serving.Terminate();
  EXPECT_TRUE(serving.WaitForEvent("draining").is_object());
  EXPECT_EQ(serving.Wait(), 0);
}

TEST(Program, RefusesToServeADatabaseThatWasNotMigratedAndNamesTheRemedy) {
  TestDatabase database;
  Program program(
      {"serve", "--auth", "none", "--database", database.conninfo(), "--listen", "127.0.0.1:0"});
  const auto refusal = program.WaitForEvent("cannot start");
  ASSERT_TRUE(refusal.is_object());
  EXPECT_EQ(refusal["reason"], "SCHEMA_OLDER");
  EXPECT_NE(refusal["what"].get<std::string>().find("migrate"), std::string::npos);
  EXPECT_EQ(program.Wait(), 1);
}

TEST(Program, ReportsEveryFaultOfItsSettingsAtOnce) {
  Program program({"serve", "--database", "nonsense", "--listen", "here", "--plans", "there",
                   "--connections", "0"});
  const auto report = program.RestOfError();
  for (const char* setting : {"--database", "--listen", "--plans", "--connections", "--auth"}) {
    EXPECT_NE(report.find(setting), std::string::npos) << report;
  }
  EXPECT_EQ(program.Wait(), 2);
}

TEST(Program, RefusesAnUnknownCommand) { EXPECT_EQ(Program({"report"}).Wait(), 2); }

}  // namespace
}  // namespace gongkai::reporting
