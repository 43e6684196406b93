#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cstdio>
#include <string>

#include "gongkai/plans/v1/parsed_plan.pb.h"

namespace gongkai::cli {
namespace {

struct Outcome {
  int exit_code = -1;
  std::string output;
};

// Runs the program as a shell does.
Outcome RunGongkai(const std::string& arguments) {
  const std::string command = std::string(GONGKAI_BIN_DIR) + "/gongkai " + arguments;
  FILE* pipe = popen(command.c_str(), "r");
  if (!pipe) return {};
  Outcome outcome;
  char buffer[4096];
  for (size_t n; (n = fread(buffer, 1, sizeof buffer, pipe)) > 0;) outcome.output.append(buffer, n);
  const int status = pclose(pipe);
  outcome.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return outcome;
}

const std::string kPlan = GONGKAI_TESTDATA_DIR "/import/table_merged_cells.txt";

TEST(ParseCommand, ShowsAnOverview) {
  const Outcome outcome = RunGongkai("parse " + kPlan);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_NE(outcome.output.find("地区      青禾县"), std::string::npos);
  EXPECT_NE(outcome.output.find("任务 7 项"), std::string::npos);
  EXPECT_NE(outcome.output.find("注意 DUE_BEFORE_ISSUE"), std::string::npos);
}

TEST(ParseCommand, PrintsTheContractAsJson) {
  const Outcome outcome = RunGongkai("parse " + kPlan + " --format json");
  EXPECT_EQ(outcome.exit_code, 0);
  plans::v1::ParsedPlan plan;
  ASSERT_TRUE(google::protobuf::util::JsonStringToMessage(outcome.output, &plan).ok());
  EXPECT_EQ(plan.tasks_size(), 7);
  EXPECT_NE(outcome.output.find("青禾县"), std::string::npos) << "Chinese must not be escaped";
}

TEST(ParseCommand, ReadsStandardInput) {
  const Outcome outcome = RunGongkai("parse - --format json < " + kPlan);
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.output, RunGongkai("parse " + kPlan + " --format json").output);
}

TEST(ParseCommand, NamesFileAndRemedyWhereADocumentIsUnreadable) {
  const Outcome missing = RunGongkai("parse /nonexistent/plan.txt 2>&1");
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_NE(missing.output.find("/nonexistent/plan.txt: cannot be read"), std::string::npos);
  const Outcome folder = RunGongkai("parse / 2>&1");
  EXPECT_EQ(folder.exit_code, 1);
  const Outcome program = RunGongkai("parse " GONGKAI_BIN_DIR "/gongkai 2>&1");
  EXPECT_EQ(program.exit_code, 1);
  const Outcome empty = RunGongkai("parse /dev/null 2>&1");
  EXPECT_EQ(empty.exit_code, 1);
  EXPECT_NE(empty.output.find("NO_TASKS"), std::string::npos);
}

TEST(ParseCommand, RefusesWrongUsage) {
  for (const char* arguments : {"2>&1", "parse 2>&1", "parse plan.txt --format xml 2>&1",
                                "parse plan.txt --year soon 2>&1", "no-such-command 2>&1"}) {
    EXPECT_EQ(RunGongkai(arguments).exit_code, 2) << arguments;
  }
}

TEST(ParseCommand, TeachesWithExamples) {
  const Outcome outcome = RunGongkai("parse --help");
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_NE(outcome.output.find("gongkai parse - --year 2024 < plan.txt"), std::string::npos);
}

}  // namespace
}  // namespace gongkai::cli
