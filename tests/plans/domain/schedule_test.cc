#include "services/plans/domain/schedule.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

DueRule Fixed(const char* date) { return {.kind = DueKind::kFixed, .date = ParseDate(date)}; }

DueRule Recurring(Cadence cadence, const char* date = "") {
  return {.kind = DueKind::kRecurring, .date = ParseDate(date), .cadence = cadence};
}

std::vector<std::string> Schedule(const DueRule& due, std::vector<DueRule> further = {}) {
  ParsedTask task;
  task.due = due;
  task.further_due = std::move(further);
  std::vector<std::string> lines;
  for (const auto& occurrence : ScheduleOccurrences(task, 2026)) {
    lines.push_back(occurrence.period + " " + FormatDate(occurrence.due));
  }
  return lines;
}

using Lines = std::vector<std::string>;

TEST(Schedule, AOneOffTaskHasOneOccurrence) {
  EXPECT_EQ(Schedule(Fixed("2026-06-30")), (Lines{"2026 2026-06-30"}));
}

TEST(Schedule, AMonthlyTaskHasTwelveEachDueOnTheLastDay) {
  const auto months = Schedule(Recurring(Cadence::kMonthly));
  ASSERT_EQ(months.size(), 12u);
  EXPECT_EQ(months[0], "2026-01 2026-01-31");
  EXPECT_EQ(months[1], "2026-02 2026-02-28");
  EXPECT_EQ(months[11], "2026-12 2026-12-31");
}

TEST(Schedule, ADayOfTheMonthHoldsForEveryPeriod) {
  const auto quarters = Schedule(Recurring(Cadence::kQuarterly, "2026-03-10"));
  EXPECT_EQ(quarters, (Lines{"2026-Q1 2026-03-10", "2026-Q2 2026-06-10", "2026-Q3 2026-09-10",
                             "2026-Q4 2026-12-10"}));
}

TEST(Schedule, ADayOfAPeriodsFirstMonthStaysInItsFirstMonth) {
  EXPECT_EQ(Schedule(Recurring(Cadence::kQuarterly, "2026-10-10")),
            (Lines{"2026-Q1 2026-01-10", "2026-Q2 2026-04-10", "2026-Q3 2026-07-10",
                   "2026-Q4 2026-10-10"}));
}

TEST(Schedule, DaysAfterThePeriodCanFallIntoTheNextYear) {
  DueRule rule = Recurring(Cadence::kQuarterly);
  rule.calendar_days = 10;
  EXPECT_EQ(Schedule(rule), (Lines{"2026-Q1 2026-04-10", "2026-Q2 2026-07-10", "2026-Q3 2026-10-10",
                                   "2026-Q4 2027-01-10"}));
}

TEST(Schedule, TheLastDayOfAMonthStaysTheLastDay) {
  EXPECT_EQ(Schedule(Recurring(Cadence::kHalfYearly, "2026-06-30")),
            (Lines{"2026-H1 2026-06-30", "2026-H2 2026-12-31"}));
}

TEST(Schedule, ADayThatAMonthDoesNotHaveIsItsLastDay) {
  const auto months = Schedule(Recurring(Cadence::kMonthly, "2026-01-30"));
  EXPECT_EQ(months[0], "2026-01 2026-01-30");
  EXPECT_EQ(months[1], "2026-02 2026-02-28");
  EXPECT_EQ(months[2], "2026-03 2026-03-30");
}

TEST(Schedule, AYearlyTaskIsDueOnItsDay) {
  EXPECT_EQ(Schedule(Recurring(Cadence::kYearly, "2026-06-30")), (Lines{"2026 2026-06-30"}));
  EXPECT_EQ(Schedule(Recurring(Cadence::kYearly)), (Lines{"2026 2026-12-31"}));
}

TEST(Schedule, OngoingWorkIsJudgedOncePerQuarter) {
  EXPECT_EQ(Schedule({.kind = DueKind::kOngoing}),
            (Lines{"2026-Q1 2026-03-31", "2026-Q2 2026-06-30", "2026-Q3 2026-09-30",
                   "2026-Q4 2026-12-31"}));
}

TEST(Schedule, ARelativeRuleHasNoOccurrenceBeforeItsEvent) {
  EXPECT_TRUE(Schedule({.kind = DueKind::kRelative, .working_days = 10}).empty());
}

TEST(Schedule, AnUnstatedDateIsAssumedToBeTheEndOfTheYear) {
  ParsedTask task;
  const auto schedule = ScheduleOccurrences(task, 2026);
  ASSERT_EQ(schedule.size(), 1u);
  EXPECT_EQ(FormatDate(schedule[0].due), "2026-12-31");
  EXPECT_TRUE(schedule[0].assumed);
}

TEST(Schedule, SeveralRulesAddUpByDueDate) {
  EXPECT_EQ(Schedule(Fixed("2026-12-31"), {Recurring(Cadence::kHalfYearly), Fixed("2026-12-31")}),
            (Lines{"2026-H1 2026-06-30", "2026 2026-12-31", "2026-H2 2026-12-31"}));
}

}  // namespace
}  // namespace gongkai::plans
