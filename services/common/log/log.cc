#include "services/common/log/log.h"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <nlohmann/json.hpp>

namespace gongkai::log {
namespace {

std::string Timestamp() {
  const auto now = std::chrono::system_clock::now();
  const auto millis =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::time_t seconds = millis / 1000;
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[32];
  const auto length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(text + length, sizeof text - length, ".%03dZ", static_cast<int>(millis % 1000));
  return text;
}

void Write(std::string_view level, std::string_view event, std::initializer_list<Field> fields) {
  nlohmann::ordered_json line = {{"time", Timestamp()}, {"level", level}, {"event", event}};
  for (const auto& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.name)] = value; }, field.value);
  }
  const std::string text =
      line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace

void Info(std::string_view event, std::initializer_list<Field> fields) {
  Write("info", event, fields);
}
void Warning(std::string_view event, std::initializer_list<Field> fields) {
  Write("warning", event, fields);
}
void Error(std::string_view event, std::initializer_list<Field> fields) {
  Write("error", event, fields);
}

}  // namespace gongkai::log
