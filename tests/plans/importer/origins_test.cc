// Every field says where it stands, in every format.
#include <gtest/gtest.h>

#include "services/plans/importer/plan_importer.h"
#include "services/plans/importer/text.h"
#include "tests/plans/support/paper.h"

namespace gongkai::plans::importer {
namespace {

Paper Plan() {
  return {"青禾县人民政府办公室",
          "关于印发青禾县2024年政务公开工作要点的通知",
          "",
          "青禾政办发〔2024〕3号",
          "",
          "2024年3月1日",
          "",
          "附件",
          "",
          PaperTable{{{"序号"}, {"工作任务"}, {"具体要求"}, {"责任单位"}, {"完成时限"}},
                     {{"1"},
                      {.text = "公开古树", .rows = 2},
                      {"公布名录，每年讲解不少于2次。"},
                      {"县林业局、县财政局"},
                      {"2024年6月底前"}},
                     {{""}, {"10月底前公布养护记录。"}, {""}, {"9月底前"}},
                     {{"3"}, {"公开河湖"}, {"公布巡查结果。"}, {"各镇（街道）"}, {""}}}};
}

// A plan with the text that its spans count in.
class Reading {
 public:
  explicit Reading(const std::string& bytes)
      : plan_(ImportPlan(bytes, {}).value()),
        text_(DecodeUtf8(ReadDocumentText(bytes).value()).value()) {}

  const ParsedPlan& plan() const { return plan_; }

  // What stands at the place of the field, without white space, and how sure that is.
  std::string At(const std::optional<Origin>& origin) const {
    if (!origin) return "none";
    const char* confidence = origin->confidence == Confidence::kHigh     ? " HIGH"
                             : origin->confidence == Confidence::kMedium ? " MEDIUM"
                                                                         : " LOW";
    if (!origin->source) return std::string("-") + confidence;
    const auto start = static_cast<size_t>(origin->source->start);
    const auto end = static_cast<size_t>(origin->source->end);
    return EncodeUtf8(CleanText(TextView(text_).substr(start, end - start))) + confidence;
  }

 private:
  ParsedPlan plan_;
  Text text_;
};

class Origins : public testing::TestWithParam<std::string (*)(const Paper&)> {
 protected:
  Reading reading_{GetParam()(Plan())};
};

TEST_P(Origins, OfThePlanAreItsLines) {
  const ParsedPlan& plan = reading_.plan();
  EXPECT_EQ(reading_.At(plan.title_origin), "青禾县2024年政务公开工作要点 HIGH");
  EXPECT_EQ(reading_.At(plan.document_number_origin), "青禾政办发〔2024〕3号 HIGH");
  EXPECT_EQ(reading_.At(plan.division_origin), "青禾县 HIGH");
  EXPECT_EQ(reading_.At(plan.issue_date_origin), "2024年3月1日 HIGH");
  EXPECT_EQ(reading_.At(plan.year_origin), "青禾县2024年政务公开工作要点 HIGH");
}

TEST_P(Origins, OfATaskAreTheWordsThemselves) {
  const ParsedTask& task = reading_.plan().tasks.at(0);
  EXPECT_EQ(reading_.At(task.ordinal_origin), "1 HIGH");
  EXPECT_EQ(reading_.At(task.title_origin), "公开古树 HIGH");
  EXPECT_EQ(reading_.At(task.requirement_origin), "公布名录，每年讲解不少于2次。 HIGH");
  ASSERT_EQ(task.units.size(), 2u);
  EXPECT_EQ(reading_.At(task.units[0].origin), "县林业局 HIGH");
  EXPECT_EQ(reading_.At(task.units[1].origin), "县财政局 HIGH");
  EXPECT_EQ(reading_.At(task.due.origin), "2024年6月底前 HIGH");
  ASSERT_EQ(task.targets.size(), 1u);
  EXPECT_NE(reading_.At(task.targets[0].origin).find("不少于2次"), std::string::npos);
}

TEST_P(Origins, TellWhatWasReadByHabit) {
  const ParsedTask& carried = reading_.plan().tasks.at(1);
  EXPECT_EQ(reading_.At(carried.ordinal_origin), "1 MEDIUM") << "continues the row above";
  EXPECT_EQ(reading_.At(carried.units.at(0).origin), "县林业局 MEDIUM");
  EXPECT_EQ(reading_.At(carried.due.origin), "9月底前 MEDIUM") << "of the plan's year";
  EXPECT_EQ(reading_.At(carried.further_due.at(0).origin), "10月底前 MEDIUM");
  EXPECT_EQ(reading_.At(reading_.plan().tasks.at(2).due.origin), "9月底前 MEDIUM");
}

INSTANTIATE_TEST_SUITE_P(Formats, Origins,
                         testing::Values(AsCellDump, AsDocx, AsXlsx, AsHtml, AsMarkdown, AsCsv));

TEST(OriginsOfCells, GoOverTheirLines) {
  const Reading reading(
      AsDocx({PaperTable{{{"任务"}, {"责任单位"}}, {{"公布\n名录"}, {"县文化和\n旅游局"}}}}));
  const ParsedTask& task = reading.plan().tasks.at(0);
  EXPECT_EQ(reading.At(task.title_origin), "公布名录 HIGH");
  EXPECT_EQ(reading.At(task.units.at(0).origin), "县文化和旅游局 HIGH");
}

TEST(OriginsOfClauses, AreBracketsAndParagraphs) {
  const Reading reading(
      "青禾县2024年政务公开工作要点\n\n一、公开古树\n\n1.公布名录。县林业局把关。"
      "（牵头单位：县林业局；完成时限：6月底前）\n\n2.及时更新。\n\n");
  const ParsedTask& task = reading.plan().tasks.at(0);
  EXPECT_EQ(reading.At(task.title_origin), "公布名录 MEDIUM") << "shortened";
  EXPECT_EQ(reading.At(task.due.origin), "6月底前 MEDIUM");
  ASSERT_EQ(task.units.size(), 1u);
  EXPECT_EQ(task.units[0].origin->source->start, 46) << "the one in the bracket";
  EXPECT_EQ(reading.At(reading.plan().tasks.at(1).due.origin), "- LOW") << "nothing is said";
}

TEST(OriginsOfClauses, OfAddresseesAreGuesses) {
  const Reading reading(
      "青禾县2024年政务公开工作要点\n\n各镇人民政府，县直各部门：\n\n1.公布名录。\n\n2."
      "更新目录。\n");
  EXPECT_EQ(reading.At(reading.plan().tasks.at(0).units.at(0).origin), "各镇人民政府 LOW");
}

}  // namespace
}  // namespace gongkai::plans::importer
