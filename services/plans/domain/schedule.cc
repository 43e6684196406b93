#include "services/plans/domain/schedule.h"

#include <algorithm>
#include <cstdio>

namespace gongkai::plans {
namespace {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;

CivilDate LastDay(int year, unsigned month_of_year) {
  return CivilDate(std::chrono::year(year) / month(month_of_year) / last);
}

int MonthsPerPeriod(Cadence cadence) {
  switch (cadence) {
    case Cadence::kMonthly:
      return 1;
    case Cadence::kQuarterly:
      return 3;
    case Cadence::kHalfYearly:
      return 6;
    case Cadence::kYearly:
      return 12;
  }
  return 12;
}

std::string PeriodName(int year, int months, int index) {
  char name[24];
  switch (months) {
    case 1:
      std::snprintf(name, sizeof name, "%04d-%02d", year, index);
      break;
    case 3:
      std::snprintf(name, sizeof name, "%04d-Q%d", year, index);
      break;
    case 6:
      std::snprintf(name, sizeof name, "%04d-H%d", year, index);
      break;
    default:
      std::snprintf(name, sizeof name, "%04d", year);
      break;
  }
  return name;
}

// A day that the rule names stands for the same day of each period, 10 October for the 10th of
// every quarter's first month; where a month is shorter, its last day.
CivilDate DueOfPeriod(const DueRule& rule, int year, int months, int index) {
  if (rule.date && months == 12) return *rule.date;
  if (!rule.date) {
    const std::chrono::sys_days end = LastDay(year, static_cast<unsigned>(months * index));
    return CivilDate(end + std::chrono::days(rule.calendar_days));
  }
  const int place = static_cast<int>(unsigned(rule.date->month()) - 1) % months;
  const auto end = LastDay(year, static_cast<unsigned>(months * (index - 1) + place + 1));
  if (rule.date->day() >= end.day() ||
      CivilDate(rule.date->year() / rule.date->month() / last) == *rule.date) {
    return end;
  }
  return CivilDate(end.year(), end.month(), rule.date->day());
}

void AppendPeriods(const DueRule& rule, int year, int months,
                   std::vector<ScheduledOccurrence>& schedule) {
  for (int index = 1; index <= 12 / months; ++index) {
    schedule.push_back({PeriodName(year, months, index), DueOfPeriod(rule, year, months, index),
                        rule.kind, rule.assumed});
  }
}

void AppendRule(const DueRule& rule, int year, std::vector<ScheduledOccurrence>& schedule) {
  switch (rule.kind) {
    case DueKind::kRecurring:
      AppendPeriods(rule, year, MonthsPerPeriod(rule.cadence.value_or(Cadence::kYearly)), schedule);
      return;
    case DueKind::kOngoing:
      AppendPeriods(rule, year, 3, schedule);
      return;
    case DueKind::kRelative:
      return;
    case DueKind::kFixed:
    case DueKind::kUnstated:
      schedule.push_back({PeriodName(year, 12, 1), rule.date.value_or(LastDay(year, 12)), rule.kind,
                          rule.assumed || !rule.date});
      return;
  }
}

}  // namespace

std::string_view Label(DueKind kind) {
  switch (kind) {
    case DueKind::kFixed:
      return "FIXED";
    case DueKind::kRecurring:
      return "RECURRING";
    case DueKind::kOngoing:
      return "ONGOING";
    case DueKind::kRelative:
      return "RELATIVE";
    case DueKind::kUnstated:
      return "UNSTATED";
  }
  return "UNSTATED";
}

std::optional<DueKind> DueKindOf(std::string_view label) {
  for (auto kind : {DueKind::kFixed, DueKind::kRecurring, DueKind::kOngoing, DueKind::kRelative,
                    DueKind::kUnstated}) {
    if (Label(kind) == label) return kind;
  }
  return std::nullopt;
}

std::vector<ScheduledOccurrence> ScheduleOccurrences(const ParsedTask& task, int year) {
  std::vector<ScheduledOccurrence> schedule;
  AppendRule(task.due, year, schedule);
  for (const auto& rule : task.further_due) AppendRule(rule, year, schedule);
  std::stable_sort(schedule.begin(), schedule.end(),
                   [](const auto& a, const auto& b) { return a.due < b.due; });
  std::vector<ScheduledOccurrence> distinct;
  for (const auto& occurrence : schedule) {
    const bool seen = std::any_of(distinct.begin(), distinct.end(), [&](const auto& earlier) {
      return earlier.period == occurrence.period && earlier.due == occurrence.due &&
             (earlier.kind == DueKind::kOngoing) == (occurrence.kind == DueKind::kOngoing);
    });
    if (!seen) distinct.push_back(occurrence);
  }
  return distinct;
}

}  // namespace gongkai::plans
