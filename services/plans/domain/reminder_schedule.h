// On which days a unit is reminded of what it owes.
//
//   {.days = {-7, -1, 1}, .repeat_days = 7}
//     → a week and a day before the due date, the day after it, and then every week
#pragma once

#include <optional>
#include <vector>

namespace gongkai::plans {

struct ReminderSchedule {
  std::vector<int> days;  // after the due date, before it negative; ascending
  int repeat_days = 0;    // after the last of `days` or the due date, whichever is later; 0: never
};

struct ReminderRuleSet {
  ReminderSchedule claim;
  ReminderSchedule filing;
  ReminderSchedule submission;
};

// What holds where nobody has set anything.
ReminderRuleSet DefaultReminderRules();

// The latest step `s` with `after` < `s` <= `through`, all in days after the due date.
std::optional<int> LatestStep(const ReminderSchedule& schedule, int after, int through);

// How many days before the due date the first step is; 0 if none is before it.
int LongestLead(const ReminderSchedule& schedule);

}  // namespace gongkai::plans
