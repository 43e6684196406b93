// Working days by the State Council's yearly notices: weekends and holidays are off, make-up days
// (调休) are worked.
//
//   WorkingDays days({notice of 2026});
//   days.After(2026-02-13, 1) → 2026-02-14, a Saturday that is worked before the Spring Festival
//
// Day 0 is the day of the event itself, whether it is worked or not.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/common/status/error.h"
#include "services/common/time/civil_date.h"

namespace gongkai::plans {

// What the notice of one year says. Its New Year's holiday can reach into the December before.
struct CalendarYear {
  int year = 0;
  std::vector<std::string> notices;     // addresses of the notice and of those that changed it
  std::vector<CivilDate> days_off;      // weekends may be among them
  std::vector<CivilDate> make_up_days;  // Saturdays and Sundays that are worked
  bool operator==(const CalendarYear&) const = default;
};

// "2026-02-14 2026-02-28" → both; what is no date is left out.
std::vector<CivilDate> ParseDates(const std::string& list);

// The first day that the notice of `year` may speak of: 25 December of the year before.
CivilDate FirstDayOfNotice(int year);

// Immutable. A day is known when the notice of its year is there; from 25 December on, the notice
// of the next year too, for it can still change the day. What is not known is FAILED_PRECONDITION
// with reason CALENDAR_UNKNOWN; metadata `year` names the missing notice.
class WorkingDays {
 public:
  // A year that is given twice counts as given last.
  explicit WorkingDays(const std::vector<CalendarYear>& years);

  Result<bool> IsWorkingDay(CivilDate day) const;
  // The last of `count` working days after day 0; day 0 itself for 0.
  Result<CivilDate> After(CivilDate day_zero, int count) const;
  // How many working days lie after `day_zero` up to and including `day`; 0 if it is not later.
  Result<int> Between(CivilDate day_zero, CivilDate day) const;

 private:
  std::map<int, std::map<CivilDate, bool>> notices_;  // by year: exceptions, true where worked
};

}  // namespace gongkai::plans
