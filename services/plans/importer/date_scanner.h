// Days of a year as plans write them: `6月底`, `12月中旬`, `第三季度`, `次年1月31日`.
#pragma once

#include <cstdint>
#include <optional>

#include "services/common/time/civil_date.h"
#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {

// A day, of which the year is said elsewhere.
struct DayOfYear {
  unsigned month = 12;
  std::optional<unsigned> day;  // nothing: the end of the month
};

// Nothing for a day that the month does not have, and for year 0.
std::optional<CivilDate> DateOf(int32_t year, const DayOfYear& day);

// Each moves behind what it names, or stays where it is and answers with nothing.

// The year with its 年, or one told by a word: `2023年`, 今年, 次年. `2023年年底` leaves 年底 to be
// read. Words tell nothing where `plan_year` is 0, and the answer is 0.
std::optional<int32_t> EatYearOfDate(Scanner& at, int32_t plan_year);

// `6月底`, `8月5日`, `12月`, `9月中旬`; 上旬 is until the 10th and 中旬 until the 20th.
std::optional<DayOfYear> EatMonthDay(Scanner& at);

// 上半年, 第三季度, 一季度末, 年中: the last day of it.
std::optional<DayOfYear> EatPartOfYear(Scanner& at);

// A day of a month that was named before: `10日`, 底, 中旬; 31 stands for the end.
std::optional<unsigned> EatDayOfMonth(Scanner& at);

// What a number in front of this place counts, in days of the calendar: 日, 小时 (rounded up), 周.
// Nothing for more than a year.
std::optional<int32_t> EatCalendarDays(Scanner& at, int32_t number);

// 内 in its forms.
bool EatWithin(Scanner& at);

// 前 in its forms, with an hour in front of it: `（周五）前`, `17:00前`, 下班前. Not where it makes
// an attribute: `5月1日前的文件`, `6月底前印发的文件`, `年底前已公开`.
bool EatBefore(Scanner& at);

}  // namespace gongkai::plans::importer
