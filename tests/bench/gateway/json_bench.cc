// The gateway's JSON writer and parser against protobuf's json_util, on one core, in rounds.
#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/type_resolver_util.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "services/common/transcoding/json_reader.h"
#include "services/common/transcoding/json_writer.h"
#include "tests/bench/gateway/tasks_data.h"

namespace {

namespace util = google::protobuf::util;

constexpr int kRounds = 15;
constexpr auto kTurn = std::chrono::milliseconds(60);
constexpr char kUrlPrefix[] = "type.googleapis.com";

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Of the processor, so that others on a busy machine do not count.
std::chrono::nanoseconds Now() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
}

// Microseconds that one call takes.
double Time(const std::function<void()>& call) {
  const auto begin = Now();
  int calls = 0;
  auto now = begin;
  for (; now - begin < kTurn; now = Now()) {
    for (int i = 0; i < 8; ++i) call();
    calls += 8;
  }
  return std::chrono::duration<double, std::micro>(now - begin).count() / calls;
}

void Check(bool good) {
  if (!good) throw std::runtime_error("a transcoder failed");
}

}  // namespace

// Prints `json_writer_mb_s`, `json_parser_mb_s` (of JSON text) and how many times faster than
// json_util they are: medians, of the ratios within each round.
int main() {
  const auto message = gongkai::bench::ManyTasks();
  const auto* descriptor = message.GetDescriptor();
  const std::string wire = message.SerializeAsString();
  const gongkai::TableSet tables({descriptor->file()});
  const auto* table = tables.Find(descriptor->full_name());
  const gongkai::JsonWriter writer(tables);
  const gongkai::JsonReader reader(tables);
  const std::unique_ptr<util::TypeResolver> resolver(
      util::NewTypeResolverForDescriptorPool(kUrlPrefix, descriptor->file()->pool()));
  const std::string type_url = std::string(kUrlPrefix) + '/' + descriptor->full_name();
  const std::string json = *writer.Write(*table, wire);

  std::vector<double> write, write_ratio, parse, parse_ratio;
  for (int round = 0; round < kRounds; ++round) {
    const double own_write = Time([&] { Check(writer.Write(*table, wire).has_value()); });
    const double peer_write = Time([&] {
      std::string out;
      Check(util::BinaryToJsonString(resolver.get(), type_url, wire, &out).ok());
    });
    const double own_parse = Time([&] { Check(reader.Read(*table, json).has_value()); });
    const double peer_parse = Time([&] {
      std::string out;
      Check(util::JsonToBinaryString(resolver.get(), type_url, json, &out).ok());
    });
    write.push_back(own_write);
    write_ratio.push_back(peer_write / own_write);
    parse.push_back(own_parse);
    parse_ratio.push_back(peer_parse / own_parse);
  }
  const auto megabytes = static_cast<double>(json.size());
  std::cout << nlohmann::json({{"json_bytes", json.size()},
                               {"json_writer_mb_s", megabytes / Median(write)},
                               {"json_writer_vs_json_util", Median(write_ratio)},
                               {"json_parser_mb_s", megabytes / Median(parse)},
                               {"json_parser_vs_json_util", Median(parse_ratio)}})
            << '\n';
  return 0;
}
