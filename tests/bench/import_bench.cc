// gongkai-bench-import [--json FILE] PLAN...: how long the importer takes for each plan, as text
// and as a Word document, and for one long table, in milliseconds of one core; and how much memory
// the table takes.
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "services/plans/importer/document_reader.h"
#include "services/plans/importer/plan_importer.h"
#include "services/plans/importer/text.h"
#include "tests/plans/support/document_text.h"
#include "tests/plans/support/paper.h"

namespace {

using Clock = std::chrono::steady_clock;

// Of this process, so that what else the machine does is not counted.
double CpuMilliseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}
namespace importer = gongkai::plans::importer;

double MillisecondsOf(const std::function<void()>& run) {
  const double start = CpuMilliseconds();
  run();
  return CpuMilliseconds() - start;
}

// Median of at least 25 runs and a quarter of a second.
double MedianMilliseconds(const std::function<void()>& run) {
  std::vector<double> times;
  const auto end = Clock::now() + std::chrono::milliseconds(250);
  while (times.size() < 25 || Clock::now() < end) times.push_back(MillisecondsOf(run));
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

// Results flow into it, so that the compiler cannot leave the measured work out.
volatile size_t sink = 0;

void Import(const std::string& bytes) { sink = importer::ImportPlan(bytes, {})->tasks.size(); }

struct PlanFigures {
  std::string file;
  size_t bytes = 0;
  size_t tasks = 0;
  double text_ms = 0;
  double docx_ms = 0;
  double floor_ms = 0;  // of the least that any importer must do: decode the text, copy it once
};

gongkai::Result<PlanFigures> MeasurePlan(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const auto plan = importer::ImportPlan(bytes, {});
  if (!plan) return tl::unexpected(plan.error());
  const std::string docx =
      gongkai::plans::AsDocx(importer::PaperOf(*importer::ReadDocument(bytes)));

  PlanFigures figures{.file = std::filesystem::path(path).filename().string(),
                      .bytes = bytes.size(),
                      .tasks = plan->tasks.size()};
  figures.text_ms = MedianMilliseconds([&] { Import(bytes); });
  figures.docx_ms = MedianMilliseconds([&] { Import(docx); });
  figures.floor_ms = MedianMilliseconds([&] {
    const std::string copy = bytes;
    sink = importer::DecodeUtf8(copy)->size();
  });
  return figures;
}

// A plan of one table, whose rows all say the same.
std::string TableOf(size_t rows, const std::string& requirement) {
  std::string text = "某县2024年政务公开工作方案\n\n\t序号\n\t工作任务\n\t责任单位\n\t时限\n\n";
  for (size_t i = 1; i <= rows; ++i) {
    const std::string number = std::to_string(i);
    text +=
        "\t" + number + "\n\t" + requirement + number + "。\n\t县林业局、县水利局\n\t6月底前\n\n";
  }
  return text;
}

// The most memory that a process has had at once while it ran `work`, in bytes.
size_t PeakMemory(const std::function<void()>& work) {
  const pid_t child = fork();
  if (child == 0) {
    work();
    _exit(0);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  return static_cast<size_t>(usage.ru_maxrss) * 1024;
}

// So short that 100,000 rows stay below the limit for a document.
constexpr char kShortRequirement[] = "公布名录";

// As long as rows of plans are: some 600 bytes.
std::string LongRequirement() {
  std::string text;
  for (int i = 0; i < 15; ++i) text += "及时公布名录并更新解读。";
  return text;
}

struct TableFigures {
  size_t rows = 0;
  size_t bytes = 0;
  double seconds = 0;
  double memory_ratio = 0;  // peak memory, less that of a process that does nothing, over bytes
};

// A child begins with the peak of its parent, so this comes before the parent has grown.
TableFigures MeasureMemory(size_t rows, const std::string& requirement) {
  const std::string text = TableOf(rows, requirement);
  const size_t idle = PeakMemory([] {});
  const size_t busy = PeakMemory([&] { Import(text); });
  return {.rows = rows,
          .bytes = text.size(),
          .memory_ratio =
              static_cast<double>(busy - std::min(idle, busy)) / static_cast<double>(text.size())};
}

// The best of three.
double MeasureSeconds(const std::string& text) {
  double best = MillisecondsOf([&] { Import(text); });
  for (int i = 0; i < 2; ++i) best = std::min(best, MillisecondsOf([&] { Import(text); }));
  return best / 1000;
}

void PrintTable(const TableFigures& t) {
  std::printf("%9zu %9zu %9.3f %14.1f\n", t.rows, t.bytes, t.seconds, t.memory_ratio);
}

void Print(const std::vector<PlanFigures>& plans, const std::vector<TableFigures>& tables,
           const TableFigures& long_rows) {
  std::printf("%9s %6s %9s %9s %9s  %s\n", "bytes", "tasks", "text ms", "docx ms", "floor ms",
              "plan");
  for (const PlanFigures& p : plans) {
    std::printf("%9zu %6zu %9.3f %9.3f %9.3f  %s\n", p.bytes, p.tasks, p.text_ms, p.docx_ms,
                p.floor_ms, p.file.c_str());
  }
  std::printf("\n%9s %9s %9s %14s\n", "rows", "bytes", "seconds", "memory / bytes");
  for (const TableFigures& table : tables) PrintTable(table);
  PrintTable(long_rows);
}

// `text_ms` and `docx_ms` are those of the slowest plan, `rows_…_s` of tables of short rows,
// `memory_ratio` of one with rows as long as real ones.
nlohmann::ordered_json ToJson(const std::vector<PlanFigures>& plans,
                              const std::vector<TableFigures>& tables,
                              const TableFigures& long_rows) {
  nlohmann::ordered_json json = {{"name", "import"}, {"text_ms", 0.0}, {"docx_ms", 0.0}};
  auto list = nlohmann::ordered_json::array();
  for (const PlanFigures& p : plans) {
    json["text_ms"] = std::max(json["text_ms"].get<double>(), p.text_ms);
    json["docx_ms"] = std::max(json["docx_ms"].get<double>(), p.docx_ms);
    list.push_back({{"file", p.file},
                    {"bytes", p.bytes},
                    {"tasks", p.tasks},
                    {"text_ms", p.text_ms},
                    {"docx_ms", p.docx_ms},
                    {"floor_ms", p.floor_ms}});
  }
  for (const TableFigures& t : tables) {
    json["rows_" + std::to_string(t.rows / 1000) + "k_s"] = t.seconds;
  }
  json["memory_ratio"] = long_rows.memory_ratio;
  json["memory_ratio_short_rows"] = tables.back().memory_ratio;
  json["plans"] = list;
  return json;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures how long the importer takes, and how much memory.",
               "gongkai-bench-import");
  std::string json_file;
  std::vector<std::string> files;
  app.add_option("--json", json_file, "Also write the figures to this file");
  app.add_option("PLAN", files, "Plans to read")->required()->check(CLI::ExistingFile);
  CLI11_PARSE(app, argc, argv);

  std::vector<TableFigures> tables;
  for (const size_t rows : {1'000, 10'000, 100'000}) {
    tables.push_back(MeasureMemory(rows, kShortRequirement));
  }
  TableFigures long_rows = MeasureMemory(10'000, LongRequirement());
  for (TableFigures& table : tables) {
    table.seconds = MeasureSeconds(TableOf(table.rows, kShortRequirement));
  }
  long_rows.seconds = MeasureSeconds(TableOf(long_rows.rows, LongRequirement()));
  std::vector<PlanFigures> plans;
  for (const std::string& file : files) {
    const auto figures = MeasurePlan(file);
    if (!figures) {
      std::cerr << file << ": " << figures.error().message << "\n";
      return 1;
    }
    plans.push_back(*figures);
  }
  Print(plans, tables, long_rows);
  if (!json_file.empty()) {
    std::ofstream out(json_file);
    out << ToJson(plans, tables, long_rows).dump(2) << "\n";
    if (!out) {
      std::cerr << json_file << ": cannot be written\n";
      return 1;
    }
  }
  return 0;
}
