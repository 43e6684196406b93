#include "services/plans/importer/recurring_scanner.h"

#include "services/plans/importer/date_scanner.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kAlso[] = {U"、", U"和", U"及"};

class RecurringScanner {
 public:
  RecurringScanner(const Scanner& from, int32_t plan_year, DueStrictness strictness)
      : scanner_(from), start_(from.position()), plan_year_(plan_year), strictness_(strictness) {}

  std::optional<DueMatch> Match() {
    const auto cadence = EatCadence();
    if (!cadence) return MatchNextMonth();
    DueRule rule{.kind = DueKind::kRecurring, .cadence = cadence};
    const size_t bare_end = scanner_.position();
    if (const auto days = EatDaysAfterPeriod()) {
      rule.calendar_days = *days;
      return Finish(std::move(rule));
    }
    scanner_.MoveTo(bare_end);
    if (auto day = EatDayOfPeriod(*cadence);
        day && (EatBefore(scanner_) || EatWithin(scanner_) || InColumn() ||
                BeginsDates(scanner_.rest()) || BeginsDays())) {
      rule.date = DateOf(plan_year_, *day);
    } else {
      scanner_.MoveTo(bare_end);
    }
    DueMatch match = Finish(std::move(rule));
    match.bare_year = *cadence == Cadence::kYearly && !match.rule.date;
    return match;
  }

 private:
  bool InColumn() const { return strictness_ == DueStrictness::kDeadlineColumn; }

  DueMatch Finish(DueRule rule) const {
    const TextView text = scanner_.Since(start_);
    rule.text = EncodeUtf8(text);
    return {.rule = std::move(rule), .length = text.size()};
  }

  std::optional<Cadence> EatCadence() {
    if (scanner_.EatAny({U"每半年", U"按半年", U"每半个年度", U"每学期", U"每个学期"})) {
      return Cadence::kHalfYearly;
    }
    if (scanner_.EatAny({U"每个年度", U"每年度", U"每年", U"每学年", U"按年度", U"按年"})) {
      // 按年龄 is no year.
      if (StartsWithAny(scanner_.rest(), Words{U"龄", U"代", U"级"})) return std::nullopt;
      return Cadence::kYearly;
    }
    if (scanner_.EatAny({U"每个季度", U"每季度", U"每季", U"按季度", U"按季", U"逐季"})) {
      return scanner_.Peek() == U'节' ? std::nullopt : std::optional(Cadence::kQuarterly);
    }
    if (scanner_.EatAny({U"每个月", U"每月", U"按月度", U"按月", U"逐月"})) {
      return Cadence::kMonthly;
    }
    if (!InColumn()) return std::nullopt;
    if (scanner_.EatAny({U"月度", U"月报"})) return Cadence::kMonthly;
    if (scanner_.EatAny({U"季度", U"季报"})) return Cadence::kQuarterly;
    if (scanner_.EatAny({U"半年"})) return Cadence::kHalfYearly;
    if (start_ == 0 && scanner_.rest() == U"年度" && scanner_.Eat(U"年度")) {
      return Cadence::kYearly;
    }
    return std::nullopt;
  }

  // `结束后10日内`, `次月10日前` behind a cadence. Working days need a calendar and stay unread.
  std::optional<int32_t> EatDaysAfterPeriod() {
    scanner_.EatAny({U"的", U"，", U"："});
    if (scanner_.EatAny({U"结束后", U"终了后", U"末后", U"过后", U"后"})) {
      scanner_.EatAny({U"的"});
      const auto number = scanner_.EatNumber();
      const auto days = number ? EatCalendarDays(scanner_, *number) : std::nullopt;
      return days && EatWithin(scanner_) ? days : std::nullopt;
    }
    return EatDayOfNextMonth();
  }

  // The month behind the period: 次月, 下季度首月.
  std::optional<int32_t> EatDayOfNextMonth() {
    if (scanner_.EatAny({U"次季度", U"下季度", U"下一季度", U"下个季度"})) {
      scanner_.EatAny({U"的"});
      if (!scanner_.EatAny({U"首月", U"首个月", U"第一个月"})) return std::nullopt;
    } else if (!scanner_.EatAny({U"次月", U"下月", U"下个月", U"下一个月"})) {
      return std::nullopt;
    }
    scanner_.EatAny({U"的", U"初"});
    constexpr unsigned kEndOfMonth = 31;
    const auto day = EatDayOfMonth(scanner_);
    if (!day || *day == kEndOfMonth) return std::nullopt;
    if (!EatBefore(scanner_) && !EatWithin(scanner_) && !InColumn()) return std::nullopt;
    return static_cast<int32_t>(*day);
  }

