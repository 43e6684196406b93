#include "services/reporting/domain/period.h"

namespace gongkai::reporting {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;

CivilDate LastDayBefore(std::chrono::year_month month) {
  return CivilDate(sys_days(month / 1) - days(1));
}

bool Ends(CivilDate date, Step step) {
  switch (step) {
    case Step::kDay:
      return true;
    case Step::kWeek:
      return std::chrono::weekday(sys_days(date)) == std::chrono::Sunday;
    case Step::kMonth:
      return CivilDate(sys_days(date) + days(1)).day() == std::chrono::day(1);
  }
  return false;
}

}  // namespace

CivilDate ComparedDay(CivilDate date, Comparison comparison) {
  const auto month = date.year() / date.month();
  switch (comparison) {
    case Comparison::kPreviousMonth:
      return LastDayBefore(month);
    case Comparison::kPreviousQuarter:
      return LastDayBefore(month - months((unsigned{date.month()} - 1) % 3));
    case Comparison::kPreviousYear: {
      const auto earlier = date - std::chrono::years(1);
      return earlier.ok() ? earlier
                          : CivilDate(earlier.year() / earlier.month() / std::chrono::last);
    }
  }
  return date;
}

std::optional<std::vector<CivilDate>> StepDays(CivilDate from, CivilDate to, Step step,
                                               std::size_t most) {
  std::vector<CivilDate> ends;
  for (auto day = sys_days(from); day <= sys_days(to); day += days(1)) {
    const CivilDate date(day);
    if (!Ends(date, step) && date != to) continue;
    if (ends.size() == most) return std::nullopt;
    ends.push_back(date);
  }
  return ends;
}

}  // namespace gongkai::reporting
