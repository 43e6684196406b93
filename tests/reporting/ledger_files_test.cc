// Ledgers as files, without a database.
#include <gtest/gtest.h>

#include "services/reporting/documents/csv_ledger.h"
#include "services/reporting/documents/ledger_sheets.h"
#include "services/reporting/documents/ledger_workbook.h"
#include "tests/plans/support/allocated_bytes.h"
#include "tests/reporting/office_reader.h"

namespace gongkai::reporting {
namespace {

const CivilDate kAsOf = *ParseDate("2026-06-30");

LedgerEntry Entry(int unit, int task) {
  return {.occurrence = {.division = 370901,
                         .plan = 202601,
                         .task = task,
                         .unit = unit,
                         .role = Role::kLead,
                         .occurrence = 1,
                         .period = "2026-Q2",
                         .due_date = ParseDate("2026-06-20"),
                         .state = OccurrenceState::kVerified,
                         .evidence_count = 1,
                         .submit_date = ParseDate("2026-06-22"),
                         .verify_date = ParseDate("2026-06-25")},
          .division_name = "青禾县",
          .plan_title = "青禾县2026年政务公开工作方案",
          .terms = {.issue_date = ParseDate("2026-02-10")},
          .ordinal = std::to_string(task),
          .section = "重点领域",
          .title = "公开年度项目清单",
          .unit_name = "第" + std::to_string(unit) + "局"};
}

std::string Bytes(const TemporaryFile& file) { return *file.Read(0, 64 << 20); }

std::string Workbook(const std::vector<LedgerEntry>& entries, int most_rows = 1000) {
  auto file = *TemporaryFile::Create();
  LedgerWorkbook ledger(
      {.path = file.path(), .title = "青禾县台账", .as_of = kAsOf, .most_rows = most_rows});
  for (const auto& entry : entries) EXPECT_TRUE(ledger.Add(entry));
  EXPECT_TRUE(ledger.Close());
  return Bytes(file);
}

TEST(CsvField, GuardsWhatASpreadsheetWouldRun) {
  EXPECT_EQ(CsvField("公开目录"), "公开目录");
  EXPECT_EQ(CsvField("=1+1"), "'=1+1");
  EXPECT_EQ(CsvField("+86"), "'+86");
  EXPECT_EQ(CsvField("-2"), "'-2");
  EXPECT_EQ(CsvField("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(CsvField("\t=1"), "'\t=1");
  EXPECT_EQ(CsvField("＝1+1"), "'＝1+1");
  EXPECT_EQ(CsvField("=a,\"b\""), "\"'=a,\"\"b\"\"\"");
  EXPECT_EQ(CsvField("一,二"), "\"一,二\"");
  EXPECT_EQ(CsvField("一\n二"), "\"一\n二\"");
  EXPECT_EQ(CsvField(""), "");
}

TEST(CsvLedger, IsOneTableWithAByteOrderMark) {
  auto file = *TemporaryFile::Create();
  CsvLedger ledger(file, kAsOf);
  auto entry = Entry(1, 16);
  entry.title = "=HYPERLINK(\"http://x\")";
  ASSERT_TRUE(ledger.Add(entry));
  ASSERT_TRUE(ledger.Close());
  EXPECT_EQ(Bytes(file),
            "\xEF\xBB\xBF"
            "地区,方案,任务序号,所属部分,任务,责任单位,责任方式,期次,完成时限,工作状态,时限情况,"
            "逾期天数,提交日期,核验日期,佐证材料\r\n"
            "青禾县,青禾县2026年政务公开工作方案,16,重点领域,\"'=HYPERLINK(\"\"http://x\"\")\","
            "第1局,牵头,2026年第二季度,2026-06-20,已核验,逾期完成,2,2026-06-22,2026-06-25,有\r\n");
}

TEST(SheetName, FitsASheetAndIsItsOwn) {
  EXPECT_EQ(SheetName("县财政局", {}), "县财政局");
  EXPECT_EQ(SheetName("县财政局", {"县财政局"}), "县财政局 (2)");
  EXPECT_EQ(SheetName("县财政局", {"县财政局", "县财政局 (2)"}), "县财政局 (3)");
  EXPECT_EQ(SheetName("a/b[c]:'d'", {}), "a_b_c___d_");
  EXPECT_EQ(SheetName("", {}), "未命名");
  std::string name;
  for (int i = 0; i < 40; ++i) name += "局";
  EXPECT_EQ(SheetName(name, {}).size(), 31u * 3);
}

TEST(LedgerWorkbook, ReadsInLibreOfficeAsItWasWritten) {
  if (!HasLibreOffice()) GTEST_SKIP() << "LibreOffice is not installed";
  auto open = Entry(2, 3);
  open.title = "=1+1";
  open.occurrence.state = OccurrenceState::kOpen;
  open.occurrence.submit_date.reset();
  open.occurrence.verify_date.reset();
  open.occurrence.evidence_count = 0;
  const auto sheets = ReadWorkbook(Workbook({Entry(1, 16), open}));
  ASSERT_EQ(sheets.size(), 3u);
  EXPECT_EQ(sheets[0].name, "汇总");
  EXPECT_EQ(sheets[0].Row(2), "第1局|1|1|1|1|1|0|0|1|0|0|0");
  EXPECT_EQ(sheets[0].Row(3), "第2局|1|0|0|0|0|0|1|0|0|0|0");
  EXPECT_EQ(sheets[0].Row(4), "合计|2|1|1|1|0.5|0|1|1|0|0|0");
  EXPECT_EQ(sheets[0].rows[4][5].type, "percentage");
  EXPECT_EQ(sheets[1].name, "第1局");
  EXPECT_EQ(sheets[1].Row(2),
            "青禾县|青禾县2026年政务公开工作方案|16|重点领域|公开年度项目清单|第1局|牵头|"
            "2026年第二季度|2026-06-20|已核验|逾期完成|2|2026-06-22|2026-06-25|有");
  EXPECT_EQ(sheets[1].rows[2][8].type, "date");
  EXPECT_EQ(sheets[1].rows[2][2].type, "float");
  EXPECT_EQ(sheets[2].Row(2),
            "青禾县|青禾县2026年政务公开工作方案|3|重点领域|=1+1|第2局|牵头|2026年第二季度|"
            "2026-06-20|未提交|逾期未完成|10|||无");
  EXPECT_EQ(sheets[2].rows[2][4].type, "string") << "a text is never a formula";
}

TEST(LedgerWorkbook, GoesOnInAnotherSheetWhereOneIsFull) {
  if (!HasLibreOffice()) GTEST_SKIP() << "LibreOffice is not installed";
  const auto sheets = ReadWorkbook(Workbook({Entry(1, 1), Entry(1, 2), Entry(1, 3)}, 2));
  ASSERT_EQ(sheets.size(), 3u);
  EXPECT_EQ(sheets[1].rows.size(), 4u);
  EXPECT_EQ(sheets[2].name, "第1局 (2)");
  EXPECT_EQ(sheets[2].rows.size(), 3u);
  EXPECT_EQ(sheets[0].Row(2), "第1局|3|3|3|3|1|0|0|3|0|0|0");
}

TEST(LedgerWorkbook, WithoutALineHasASummaryOfNothing) {
  if (!HasLibreOffice()) GTEST_SKIP() << "LibreOffice is not installed";
  const auto sheets = ReadWorkbook(Workbook({}));
  ASSERT_EQ(sheets.size(), 1u);
  EXPECT_EQ(sheets[0].Row(2), "合计|0|0|0|0|—|—|0|0|0|0|0");
}

// The most memory that a ledger of that many lines on 50 sheets takes while it is written.
std::size_t PeakOf(int lines) {
  auto file = *TemporaryFile::Create();
  testing::PeakAllocation peak;
  {
    LedgerWorkbook ledger({.path = file.path(), .title = "台账", .as_of = kAsOf});
    for (int i = 0; i < lines; ++i) EXPECT_TRUE(ledger.Add(Entry(i * 50 / lines + 1, i + 1)));
    EXPECT_TRUE(ledger.Close());
  }
  return peak.Stop();
}

TEST(LedgerWorkbook, TakesAHundredThousandLinesInTheMemoryOfAFew) {
  EXPECT_LT(PeakOf(100'000), PeakOf(1'000) + (2u << 20));
}

}  // namespace
}  // namespace gongkai::reporting
