#include "services/plans/domain/working_days.h"

#include <gtest/gtest.h>

#include "services/plans/calendar/calendar_table.h"

namespace gongkai::plans {
namespace {

CivilDate Day(const char* iso) { return *ParseDate(iso); }

const WorkingDays& Known() {
  static const WorkingDays days(CalendarTable());
  return days;
}

std::string After(const char* day_zero, int count) {
  const auto day = Known().After(Day(day_zero), count);
  return day ? FormatDate(*day) : day.error().reason;
}

TEST(WorkingDays, TheDayOfTheEventIsDayZero) {
  EXPECT_EQ(After("2026-03-02", 0), "2026-03-02");
  EXPECT_EQ(After("2026-03-02", 1), "2026-03-03");
  EXPECT_EQ(After("2026-03-07", 1), "2026-03-09");
}

TEST(WorkingDays, WeekendsAndHolidaysAreNotCounted) {
  EXPECT_EQ(After("2026-03-06", 5), "2026-03-13");
  EXPECT_EQ(After("2026-09-30", 1), "2026-10-08");
}

TEST(WorkingDays, MakeUpDaysAreCounted) {
  EXPECT_TRUE(*Known().IsWorkingDay(Day("2026-02-14")));
  EXPECT_EQ(After("2026-02-13", 1), "2026-02-14");
  EXPECT_EQ(After("2026-02-14", 1), "2026-02-24");
}

TEST(WorkingDays, LateDecemberIsAnnouncedByTheNextYear) {
  EXPECT_TRUE(*Known().IsWorkingDay(Day("2018-12-29")));
  EXPECT_FALSE(*Known().IsWorkingDay(Day("2018-12-31")));
  EXPECT_FALSE(*Known().IsWorkingDay(Day("2022-12-31")));
}

TEST(WorkingDays, AYearWithoutDataIsUnknownAndNotGuessed) {
  const auto before = Known().IsWorkingDay(Day("2016-06-01"));
  ASSERT_FALSE(before);
  EXPECT_EQ(before.error().reason, "CALENDAR_UNKNOWN");
  EXPECT_EQ(before.error().metadata.at("year"), "2016");
  EXPECT_EQ(After("2026-12-24", 0), "2026-12-24");
  const auto end = Known().After(Day("2026-12-24"), 1);
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().metadata.at("year"), "2027");
  EXPECT_EQ(end.error().metadata.at("date"), "2026-12-25");
}

TEST(WorkingDays, AreCountedBetweenTwoDays) {
  EXPECT_EQ(*Known().Between(Day("2026-03-02"), Day("2026-03-02")), 0);
  EXPECT_EQ(*Known().Between(Day("2026-03-06"), Day("2026-03-13")), 5);
  EXPECT_EQ(*Known().Between(Day("2026-03-13"), Day("2026-03-06")), 0);
}

TEST(CalendarTable, HasTheYearsWithTheirNoticesAndOnlyWeekendsAreMadeUp) {
  const auto years = CalendarTable();
  ASSERT_EQ(years.size(), 10u);
  for (std::size_t i = 0; i < years.size(); ++i) {
    EXPECT_EQ(years[i].year, 2017 + static_cast<int>(i));
    ASSERT_FALSE(years[i].notices.empty());
    EXPECT_NE(years[i].notices[0].find("gov.cn"), std::string::npos);
    EXPECT_GE(years[i].days_off.size(), 20u);
    for (const auto& day : years[i].make_up_days) {
      EXPECT_GE(std::chrono::weekday(std::chrono::sys_days(day)).iso_encoding(), 6u);
    }
  }
}

// 250 working days a year on the whole: what the law counts with (52 weekends, 11 to 13 holidays).
TEST(CalendarTable, LeavesAboutTwoHundredAndFiftyWorkingDays) {
  for (int year = 2018; year <= 2025; ++year) {
    const auto from = CivilDate(std::chrono::year(year - 1) / 12 / 31);
    const auto count = Known().Between(from, CivilDate(std::chrono::year(year) / 12 / 31));
    ASSERT_TRUE(count) << count.error().message;
    EXPECT_GE(*count, 247) << year;
    EXPECT_LE(*count, 251) << year;
  }
}

}  // namespace
}  // namespace gongkai::plans
