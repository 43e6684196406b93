// Facts about five real plans, which are not part of the project: see GONGKAI_CORPUS_DIR.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "services/plans/importer/plan_importer.h"
#include "tests/plans/support/document_text.h"
#include "tests/plans/support/origins.h"
#include "tests/plans/support/task_facts.h"

namespace gongkai::plans::importer {
namespace {

std::filesystem::path CorpusFolder() {
  const char* folder = std::getenv("GONGKAI_CORPUS_DIR");
  return folder ? folder : std::filesystem::path(GONGKAI_SOURCE_DIR) / "../shared/corpus";
}

class Corpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::is_directory(CorpusFolder())) {
      GTEST_SKIP() << "no corpus at " << CorpusFolder() << "; set GONGKAI_CORPUS_DIR to its folder";
    }
  }

  // The document in the file whose name begins with `prefix`.
  static std::string Read(const std::string& prefix) {
    for (const auto& entry : std::filesystem::directory_iterator(CorpusFolder())) {
      if (entry.path().filename().string().rfind(prefix, 0) != 0) continue;
      std::ifstream in(entry.path(), std::ios::binary);
      std::stringstream bytes;
      bytes << in.rdbuf();
      return bytes.str();
    }
    ADD_FAILURE() << "no file " << prefix;
    return {};
  }

  static ParsedPlan Import(const std::string& prefix) { return ImportBytes(Read(prefix)); }

  static ParsedPlan ImportBytes(const std::string& bytes) {
    auto plan = ImportPlan(bytes, {});
    EXPECT_TRUE(plan.has_value());
    return plan.value_or(ParsedPlan());
  }

  static std::vector<const ParseIssue*> Issues(const ParsedPlan& plan, const std::string& code) {
    std::vector<const ParseIssue*> found;
    for (const ParseIssue& issue : plan.issues) {
      if (issue.code == code) found.push_back(&issue);
    }
    return found;
  }

  static size_t Count(const ParsedTask& task, UnitRole role) {
    size_t count = 0;
    for (const ParsedUnit& unit : task.units) count += unit.role == role ? 1 : 0;
    return count;
  }
};

// Every field of all 200 tasks, as a person has read them: tests/testdata/corpus.
TEST_F(Corpus, EveryTaskSaysWhatACarefulReaderReads) {
  size_t tasks = 0;
  for (const std::string prefix : {"000", "001", "002", "003", "004"}) {
    std::ifstream expected(GONGKAI_TESTDATA_DIR "/corpus/" + prefix + ".tsv");
    for (const ParsedTask& task : Import(prefix).tasks) {
      std::string line;
      EXPECT_TRUE(std::getline(expected, line)) << prefix << ": too many tasks";
      EXPECT_EQ(FactsOf(task), line) << prefix;
      ++tasks;
    }
    std::string more;
    EXPECT_FALSE(std::getline(expected, more)) << prefix << ": no task for " << more;
  }
  EXPECT_EQ(tasks, 200u);
}

// A console can highlight each unit and each deadline that a document states.
TEST_F(Corpus, EveryUnitAndDeadlineStandsWhereItIsSaidToStand) {
  for (const std::string prefix : {"000", "001", "002", "003", "004"}) {
    const Text text = DecodeUtf8(ReadDocumentText(Read(prefix)).value()).value();
    const auto at = [&text](const std::optional<Origin>& origin) {
      if (!origin || !origin->source) return std::string();
      const auto start = static_cast<size_t>(origin->source->start);
      const auto end = static_cast<size_t>(origin->source->end);
      return EncodeUtf8(CleanText(TextView(text).substr(start, end - start)));
    };
    const ParsedPlan plan = Import(prefix);
    EXPECT_EQ(at(plan.title_origin), plan.title) << prefix;
    for (const ParsedTask& task : plan.tasks) {
      for (const ParsedUnit& unit : task.units) EXPECT_EQ(at(unit.origin), unit.text) << prefix;
      EXPECT_EQ(at(task.due.origin), task.due.text) << prefix << " " << task.ordinal;
      EXPECT_EQ(at(task.requirement_origin), task.requirement) << prefix << " " << task.ordinal;
    }
  }
}

std::string DueDate(const ParsedTask& task) {
  return task.due.date ? FormatDate(*task.due.date) : "";
}

