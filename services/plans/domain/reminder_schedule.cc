#include "services/plans/domain/reminder_schedule.h"

#include <algorithm>

namespace gongkai::plans {
namespace {

// The latest repetition up to `through`; nothing before the first one.
std::optional<int> LatestRepetition(const ReminderSchedule& schedule, int through) {
  const int start = schedule.days.empty() ? 0 : std::max(0, schedule.days.back());
  if (schedule.repeat_days == 0 || through < start + schedule.repeat_days) return std::nullopt;
  return through - (through - start) % schedule.repeat_days;
}

}  // namespace

ReminderRuleSet DefaultReminderRules() {
  return {.claim = {.days = {-2, 1}, .repeat_days = 7},
          .filing = {.days = {-2, 1}, .repeat_days = 7},
          .submission = {.days = {-7, -1, 1}, .repeat_days = 7}};
}

std::optional<int> LatestStep(const ReminderSchedule& schedule, int after, int through) {
  auto latest = LatestRepetition(schedule, through);
  for (int day : schedule.days) {
    if (day <= through && (!latest || day > *latest)) latest = day;
  }
  return latest && *latest > after ? latest : std::nullopt;
}

int LongestLead(const ReminderSchedule& schedule) {
  return schedule.days.empty() ? 0 : std::max(0, -schedule.days.front());
}

}  // namespace gongkai::plans
