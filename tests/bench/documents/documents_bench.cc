// gongkai-bench-documents [--json FILE] [--lines N]: a ledger as a workbook (.xlsx) against the
// same cells by libxlsxwriter alone, in time of one processor; and what the ledger takes in memory.
#include <sys/resource.h>
#include <time.h>
#include <xlsxwriter.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/reporting/documents/csv_ledger.h"
#include "services/reporting/documents/ledger_columns.h"
#include "services/reporting/documents/ledger_workbook.h"
#include "services/reporting/documents/temporary_file.h"

namespace gongkai::reporting {
namespace {

constexpr int kRounds = 5;
constexpr int kUnits = 60;
const CivilDate kAsOf = *ParseDate("2026-06-30");

// Of this process, so that what else the machine does is not counted.
double CpuMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double MillisecondsOf(const std::function<void()>& run) {
  const double start = CpuMilliseconds();
  run();
  return CpuMilliseconds() - start;
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::vector<LedgerEntry> Entries(int lines) {
  std::vector<LedgerEntry> entries;
  for (int i = 0; i < lines; ++i) {
    const int unit = static_cast<int>(static_cast<long>(i) * kUnits / lines) + 1;
    LedgerEntry entry{.occurrence = {.division = 370901,
                                     .plan = 202601,
                                     .task = i % 80 + 1,
                                     .unit = unit,
                                     .role = static_cast<Role>(i % 3 + 1),
                                     .occurrence = i % 12 + 1,
                                     .period = "2026-0" + std::to_string(i % 6 + 1),
                                     .due_date = ParseDate("2026-06-20"),
                                     .state = static_cast<OccurrenceState>(i % 4 + 1),
                                     .evidence_count = i % 2},
                      .division_name = "青禾县",
                      .plan_title = "青禾县2026年政务公开工作方案",
                      .terms = {.issue_date = ParseDate("2026-02-10")},
                      .ordinal = std::to_string(i % 80 + 1),
                      .section = "重点领域信息公开",
                      .title = "公布第" + std::to_string(i % 80 + 1) + "类事项的办理结果和投诉渠道",
                      .unit_name = "县第" + std::to_string(unit) + "局"};
    if (entry.occurrence.state != OccurrenceState::kOpen) {
      entry.occurrence.submit_date = ParseDate(i % 5 == 0 ? "2026-06-25" : "2026-06-18");
    }
    if (entry.occurrence.state == OccurrenceState::kVerified) {
      entry.occurrence.verify_date = ParseDate("2026-06-26");
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

void WriteLedger(const std::vector<LedgerEntry>& entries) {
  const auto file = *TemporaryFile::Create();
  LedgerWorkbook ledger({.path = file.path(), .title = "台账", .as_of = kAsOf});
  for (const auto& entry : entries) (void)ledger.Add(entry);
  if (!ledger.Close()) std::exit(1);
}

void WriteCsv(const std::vector<LedgerEntry>& entries) {
  auto file = *TemporaryFile::Create();
  CsvLedger ledger(file, kAsOf);
  for (const auto& entry : entries) (void)ledger.Add(entry);
  if (!ledger.Close()) std::exit(1);
}

// What a program does that has the cells at hand: as many sheets, the same values, one format.
using Line = std::array<LedgerValue, 15>;

void WriteAlone(const std::vector<Line>& lines) {
  const auto file = *TemporaryFile::Create();
  auto directory = std::filesystem::temp_directory_path().string();
  lxw_workbook_options options{
      .constant_memory = LXW_TRUE, .tmpdir = directory.data(), .use_zip64 = LXW_FALSE};
  auto* workbook = workbook_new_opt(file.path().c_str(), &options);
  auto* day = workbook_add_format(workbook);
  format_set_num_format(day, "yyyy-mm-dd");
  lxw_worksheet* sheet = nullptr;
  lxw_row_t row = 0;
  const auto per_sheet = (lines.size() + kUnits - 1) / kUnits;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i % per_sheet == 0) {
      sheet = workbook_add_worksheet(workbook, nullptr);
      row = 0;
    }
    lxw_col_t column = 0;
    for (const auto& value : lines[i]) {
      if (const auto* text = std::get_if<std::string>(&value)) {
        worksheet_write_string(sheet, row, column, text->c_str(), nullptr);
      } else if (const auto* number = std::get_if<int>(&value)) {
        worksheet_write_number(sheet, row, column, *number, nullptr);
      } else if (const auto* date = std::get_if<CivilDate>(&value)) {
        lxw_datetime moment{.year = static_cast<int>(date->year()),
                            .month = static_cast<int>(static_cast<unsigned>(date->month())),
                            .day = static_cast<int>(static_cast<unsigned>(date->day())),
                            .hour = 0,
                            .min = 0,
                            .sec = 0};
        worksheet_write_datetime(sheet, row, column, &moment, day);
      }
      ++column;
    }
    ++row;
  }
  if (workbook_close(workbook) != LXW_NO_ERROR) std::exit(1);
}

std::vector<Line> LinesOf(const std::vector<LedgerEntry>& entries) {
  std::vector<Line> lines(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::size_t column = 0;
    for (const auto& each : LedgerColumns()) lines[i][column++] = each.value(entries[i], kAsOf);
  }
  return lines;
}

long PeakKilobytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

int Run(int lines, const std::string& json_file) {
  const auto entries = Entries(lines);
  const long before = PeakKilobytes();
  WriteLedger(entries);
  const long grown = PeakKilobytes() - before;
  const auto cells = LinesOf(entries);
  std::vector<double> ours, alone, csv, ratios;
  for (int round = 0; round < kRounds; ++round) {
    ours.push_back(MillisecondsOf([&] { WriteLedger(entries); }));
    alone.push_back(MillisecondsOf([&] { WriteAlone(cells); }));
    csv.push_back(MillisecondsOf([&] { WriteCsv(entries); }));
    ratios.push_back(ours.back() / alone.back());
  }
  const nlohmann::ordered_json keys = {{"lines", lines},
                                       {"ledger_xlsx_ms", Median(ours)},
                                       {"libxlsxwriter_ms", Median(alone)},
                                       {"ledger_vs_libxlsxwriter", Median(ratios)},
                                       {"ledger_csv_ms", Median(csv)},
                                       {"ledger_peak_kib", grown}};
  std::cout << keys.dump(2) << "\n";
  if (!json_file.empty()) std::ofstream(json_file) << keys.dump() << "\n";
  return 0;
}

}  // namespace
}  // namespace gongkai::reporting

int main(int argc, char** argv) {
  CLI::App app("A ledger of many lines against libxlsxwriter alone.");
  int lines = 100'000;
  std::string json;
  app.add_option("--lines", lines)->check(CLI::Range(1, 1'000'000));
  app.add_option("--json", json);
  CLI11_PARSE(app, argc, argv);
  return gongkai::reporting::Run(lines, json);
}