TEST_F(Corpus, TableWithTwoOrThreeTaskLevels) {
  const ParsedPlan plan = Import("000");
  EXPECT_EQ(plan.division, "沂源县");
  EXPECT_EQ(plan.year, 2019);
  EXPECT_EQ(plan.document_number, "");
  EXPECT_EQ(FormatDate(plan.issue_date.value()), "2019-07-29");
  ASSERT_EQ(plan.tasks.size(), 37u);
  EXPECT_EQ(plan.tasks[0].ordinal, "1");
  EXPECT_EQ(plan.tasks[36].ordinal, "37");
  EXPECT_EQ(plan.tasks[3].section_path.size(), 1u);
  EXPECT_EQ(plan.tasks[5].section_path.size(), 2u) << "a row of seven cells";
  EXPECT_EQ(plan.tasks[6].due.cadence, Cadence::kMonthly);
  ASSERT_EQ(plan.tasks[6].further_due.size(), 1u);
  EXPECT_EQ(plan.tasks[6].further_due[0].cadence, Cadence::kQuarterly);
  EXPECT_EQ(plan.tasks[13].due.cadence, Cadence::kYearly);
  EXPECT_EQ(DueDate(plan.tasks[13]), "2019-06-30");
  ASSERT_EQ(plan.tasks[32].targets.size(), 1u);
  EXPECT_EQ(plan.tasks[32].targets[0].value, 2);
  EXPECT_EQ(Issues(plan, "PLAN_DEADLINE").size(), 1u) << "measures are filed by 5 August";
  EXPECT_TRUE(Issues(plan, "NO_UNIT").empty());
}

TEST_F(Corpus, NumberedClausesWithBrokenParagraphs) {
  const ParsedPlan plan = Import("001");
  EXPECT_EQ(plan.division, "峰城区");
  EXPECT_EQ(plan.year, 2021);
  EXPECT_EQ(FormatDate(plan.issue_date.value()), "2021-06-23");
  ASSERT_EQ(plan.tasks.size(), 16u);
  for (size_t i = 0; i < plan.tasks.size(); ++i) {
    const ParsedTask& task = plan.tasks[i];
    EXPECT_EQ(task.ordinal, std::to_string(i + 1));
    EXPECT_EQ(task.section_path.size(), 2u);
    ASSERT_EQ(task.units.size(), 2u);
    EXPECT_EQ(task.units[0].kind, UnitKind::kGroup);
    EXPECT_EQ(task.units[1].kind, UnitKind::kGroup);
    const bool dated = i == 10 || i == 15;
    EXPECT_EQ(task.due.kind, dated ? DueKind::kFixed : DueKind::kUnstated);
    EXPECT_EQ(task.due.assumed, !dated);
    EXPECT_EQ(DueDate(task), "2021-12-31");
    EXPECT_TRUE(task.requirement.ends_with("。")) << "paragraphs are joined";
  }
  ASSERT_EQ(plan.tasks[6].targets.size(), 1u);
  EXPECT_EQ(plan.tasks[6].targets[0].metric, "多元化解读率");
  EXPECT_EQ(plan.tasks[6].targets[0].value, 60);
  ASSERT_EQ(plan.tasks[15].targets.size(), 1u);
  EXPECT_EQ(plan.tasks[15].targets[0].unit, "个");
  EXPECT_EQ(Issues(plan, "UNITS_FROM_ADDRESSEES").size(), 1u);
}

TEST_F(Corpus, TableWithNumberedRequirementsAndVerbs) {
  const ParsedPlan plan = Import("002");
  EXPECT_EQ(plan.division, "翁源县");
  EXPECT_EQ(plan.year, 2018);
  EXPECT_FALSE(plan.issue_date);
  ASSERT_EQ(plan.tasks.size(), 57u);
  for (size_t i = 0; i < plan.tasks.size(); ++i) {
    EXPECT_EQ(plan.tasks[i].ordinal, std::to_string(i + 1));
    EXPECT_EQ(plan.tasks[i].section_path.size(), 2u);
    EXPECT_TRUE(plan.tasks[i].targets.empty());
  }
  EXPECT_EQ(Count(plan.tasks[7], UnitRole::kLead), 1u) << "a blank line inside the cell";
  EXPECT_EQ(Count(plan.tasks[31], UnitRole::kLead), 3u);
  EXPECT_EQ(Count(plan.tasks[24], UnitRole::kResponsible), 4u) << "no verb at all";
  EXPECT_EQ(plan.tasks[34].due.kind, DueKind::kRelative);
  EXPECT_EQ(plan.tasks[34].due.working_days, 1);
}

