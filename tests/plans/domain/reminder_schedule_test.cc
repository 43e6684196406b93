#include "services/plans/domain/reminder_schedule.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

// The steps that fall on the days from `first` to `last`, one day looked at after the other.
std::vector<int> StepsOn(const ReminderSchedule& schedule, int first, int last) {
  std::vector<int> steps;
  for (int day = first; day <= last; ++day) {
    if (const auto step = LatestStep(schedule, day - 1, day)) steps.push_back(*step);
  }
  return steps;
}

using Steps = std::vector<int>;

TEST(ReminderSchedule, RemindsAWeekAndADayBeforeADayAfterAndThenEveryWeek) {
  EXPECT_EQ(StepsOn(DefaultReminderRules().submission, -30, 25), (Steps{-7, -1, 1, 8, 15, 22}));
}

TEST(ReminderSchedule, RemindsOfTheClaimTwoDaysBeforeItsDeadline) {
  EXPECT_EQ(StepsOn(DefaultReminderRules().claim, -30, 10), (Steps{-2, 1, 8}));
}

TEST(ReminderSchedule, GivesWhoStayedAwayTheLatestStepOnly) {
  const auto schedule = DefaultReminderRules().submission;
  EXPECT_EQ(LatestStep(schedule, -10, 0), -1);
  EXPECT_EQ(LatestStep(schedule, -10, 30), 29);
  EXPECT_EQ(LatestStep(schedule, -1, 0), std::nullopt);
}

TEST(ReminderSchedule, RepeatsFromTheDueDateWhereAllStepsAreBeforeIt) {
  EXPECT_EQ(StepsOn({.days = {-3}, .repeat_days = 10}, -10, 25), (Steps{-3, 10, 20}));
  EXPECT_EQ(StepsOn({.days = {}, .repeat_days = 10}, -10, 25), (Steps{10, 20}));
}

TEST(ReminderSchedule, WithoutStepsRemindsNever) {
  EXPECT_EQ(StepsOn({}, -400, 400), Steps{});
  EXPECT_EQ(StepsOn({.days = {5}}, -400, 400), Steps{5});
}

TEST(ReminderSchedule, LeadsByItsFirstStep) {
  EXPECT_EQ(LongestLead(DefaultReminderRules().submission), 7);
  EXPECT_EQ(LongestLead({.days = {2, 5}}), 0);
  EXPECT_EQ(LongestLead({}), 0);
}

}  // namespace
}  // namespace gongkai::plans
