// Moments in the database's own precision: microseconds since 1970, read as a bigint.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <pqxx/pqxx>

namespace gongkai::reporting {

inline std::optional<std::chrono::system_clock::time_point> TimeOrNothing(
    const pqxx::field& microseconds) {
  if (microseconds.is_null()) return std::nullopt;
  return std::chrono::system_clock::time_point(
      std::chrono::microseconds(microseconds.as<std::int64_t>()));
}

// Rounds down, so that a promise about everything before the moment stays true.
inline std::optional<std::int64_t> MicrosecondsOrNothing(
    const std::optional<std::chrono::system_clock::time_point>& moment) {
  if (!moment) return std::nullopt;
  return std::chrono::floor<std::chrono::microseconds>(moment->time_since_epoch()).count();
}

}  // namespace gongkai::reporting