TEST_F(Corpus, TableWithSupportingUnitsAndSharedNumbers) {
  const ParsedPlan plan = Import("003");
  EXPECT_EQ(plan.division, "微山县");
  EXPECT_EQ(plan.year, 2019);
  ASSERT_EQ(plan.tasks.size(), 41u);
  std::string numbers;
  for (const ParsedTask& task : plan.tasks) numbers += task.ordinal + " ";
  EXPECT_EQ(numbers,
            "1 2 2 2 2 3 3 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 18 19 20 21 22 23 "
            "24 25 26 27 28 29 30 31 32 33 34 35 ");
  EXPECT_EQ(Count(plan.tasks[0], UnitRole::kResponsible), 7u);
  EXPECT_EQ(Count(plan.tasks[0], UnitRole::kSupporting), 3u);
  EXPECT_EQ(Count(plan.tasks[14], UnitRole::kSupporting), 0u) << "the cell at its left took it";
  EXPECT_EQ(Count(plan.tasks[15], UnitRole::kResponsible), 7u) << "one unit stands on two lines";
  EXPECT_EQ(DueDate(plan.tasks[10]), "2019-07-31");
  EXPECT_EQ(plan.tasks[7].due.cadence, Cadence::kQuarterly);
  EXPECT_EQ(plan.tasks[18].due.cadence, Cadence::kMonthly);
  EXPECT_EQ(plan.tasks[34].due.kind, DueKind::kFixed);
  ASSERT_EQ(plan.tasks[28].targets.size(), 1u);
  EXPECT_TRUE(plan.tasks[16].targets.empty()) << "a sum of money is no target";
}

TEST_F(Corpus, TableWithMergedCells) {
  const ParsedPlan plan = Import("004");
  EXPECT_EQ(plan.division, "平阴县");
  EXPECT_EQ(plan.year, 2023);
  EXPECT_EQ(plan.document_number.substr(0, 12), "平政办发");
  EXPECT_EQ(FormatDate(plan.issue_date.value()), "2023-07-28");
  ASSERT_EQ(plan.tasks.size(), 49u);
  for (size_t i = 0; i < plan.tasks.size(); ++i) {
    const ParsedTask& task = plan.tasks[i];
    EXPECT_EQ(task.ordinal, std::to_string(i + 1));
    EXPECT_EQ(task.section_path.size(), 1u);
    const std::string expected = i == 12              ? "2023-06-30"
                                 : i == 40            ? "2023-09-30"
                                 : i == 41            ? "2023-11-30"
                                 : i >= 42 && i <= 44 ? "2023-08-31"
                                 : i == 46            ? ""
                                                      : "2023-12-31";
    EXPECT_EQ(DueDate(task), expected) << task.ordinal;
  }
  EXPECT_EQ(plan.tasks[46].due.kind, DueKind::kOngoing);
  ASSERT_EQ(plan.tasks[14].further_due.size(), 1u);
  EXPECT_EQ(plan.tasks[14].further_due[0].working_days, 10);
  ASSERT_EQ(plan.tasks[16].targets.size(), 2u);
  EXPECT_EQ(plan.tasks[16].targets[0].value, 5);
  EXPECT_TRUE(plan.tasks[16].targets[0].soft);
  EXPECT_EQ(plan.tasks[16].targets[0].scope, TargetScope::kDivision);
  EXPECT_EQ(plan.tasks[16].targets[1].value, 2);
  EXPECT_EQ(plan.tasks[16].targets[1].scope, TargetScope::kEachUnit);
  ASSERT_EQ(plan.tasks[23].targets.size(), 2u);
  EXPECT_EQ(plan.tasks[23].targets[0].unit, "种");
  EXPECT_EQ(plan.tasks[15].targets.size(), 1u);
  EXPECT_EQ(plan.tasks[45].targets.size(), 2u);
  EXPECT_EQ(plan.tasks[47].targets.size(), 1u);
  EXPECT_EQ(Issues(plan, "DUE_BEFORE_ISSUE").size(), 1u);
}

}  // namespace
}  // namespace gongkai::plans::importer
