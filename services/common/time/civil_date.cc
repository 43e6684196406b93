#include "services/common/time/civil_date.h"

#include <charconv>
#include <cstdio>

namespace gongkai {
namespace {

template <typename T>
bool ParseDigits(std::string_view text, T& value) {
  for (char c : text) {
    if (c < '0' || c > '9') return false;
  }
  return std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc();
}

}  // namespace

std::optional<CivilDate> ParseDate(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
  if (!ParseDigits(iso.substr(0, 4), year) || !ParseDigits(iso.substr(5, 2), month) ||
      !ParseDigits(iso.substr(8, 2), day)) {
    return std::nullopt;
  }
  CivilDate date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return date;
}

std::string FormatDate(CivilDate date) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

CivilDate ShanghaiDate(std::chrono::system_clock::time_point moment) {
  return CivilDate(std::chrono::floor<std::chrono::days>(moment + std::chrono::hours(8)));
}

int DaysBetween(CivilDate from, CivilDate to) {
  return static_cast<int>((std::chrono::sys_days(to) - std::chrono::sys_days(from)).count());
}

}  // namespace gongkai
