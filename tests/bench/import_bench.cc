// gongkai-bench-import [--json FILE] PLAN...: how long the importer takes for each plan, and how
// many times the least that any importer must do: decode the text once and copy it once.
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

#include "services/plans/importer/plan_importer.h"
#include "services/plans/importer/text.h"

namespace {

using Clock = std::chrono::steady_clock;
namespace importer = gongkai::plans::importer;

struct Measurement {
  std::string file;
  size_t bytes = 0;
  size_t tasks = 0;
  double text_ms = 0;
  double floor_ms = 0;

  double VersusFloor() const { return floor_ms > 0 ? text_ms / floor_ms : 0; }
};

// Median of at least 25 runs and a quarter of a second.
double MedianMilliseconds(const std::function<void()>& run) {
  std::vector<double> times;
  const auto end = Clock::now() + std::chrono::milliseconds(250);
  while (times.size() < 25 || Clock::now() < end) {
    const auto start = Clock::now();
    run();
    times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
  std::nth_element(times.begin(), middle, times.end());
  return *middle;
}

// Results flow into it, so that the compiler cannot leave the measured work out.
volatile size_t sink = 0;

gongkai::Result<Measurement> Measure(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  const auto plan = importer::ImportPlan(bytes, {});
  if (!plan) return tl::unexpected(plan.error());

  Measurement measured{.file = std::filesystem::path(path).filename().string(),
                       .bytes = bytes.size(),
                       .tasks = plan->tasks.size()};
  measured.text_ms =
      MedianMilliseconds([&] { sink = importer::ImportPlan(bytes, {})->tasks.size(); });
  measured.floor_ms = MedianMilliseconds([&] {
    const std::string copy = bytes;
    sink = importer::DecodeUtf8(copy)->size();
  });
  return measured;
}

void PrintTable(const std::vector<Measurement>& measurements) {
  std::printf("%9s %6s %9s %9s %9s  %s\n", "bytes", "tasks", "text ms", "floor ms", "vs floor",
              "plan");
  for (const Measurement& m : measurements) {
    std::printf("%9zu %6zu %9.3f %9.3f %9.1f  %s\n", m.bytes, m.tasks, m.text_ms, m.floor_ms,
                m.VersusFloor(), m.file.c_str());
  }
}

// The totals are of all plans one after the other.
nlohmann::ordered_json ToJson(const std::vector<Measurement>& measurements) {
  Measurement total;
  auto plans = nlohmann::ordered_json::array();
  for (const Measurement& m : measurements) {
    plans.push_back({{"file", m.file},
                     {"bytes", m.bytes},
                     {"tasks", m.tasks},
                     {"text_ms", m.text_ms},
                     {"floor_ms", m.floor_ms},
                     {"vs_floor", m.VersusFloor()}});
    total.text_ms += m.text_ms;
    total.floor_ms += m.floor_ms;
  }
  return {{"name", "import"},
          {"text_ms", total.text_ms},
          {"floor_ms", total.floor_ms},
          {"vs_floor", total.VersusFloor()},
          {"plans", plans}};
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Measures how long the importer takes for each plan.", "gongkai-bench-import");
  std::string json_file;
  std::vector<std::string> files;
  app.add_option("--json", json_file, "Also write the figures to this file");
  app.add_option("PLAN", files, "Plans to read")->required()->check(CLI::ExistingFile);
  CLI11_PARSE(app, argc, argv);

  std::vector<Measurement> measurements;
  for (const std::string& file : files) {
    const auto measured = Measure(file);
    if (!measured) {
      std::cerr << file << ": " << measured.error().message << "\n";
      return 1;
    }
    measurements.push_back(*measured);
  }
  PrintTable(measurements);
  if (!json_file.empty()) {
    std::ofstream out(json_file);
    out << ToJson(measurements).dump(2) << "\n";
    if (!out) {
      std::cerr << json_file << ": cannot be written\n";
      return 1;
    }
  }
  return 0;
}
