#include "services/plans/importer/plan_importer.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "services/plans/rpc/parsed_plan_proto.h"
#include "tests/plans/support/origins.h"

namespace gongkai::plans::importer {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream bytes;
  bytes << in.rdbuf();
  return bytes.str();
}

std::string ToJson(const ParsedPlan& plan) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  EXPECT_TRUE(google::protobuf::util::MessageToJsonString(ToProto(plan), &json, options).ok());
  return json;
}

std::vector<std::filesystem::path> TestDocuments() {
  std::vector<std::filesystem::path> documents;
  for (const auto& entry : std::filesystem::directory_iterator(GONGKAI_TESTDATA_DIR "/import")) {
    if (entry.path().extension() == ".txt") documents.push_back(entry.path());
  }
  return documents;
}

class PlanDocument : public testing::TestWithParam<std::filesystem::path> {};

TEST_P(PlanDocument, IsReadAsExpected) {
  const auto plan = ImportPlan(ReadFile(GetParam()), {});
  ASSERT_TRUE(plan) << plan.error().message;
  const auto expected = std::filesystem::path(GetParam()).replace_extension(".json");
  EXPECT_EQ(ToJson(WithoutOrigins(*plan)), ReadFile(expected));
}

INSTANTIATE_TEST_SUITE_P(Importer, PlanDocument, testing::ValuesIn(TestDocuments()),
                         [](const auto& document) { return document.param.stem().string(); });

constexpr char kSmallTable[] =
    "任务分解表\n\t工作任务\n\t责任单位\n\t完成时限\n\n\t公布名录\n\t县林业局\n\t6月底前\n\n";

TEST(PlanImporter, TakesTheYearOfTheOptionsWhereTheDocumentHasNone) {
  const auto without = ImportPlan(kSmallTable, {});
  ASSERT_TRUE(without);
  EXPECT_EQ(without->year, 0);
  EXPECT_FALSE(without->tasks[0].due.date);
  const auto with = ImportPlan(kSmallTable, {.year = 2024});
  ASSERT_TRUE(with);
  EXPECT_EQ(with->year, 2024);
  EXPECT_EQ(FormatDate(with->tasks[0].due.date.value()), "2024-06-30");
}

TEST(PlanImporter, ReadsTheSameWithWindowsLineEndsAndAByteOrderMark) {
  std::string document = "\xEF\xBB\xBF";
  for (const char c : std::string_view(kSmallTable)) {
    if (c == '\n') document += '\r';
    document += c;
  }
  const auto plan = ImportPlan(document, {.year = 2024});
  ASSERT_TRUE(plan);
  ASSERT_EQ(plan->tasks.size(), 1u);
  EXPECT_EQ(plan->tasks[0].title, "公布名录");
  EXPECT_EQ(plan->tasks[0].units.size(), 1u);
}

TEST(PlanImporter, RefusesWhatIsNoPlan) {
  const auto letter = ImportPlan("各位同事：\n\n请按时参加会议。\n", {});
  ASSERT_FALSE(letter);
  EXPECT_EQ(letter.error().reason, "NO_TASKS");
  EXPECT_NE(letter.error().message.find("责任单位"), std::string::npos);
  const auto contacts = ImportPlan("\t姓名\n\t职务\n\t电话\n\n\t张三\n\t科员\n\t123\n", {});
  ASSERT_FALSE(contacts);
  EXPECT_EQ(contacts.error().reason, "NO_TASKS");
  const auto binary = ImportPlan("PK\x03\x04\xff\xfe", {});
  ASSERT_FALSE(binary);
  EXPECT_EQ(binary.error().reason, "DOCUMENT_UNREADABLE");
  std::string rows = "任务,责任单位\n";
  for (size_t i = 0; i <= kMaxTasks; ++i) rows += "公,局\n";
  const auto many = ImportPlan(rows, {});
  ASSERT_FALSE(many);
  EXPECT_EQ(many.error().reason, "DOCUMENT_TOO_LARGE");
  EXPECT_EQ(many.error().metadata.at("limit"), std::to_string(kMaxTasks));
  const auto huge = ImportPlan(std::string(kMaxDocumentBytes + 1, 'a'), {});
  ASSERT_FALSE(huge);
  EXPECT_EQ(huge.error().reason, "DOCUMENT_TOO_LARGE");
}

TEST(PlanImporter, StopsAtTheTimeLimitAndSaysWhere) {
  const auto plan = ImportPlan(kSmallTable, {.time = std::chrono::milliseconds(-1)});
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().reason, "DOCUMENT_TOO_LARGE");
  EXPECT_NE(plan.error().message.find("at task 1"), std::string::npos) << plan.error().message;
}

TEST(PlanImporter, SurvivesDamagedDocuments) {
  std::mt19937 random(20240418);
  const auto number = [&random](size_t limit) {
    return std::uniform_int_distribution<size_t>(0, limit - 1)(random);
  };
  const std::string_view pieces[] = {"\t",         "\n\n", "、",       "（",     "）", "每年",
                                     "9999",       "一、", "12月底前", "不少于", "局", "\xff",
                                     "[bookmark:", "和",   "牵头",     "2024年"};
  for (const auto& path : TestDocuments()) {
    const std::string original = ReadFile(path);
    for (int round = 0; round < 60; ++round) {
      std::string damaged = original;
      for (size_t changes = 1 + number(12); changes > 0; --changes) {
        const size_t at = number(damaged.size());
        if (number(2) == 0) {
          damaged.erase(at, number(40));
        } else {
          damaged.insert(at, pieces[number(std::size(pieces))]);
        }
      }
      const auto plan = ImportPlan(damaged, {});
      EXPECT_TRUE(plan ? !plan->tasks.empty() : !plan.error().reason.empty());
    }
  }
}

// A quadratic step would take minutes on these; linear ones take seconds even under the sanitizers.
TEST(PlanImporter, ReadsLongRunsOfOneThingInLinearTime) {
  const std::string head = "\t工作任务\n\t具体要求\n\t责任单位\n\t完成时限\n\n\t任务\n\t";
  for (const std::string_view piece :
       {"（", "1次", "每年", "、", "和局", "[bookmark:", "县", "\n\n。", "\t", "12月", "一、", "等",
        "县局\n", "\n1.甲", "责任单位：", "各镇、", "局负责", "不低于的", "每年6月底、"}) {
    std::string document = head;
    while (document.size() < 60'000) document += piece;
    document += "\n\t县林业局\n\t年底前\n";
    const auto plan = ImportPlan(document, {});
    EXPECT_TRUE(plan || plan.error().reason == "NO_TASKS") << piece;
  }
}

}  // namespace
}  // namespace gongkai::plans::importer
