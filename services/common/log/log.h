// Log lines: one JSON object per line on standard error, with time, level, event and fields.
//
//   log::Info("listening", {{"address", "127.0.0.1:7101"}});
//   → {"time":"2023-07-28T01:02:03.456Z","level":"info","event":"listening","address":"127.0…"}
//
// Never pass personal data or SQL values. Safe from any thread; a line is written whole.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace gongkai::log {

// One fact about an event. Texts that are not UTF-8 are written with replacement characters.
struct Field {
  Field(std::string_view field_name, std::string_view text)
      : name(field_name), value(std::string(text)) {}
  Field(std::string_view field_name, const char* text)
      : name(field_name), value(std::string(text)) {}
  Field(std::string_view field_name, const std::string& text) : name(field_name), value(text) {}
  Field(std::string_view field_name, bool flag) : name(field_name), value(flag) {}
  Field(std::string_view field_name, int number) : name(field_name), value(std::int64_t{number}) {}
  Field(std::string_view field_name, std::int64_t number) : name(field_name), value(number) {}
  Field(std::string_view field_name, double number) : name(field_name), value(number) {}

  std::string_view name;
  std::variant<std::string, bool, std::int64_t, double> value;
};

// `event` is a short constant phrase; what varies goes into fields.
void Info(std::string_view event, std::initializer_list<Field> fields = {});
void Warning(std::string_view event, std::initializer_list<Field> fields = {});
void Error(std::string_view event, std::initializer_list<Field> fields = {});

}  // namespace gongkai::log
