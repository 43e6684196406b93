#include "services/plans/importer/date_scanner.h"

namespace gongkai::plans::importer {
namespace {

// A number in a range, with its unit behind it.
std::optional<unsigned> EatCounted(Scanner& at, int32_t most,
                                   std::initializer_list<TextView> unit) {
  const size_t start = at.position();
  const auto number = at.EatNumber();
  at.EatSpaces();
  if (number && *number >= 1 && *number <= most && at.EatAny(unit)) {
    return static_cast<unsigned>(*number);
  }
  at.MoveTo(start);
  return std::nullopt;
}

// The 一 of `一、三季度`, the 3 of `3、9月底`: the others are still to be read. Not the number of a
// sentence: `1、2月底前公布`.
std::optional<unsigned> EatListed(Scanner& at, int32_t most, TextView unit) {
  if (at.Before() != 0 && IsOneOf(at.Before(), U"。；;\n（(")) return std::nullopt;
  const size_t start = at.position();
  const auto first = at.EatNumber();
  const size_t end = at.position();
  Scanner rest = at;
  auto number = first;
  // No list is longer than what it counts.
  for (int32_t count = 1; count <= most && number && *number >= 1 && *number <= most; ++count) {
    if (count > 1 && rest.Eat(unit)) {
      at.MoveTo(end);
      return static_cast<unsigned>(*first);
    }
    if (!rest.EatAny({U"、", U"和", U"及"})) break;
    rest.Eat(U"第");
    number = rest.EatNumber();
  }
  at.MoveTo(start);
  return std::nullopt;
}

// `17:00`, `18时`, 下班, `（星期五）`.
void EatHour(Scanner& at) {
  constexpr size_t kLongestBracket = 6;
  if (!at.AtEnd() && IsOpenBracket(at.Peek())) {
    const TextView inside = at.rest().substr(1, kLongestBracket);
    const size_t close = inside.find_first_of(U"）)");
    const bool weekday = StartsWithAny(inside, Words{U"周", U"星期", U"礼拜"});
    if (weekday && close != TextView::npos) at.MoveTo(at.position() + close + 2);
  }
  if (at.EatAny({U"下班", U"中午"})) return;
  at.EatAny({U"上午", U"下午", U"晚"});
  const size_t start = at.position();
  if (!at.EatNumber()) return;
  if (at.EatAny({U":", U"："})) {
    at.EatNumber();
  } else if (!at.EatAny({U"时", U"点"})) {
    at.MoveTo(start);
  }
}

// What was made before a day is no deadline.
bool IsAttribute(TextView behind) {
  constexpr TextView kMade[] = {U"印发", U"制定", U"出台", U"发布", U"形成", U"公布", U"颁布",
                                U"产生", U"生成", U"成文", U"制发", U"施行", U"失效", U"到期",
                                U"受理", U"成立", U"登记", U"建成", U"竣工", U"签订"};
  if (behind.empty()) return false;
  if (IsOneOf(behind[0], U"的已")) return true;
  for (const TextView verb : kMade) {
    if (StartsWith(behind, verb)) return StartsWith(behind.substr(verb.size()), U"的");
  }
  return false;
}

}  // namespace

std::optional<CivilDate> DateOf(int32_t year, const DayOfYear& day) {
  if (year <= 0) return std::nullopt;
  const std::chrono::year_month month(std::chrono::year(year), std::chrono::month(day.month));
  const auto last = std::chrono::year_month_day(month / std::chrono::last);
  if (!day.day) return last;
  const CivilDate date = month / std::chrono::day(*day.day);
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<int32_t> EatYearOfDate(Scanner& at, int32_t plan_year) {
  if (at.EatAny({U"今年", U"本年度", U"本年", U"当年"})) return plan_year;
  if (at.EatAny({U"次年度", U"次年", U"明年", U"翌年", U"下一年度", U"下一年", U"下年度"})) {
    return plan_year > 0 ? plan_year + 1 : 0;
  }
  if (StartsWith(at.rest(), U"年内") && !IsHanNumeral(at.Before()) && !IsDigit(at.Before())) {
    return plan_year;
  }
  const size_t start = at.position();
  const auto year = at.EatYear();
  at.EatSpaces();
  if (year && at.Eat(U"年")) {
    at.EatSpaces();
    return year;
  }
  at.MoveTo(start);
  return std::nullopt;
}

std::optional<DayOfYear> EatMonthDay(Scanner& at) {
  if (IsDigit(at.Before())) return std::nullopt;
  const auto month = EatCounted(at, 12, {U"月份", U"月"});
  if (!month) {
    if (const auto listed = EatListed(at, 12, U"月")) return DayOfYear{.month = *listed};
    return std::nullopt;
  }
  at.EatSpaces();
  DayOfYear result{.month = *month};
  // 底 is the last day that the month has, and 31日 a mistake where it has none.
  if (at.EatAny({U"底", U"末", U"下旬", U"中下旬"})) return result;
  result.day = EatDayOfMonth(at);
  return result;
}

std::optional<unsigned> EatDayOfMonth(Scanner& at) {
  if (at.EatAny({U"底", U"末", U"下旬"})) return 31;
  if (at.Eat(U"中旬")) return 20;
  if (at.EatAny({U"上旬", U"初"})) return 10;
  return EatCounted(at, 31, {U"日", U"号"});
}

std::optional<DayOfYear> EatPartOfYear(Scanner& at) {
  const size_t start = at.position();
  std::optional<unsigned> month;
  if (at.EatAny({U"上半年", U"年中"})) {
    month = 6;
  } else if (at.Eat(U"下半年")) {
    month = 12;
  } else {
    at.Eat(U"第");
    auto quarter = EatCounted(at, 4, {U"季度"});
    if (!quarter) quarter = EatListed(at, 4, U"季度");
    if (!quarter) {
      at.MoveTo(start);
      return std::nullopt;
    }
    month = *quarter * 3;
  }
  at.EatAny({U"末", U"底", U"内"});
  return DayOfYear{.month = *month};
}

bool EatBefore(Scanner& at) {
  const size_t start = at.position();
  at.EatSpaces();
  EatHour(at);
  if (at.EatAny({U"之前", U"以前", U"前"}) && !IsAttribute(at.rest())) return true;
  at.MoveTo(start);
  return false;
}

std::optional<int32_t> EatCalendarDays(Scanner& at, int32_t number) {
  constexpr int32_t kHoursOfDay = 24;
  constexpr int32_t kMostDays = 366;
  if (number < 1 || number > kMostDays) return std::nullopt;
  if (at.EatAny({U"自然日", U"日历日", U"日", U"天"})) return number;
  if (at.EatAny({U"小时", U"钟头"})) return (number + kHoursOfDay - 1) / kHoursOfDay;
  if (at.EatAny({U"周", U"星期"})) return number * 7;
  return std::nullopt;
}

bool EatWithin(Scanner& at) { return at.EatAny({U"之内", U"以内", U"内"}); }

}  // namespace gongkai::plans::importer
