// Dates without a time: a day in Asia/Shanghai, the only time zone of the domain.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace gongkai {

// A valid day of the Gregorian calendar.
using CivilDate = std::chrono::year_month_day;

// "2023-12-31" → that day; nothing for any other form, or for a day that no calendar has.
std::optional<CivilDate> ParseDate(std::string_view iso);

// → "2023-12-31".
std::string FormatDate(CivilDate date);

// The day in Asia/Shanghai (UTC+8 all year) at this moment.
CivilDate ShanghaiDate(std::chrono::system_clock::time_point moment);

// Days from `from` to `to`; negative if `to` is earlier.
int DaysBetween(CivilDate from, CivilDate to);

}  // namespace gongkai