  // `次月10日前` without a cadence in front of it.
  std::optional<DueMatch> MatchNextMonth() {
    scanner_.MoveTo(start_);
    const bool of_quarter = Contains(scanner_.rest().substr(0, 4), U"季度");
    const auto days = EatDayOfNextMonth();
    if (!days) return std::nullopt;
    return Finish({.kind = DueKind::kRecurring,
                   .cadence = of_quarter ? Cadence::kQuarterly : Cadence::kMonthly,
                   .calendar_days = *days});
  }

  // The last such day of the year: 每月10日 is 10 December, 每年6月底 is 30 June, 每季度首月10日
  // is 10 October.
  std::optional<DayOfYear> EatDayOfPeriod(Cadence cadence) {
    scanner_.EatAny({U"的"});
    if (cadence == Cadence::kYearly) {
      if (scanner_.EatAny({U"年底", U"年末", U"底", U"末"})) return DayOfYear{};
      if (auto part = EatPartOfYear(scanner_)) return part;
      return EatMonthDay(scanner_);
    }
    if (cadence == Cadence::kMonthly) return EatDayIn(12);
    if (scanner_.EatAny({U"首月", U"首个月", U"第一个月", U"第1个月"})) return EatDayIn(10);
    if (scanner_.EatAny({U"末月", U"最后一个月", U"第三个月", U"第3个月"})) return EatDayIn(12);
    if (scanner_.EatAny({U"月底", U"月末", U"季末", U"底", U"末"})) return DayOfYear{};
    return std::nullopt;
  }

  std::optional<DayOfYear> EatDayIn(unsigned month) {
    scanner_.EatAny({U"的"});
    if (scanner_.EatAny({U"月底", U"月末", U"底", U"末", U"下旬"})) return DayOfYear{month, {}};
    // `每月初5日内` names the day.
    const TextView rest = scanner_.rest();
    if (StartsWith(rest, U"初") && rest.size() > 1 && IsDigit(rest[1])) scanner_.Eat(U"初");
    const auto day = EatDayOfMonth(scanner_);
    return day ? std::optional(DayOfYear{month, day}) : std::nullopt;
  }

  // `每月5日、20日前`.
  bool BeginsDays() const {
    if (!StartsWithAny(scanner_.rest(), kAlso)) return false;
    Scanner at(scanner_.rest(), 1);
    return EatDayOfMonth(at) && (EatBefore(at) || (!at.AtEnd() && IsOneOf(at.Peek(), U"、和及")));
  }

  Scanner scanner_;
  size_t start_;
  int32_t plan_year_;
  DueStrictness strictness_;
};

}  // namespace

std::optional<DueMatch> MatchRecurring(const Scanner& from, int32_t plan_year,
                                       DueStrictness strictness) {
  return RecurringScanner(from, plan_year, strictness).Match();
}

std::optional<DueMatch> MatchFurtherDay(TextView text, size_t at, int32_t plan_year) {
  if (!StartsWithAny(text.substr(at), kAlso)) return std::nullopt;
  Scanner scanner(text, at + 1);
  const auto day = EatDayOfMonth(scanner);
  if (!day) return std::nullopt;
  EatBefore(scanner);
  return DueMatch{.rule = {.text = EncodeUtf8(scanner.Since(at + 1)),
                           .kind = DueKind::kRecurring,
                           .date = DateOf(plan_year, {.month = 12, .day = day}),
                           .cadence = Cadence::kMonthly},
                  .length = scanner.position() - at};
}

bool BeginsDates(TextView text) {
  constexpr size_t kLongestList = 16;
  const TextView rest = text.substr(0, kLongestList);
  if (rest.empty() || !IsOneOf(rest[0], U"、和及")) return false;
  const size_t end = rest.find(U'前');
  return end != TextView::npos && Contains(rest.substr(0, end), U"月") &&
         rest.substr(0, end).find_first_of(U"，。；") == TextView::npos;
}

}  // namespace gongkai::plans::importer
