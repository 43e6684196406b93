// One plan, written in each format, is the same plan.
#include <gtest/gtest.h>

#include <algorithm>

#include "services/plans/importer/media_type.h"
#include "services/plans/importer/plan_importer.h"
#include "tests/plans/support/paper.h"
#include "tests/plans/support/plan_text.h"

namespace gongkai::plans::importer {
namespace {

Paper InventedPlan() {
  const std::vector<PaperCell> heading = {{"序号"},     {.text = "工作任务", .columns = 2},
                                          {"具体要求"}, {"责任单位"},
                                          {"配合单位"}, {"完成时限"}};
  return {"松壑县人民政府办公室",
          "关于印发松壑县2024年政务公开工作方案的通知",
          "",
          "松壑政办发〔2024〕7号",
          "",
          "各乡镇人民政府，县直各单位：",
          "",
          "现将方案印发给你们。",
          "",
          "2024年4月18日",
          "",
          "附件",
          "",
          "松壑县2024年政务公开任务分解表",
          "",
          PaperTable{heading,
                     {{.text = "一、把政策讲明白", .columns = 7}},
                     {{"1"},
                      {.text = "解读", .rows = 2},
                      {"图解"},
                      {"每年解读不少于2次。"},
                      {"县司法局\n县财政局"},
                      {"县融媒体中心"},
                      {.text = "2024年6月底前", .rows = 2}},
                     {{"2"}, {"问答"}, {"每季度发布问答。"}, {"县政府办"}, {"各乡镇"}},
                     heading,
                     {{"3"},
                      {"解读"},
                      {"直播"},
                      {"开展1次直播。"},
                      {.text = "县融媒体中心牵头，县司法局配合", .columns = 2},
                      {"长期坚持"}},
                     {{.text = "二、把窗口开到村里", .columns = 7}},
                     {{"4"},
                      {.text = "公开角", .columns = 2},
                      {"各乡镇至少建成2个公开角。"},
                      {"各乡镇"},
                      {""},
                      {"10月底前"}}}};
}

ParsedPlan Import(const std::string& bytes) {
  auto plan = ImportPlan(bytes, {});
  EXPECT_TRUE(plan) << plan.error().message;
  return plan.value_or(ParsedPlan());
}

TEST(DocumentFormats, TheInventedPlanSaysWhatItSays) {
  const ParsedPlan plan = Import(AsCellDump(InventedPlan()));
  EXPECT_EQ(plan.title, "松壑县2024年政务公开工作方案");
  EXPECT_EQ(plan.document_number, "松壑政办发〔2024〕7号");
  ASSERT_EQ(plan.tasks.size(), 4u);
  EXPECT_EQ(plan.tasks[1].section_path, (std::vector<std::string>{"把政策讲明白", "解读"}));
  EXPECT_EQ(FormatDate(plan.tasks[1].due.date.value()), "2024-06-30");
  EXPECT_EQ(plan.tasks[2].units.size(), 2u);
  EXPECT_EQ(plan.tasks[3].section_path, (std::vector<std::string>{"把窗口开到村里"}));
  EXPECT_TRUE(NotesGuesses(plan)) << "a dump does not tell that the due date is merged";
}

TEST(DocumentFormats, AWordDocumentIsTheSamePlan) {
  const ParsedPlan plan = Import(AsDocx(InventedPlan()));
  EXPECT_EQ(ShowPlan(plan), ShowPlan(Import(AsCellDump(InventedPlan()))));
  EXPECT_FALSE(NotesGuesses(plan));
}

TEST(DocumentFormats, AWorkbookIsTheSamePlan) {
  const ParsedPlan plan = Import(AsXlsx(InventedPlan()));
  EXPECT_EQ(ShowPlan(plan), ShowPlan(Import(AsCellDump(InventedPlan()))));
  EXPECT_FALSE(NotesGuesses(plan));
}

TEST(DocumentFormats, AWebPageIsTheSamePlan) {
  const ParsedPlan plan = Import(AsHtml(InventedPlan()));
  EXPECT_EQ(ShowPlan(plan), ShowPlan(Import(AsCellDump(InventedPlan()))));
  EXPECT_FALSE(NotesGuesses(plan));
}

TEST(DocumentFormats, MarkdownIsTheSamePlan) {
  const ParsedPlan plan = Import(AsMarkdown(InventedPlan()));
  EXPECT_EQ(ShowPlan(plan), ShowPlan(Import(AsCellDump(InventedPlan()))));
}

TEST(DocumentFormats, SeparatedValuesAreTheSamePlan) {
  const std::string csv = AsCsv(InventedPlan());
  const ParsedPlan plan = Import(csv);
  EXPECT_EQ(ShowPlan(plan), ShowPlan(Import(AsCellDump(InventedPlan()))));
  std::string tsv = csv;
  std::replace(tsv.begin(), tsv.end(), ',', '\t');
  EXPECT_EQ(ShowPlan(Import(tsv)), ShowPlan(plan));
}

TEST(DocumentFormats, EachIsKnownByItsContent) {
  const Paper paper = InventedPlan();
  EXPECT_EQ(MediaTypeOf(AsDocx(paper)),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(MediaTypeOf(AsXlsx(paper)),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  EXPECT_EQ(MediaTypeOf(AsHtml(paper)), "text/html; charset=utf-8");
  EXPECT_EQ(MediaTypeOf(AsMarkdown(paper)), "text/markdown; charset=utf-8");
  EXPECT_EQ(MediaTypeOf(AsCsv(paper)), "text/csv; charset=utf-8");
  EXPECT_EQ(MediaTypeOf(AsCellDump(paper)), "text/plain; charset=utf-8");
  EXPECT_EQ(MediaTypeOf("\xD5\xFE\xCE\xF1\xB9\xAB\xBF\xAA"), "text/plain; charset=gb18030");
  EXPECT_EQ(MediaTypeOf("%PDF-1.7"), "application/pdf");
  EXPECT_EQ(MediaTypeOf("{\\rtf1}"), "application/rtf");
  EXPECT_EQ(MediaTypeOf("\xD0\xCF\x11\xE0"), "application/octet-stream");
}

TEST(DocumentFormats, AStatedMergeCarriesWhateverTheColumnAndTheHabit) {
  const Paper paper = {
      PaperTable{{{"任务"}, {"责任单位"}, {"配合单位"}, {"时限"}},
                 {{"公布名录"}, {"县林业局"}, {.text = "县财政局", .rows = 2}, {"6月底前"}},
                 {{"公布病害"}, {"县水利局"}, {"7月底前"}},
                 {{"公布养护"}, {.text = "县住建局", .columns = 2}, {"8月底前"}}}};
  const ParsedPlan plan = Import(AsDocx(paper));
  ASSERT_EQ(plan.tasks.size(), 3u);
  ASSERT_EQ(plan.tasks[1].units.size(), 2u);
  EXPECT_EQ(plan.tasks[1].units[1].text, "县财政局");
  EXPECT_EQ(plan.tasks[1].units[1].role, UnitRole::kSupporting);
  EXPECT_EQ(plan.tasks[2].units.size(), 1u);
}

TEST(DocumentFormats, ACellMergedToTheLeftNeverCarries) {
  const Paper paper = {PaperTable{{{"任务"}, {"具体要求"}, {"责任单位"}, {"时限"}},
                                  {{"公布名录"}, {"公布。"}, {"县林业局"}, {"6月底前"}},
                                  {{"公布病害"}, {.text = "各单位自行安排。", .columns = 3}}}};
  const ParsedPlan plan = Import(AsDocx(paper));
  ASSERT_EQ(plan.tasks.size(), 2u);
  EXPECT_TRUE(plan.tasks[1].units.empty());
  EXPECT_EQ(plan.tasks[1].due.kind, DueKind::kUnstated);
}

TEST(DocumentFormats, ARequirementSharedByRowsBelongsToEachOfThem) {
  const Paper paper = {
      PaperTable{{{"任务"}, {"具体要求"}, {"责任单位"}},
                 {{"公布名录"}, {.text = "6月底前公布。", .rows = 2}, {"县林业局"}},
                 {{"公布病害"}, {"县水利局"}}}};
  const ParsedPlan plan = Import(AsDocx(paper));
  ASSERT_EQ(plan.tasks.size(), 2u);
  EXPECT_EQ(plan.tasks[1].title, "公布病害");
  EXPECT_EQ(plan.tasks[1].requirement, "6月底前公布。");
}

}  // namespace
}  // namespace gongkai::plans::importer
