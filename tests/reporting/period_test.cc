#include "services/reporting/domain/period.h"

#include <gtest/gtest.h>

#include <string>

namespace gongkai::reporting {
namespace {

std::string Compared(const char* date, Comparison comparison) {
  return FormatDate(ComparedDay(*ParseDate(date), comparison));
}

std::string Days(const char* from, const char* to, Step step) {
  std::string text;
  const auto days = StepDays(*ParseDate(from), *ParseDate(to), step, 40);
  for (const auto day : days.value_or(std::vector<CivilDate>())) text += FormatDate(day) + " ";
  return text;
}

TEST(ComparedDay, IsTheEndOfThePreviousPeriodOrTheSameDayOfThePreviousYear) {
  const struct {
    const char* date;
    const char* month;
    const char* quarter;
    const char* year;
  } rows[] = {{"2026-05-17", "2026-04-30", "2026-03-31", "2025-05-17"},
              {"2026-01-01", "2025-12-31", "2025-12-31", "2025-01-01"},
              {"2026-12-31", "2026-11-30", "2026-09-30", "2025-12-31"},
              {"2024-02-29", "2024-01-31", "2023-12-31", "2023-02-28"},
              {"2024-03-31", "2024-02-29", "2023-12-31", "2023-03-31"}};
  for (const auto& row : rows) {
    EXPECT_EQ(Compared(row.date, Comparison::kPreviousMonth), row.month) << row.date;
    EXPECT_EQ(Compared(row.date, Comparison::kPreviousQuarter), row.quarter) << row.date;
    EXPECT_EQ(Compared(row.date, Comparison::kPreviousYear), row.year) << row.date;
  }
}

TEST(StepDays, EndOnSundaysOrLastDaysOfMonthsAndWithTheLastDay) {
  EXPECT_EQ(Days("2026-05-01", "2026-05-03", Step::kDay), "2026-05-01 2026-05-02 2026-05-03 ");
  EXPECT_EQ(Days("2026-05-01", "2026-05-12", Step::kWeek), "2026-05-03 2026-05-10 2026-05-12 ");
  EXPECT_EQ(Days("2026-01-31", "2026-03-30", Step::kMonth), "2026-01-31 2026-02-28 2026-03-30 ");
  EXPECT_EQ(Days("2026-05-31", "2026-05-31", Step::kMonth), "2026-05-31 ");
}

TEST(StepDays, AreRefusedWhereTheyAreTooMany) {
  EXPECT_TRUE(StepDays(*ParseDate("2026-01-01"), *ParseDate("2026-01-10"), Step::kDay, 10));
  EXPECT_FALSE(StepDays(*ParseDate("2026-01-01"), *ParseDate("2026-01-11"), Step::kDay, 10));
}

}  // namespace
}  // namespace gongkai::reporting
