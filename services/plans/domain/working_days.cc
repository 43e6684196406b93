#include "services/plans/domain/working_days.h"

#include <optional>
#include <sstream>

namespace gongkai::plans {
namespace {

using std::chrono::sys_days;

CivilDate NextDay(CivilDate day) { return CivilDate(sys_days(day) + std::chrono::days(1)); }

bool IsWeekend(CivilDate day) { return std::chrono::weekday(sys_days(day)).iso_encoding() >= 6; }

Error CalendarUnknown(CivilDate day, int year) {
  const auto missing = std::to_string(year);
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "CALENDAR_UNKNOWN",
          .message = "whether " + FormatDate(day) + " is worked is not known: load the calendar " +
                     "of " + missing + " with LoadCalendar",
          .message_zh = "尚未载入" + missing + "年的节假日安排，无法计算工作日",
          .metadata = {{"date", FormatDate(day)}, {"year", missing}}};
}

}  // namespace

std::vector<CivilDate> ParseDates(const std::string& list) {
  std::vector<CivilDate> dates;
  std::istringstream words(list);
  for (std::string word; words >> word;) {
    if (const auto date = ParseDate(word)) dates.push_back(*date);
  }
  return dates;
}

CivilDate FirstDayOfNotice(int year) {
  return CivilDate(std::chrono::year(year - 1), std::chrono::December, std::chrono::day(25));
}

WorkingDays::WorkingDays(const std::vector<CalendarYear>& years) {
  for (const auto& year : years) {
    auto& exceptions = notices_[year.year] = {};
    for (const auto& day : year.days_off) exceptions[day] = false;
    for (const auto& day : year.make_up_days) exceptions[day] = true;
  }
}

Result<bool> WorkingDays::IsWorkingDay(CivilDate day) const {
  const int year = static_cast<int>(day.year());
  std::optional<bool> exception;
  for (int notice = year; notice <= year + 1; ++notice) {
    if (notice > year && day < FirstDayOfNotice(notice)) break;
    const auto found = notices_.find(notice);
    if (found == notices_.end()) return Fail(CalendarUnknown(day, notice));
    // The later notice has the last word.
    const auto named = found->second.find(day);
    if (named != found->second.end()) exception = named->second;
  }
  return exception.value_or(!IsWeekend(day));
}

Result<CivilDate> WorkingDays::After(CivilDate day_zero, int count) const {
  auto day = day_zero;
  while (count > 0) {
    day = NextDay(day);
    const auto worked = IsWorkingDay(day);
    if (!worked) return Fail(worked.error());
    count -= *worked;
  }
  return day;
}

Result<int> WorkingDays::Between(CivilDate day_zero, CivilDate day) const {
  int count = 0;
  for (auto next = day_zero; next < day;) {
    next = NextDay(next);
    const auto worked = IsWorkingDay(next);
    if (!worked) return Fail(worked.error());
    count += *worked;
  }
  return count;
}

}  // namespace gongkai::plans
