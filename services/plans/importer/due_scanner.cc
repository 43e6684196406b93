#include "services/plans/importer/due_scanner.h"

#include "services/plans/importer/date_scanner.h"
#include "services/plans/importer/recurring_scanner.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kRangeMarks = U"-—－–~～至到";

class DueScanner {
 public:
  DueScanner(TextView text, size_t at, DueYears years, DueStrictness strictness)
      : scanner_(text, at),
        start_(at),
        plan_year_(years.plan),
        year_(years.named > 0 ? years.named : years.plan),
        strictness_(strictness) {}

  std::optional<DueMatch> Match() {
    if (auto match = MatchRelative()) return match;
    scanner_.MoveTo(start_);
    if (auto match = MatchRecurring(scanner_, plan_year_, strictness_)) return match;
    if (InColumn()) {
      if (auto match = MatchNumericDate()) return match;
      scanner_.MoveTo(start_);
    }
    return MatchFixed();
  }

 private:
  bool InColumn() const { return strictness_ == DueStrictness::kDeadlineColumn; }
  TextView Behind() const { return scanner_.rest(); }
  TextView Ahead() const { return Scanner(scanner_).Since(0).substr(0, start_); }

  DueMatch Finish(DueRule rule) const {
    const TextView text = scanner_.Since(start_);
    rule.text = EncodeUtf8(text);
    return {.rule = std::move(rule), .length = text.size()};
  }

  std::optional<DueMatch> MatchRelative() {
    if (IsDigit(scanner_.Before()) || IsHanNumeral(scanner_.Before())) return std::nullopt;
    // `办理时限压缩至3个工作日以内`: how long it may take, and no deadline.
    constexpr TextView kLimits[] = {U"压缩至", U"压缩到", U"压减至", U"压减到",
                                    U"缩短至", U"缩短到", U"控制在", U"不超过",
                                    U"降至",   U"提前",   U"缩减至", U"限定在"};
    if (EndsWithAny(Ahead(), kLimits)) return std::nullopt;
    const auto number = scanner_.EatNumber();
    if (!number || *number < 1) return std::nullopt;
    scanner_.Eat(U"个");
    if (scanner_.Eat(U"工作日")) {
      if (!EatWithin(scanner_) && (!InColumn() || StartsWith(Behind(), U"前"))) return std::nullopt;
      return Finish({.kind = DueKind::kRelative, .working_days = *number});
    }
    // Not the 20日 of 6月20日, nor 7×24小时.
    if (!Ahead().empty() && IsOneOf(Ahead().back(), U"月第×*xX.．")) return std::nullopt;
    const auto days = EatCalendarDays(scanner_, *number);
    if (!days || !EatWithin(scanner_)) return std::nullopt;
    return Finish({.kind = DueKind::kRelative, .calendar_days = *days});
  }

  std::optional<DueMatch> MatchFixed() {
    const bool in_range = EndsRange();
    const auto year = EatYearOfDate(scanner_, year_);
    if (year && InColumn()) SkipBeginOfRange();
    std::optional<DayOfYear> day;
    bool is_deadline = InColumn();
    bool bare_year = false;
    if (year && scanner_.EatAny({U"年内", U"内"})) {
      day = DayOfYear{};
      is_deadline = true;
      bare_year = true;
    } else if (scanner_.EatAny({U"年底", U"年末", U"年终"}) ||
               (year && scanner_.EatAny({U"底", U"末", U"终"}))) {
      day = DayOfYear{};
    } else if ((day = EatPartOfYear(scanner_))) {
      is_deadline = is_deadline || EndsWith(scanner_.Since(start_), U"内");
    } else if ((day = EatMonthDay(scanner_))) {
      if (InColumn() && day->day) EatEndOfDays(*day);
    } else {
      if (!year || !(InColumn() || IsGoalYear())) return std::nullopt;
      day = DayOfYear{};
      is_deadline = true;
      bare_year = InColumn();
    }
    is_deadline = EatBefore(scanner_) || is_deadline || SaysDeadline();
    const int32_t of_year = year ? *year : year_;
    const auto date = DateOf(of_year, *day);
    if (!is_deadline || (of_year > 0 && !date)) return std::nullopt;
    DueMatch match =
        Finish(date ? DueRule{.kind = DueKind::kFixed, .date = date} : UnstatedDue(of_year, ""));
    match.continues_range = in_range && InColumn();
    match.bare_year = bare_year;
    match.named_year = year.value_or(0);
    match.is_past = !InColumn() && of_year > 0 && of_year < plan_year_;
    return match;
  }

  // `9月20日至30日`: the last of the days.
  void EatEndOfDays(DayOfYear& day) {
    const size_t start = scanner_.position();
    if (scanner_.AtEnd() || !IsOneOf(scanner_.Peek(), kRangeMarks)) return;
    scanner_.MoveTo(start + 1);
    if (const auto last = EatDayOfMonth(scanner_)) {
      day.day = last;
    } else {
      scanner_.MoveTo(start);
    }
  }

  // `2023年3-10月`: the range ends in the same year.
  void SkipBeginOfRange() {
    const size_t start = scanner_.position();
    scanner_.EatNumber();
    scanner_.Eat(U"月");
    const char32_t mark = scanner_.Peek();
    if (scanner_.position() > start && mark != 0 && IsOneOf(mark, kRangeMarks)) {
      scanner_.MoveTo(scanner_.position() + 1);
      const size_t end = scanner_.position();
      if (EatMonthDay(scanner_)) {
        scanner_.MoveTo(end);
        return;
      }
    }
    scanner_.MoveTo(start);
  }

  // Whether the date here ends a range: `1月至6月`, `2023.1-2023.6`.
  bool EndsRange() const {
    return scanner_.Before() != 0 && IsOneOf(scanner_.Before(), kRangeMarks);
  }

  // `2023-12-31`, `2023.6`, and `6.30前` without a year.
  std::optional<DueMatch> MatchNumericDate() {
    const bool in_range = EndsRange();
    const auto year = scanner_.EatYear();
    if (year && !EatPoint()) return std::nullopt;
    if (!year && (IsDigit(scanner_.Before()) || IsOneOf(scanner_.Before(), U".-/．"))) {
      return std::nullopt;
    }
    const auto month = scanner_.EatNumber();
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    DayOfYear day{.month = static_cast<unsigned>(*month)};
    const size_t month_end = scanner_.position();
    if (EatPoint()) {
      const auto number = scanner_.EatNumber();
      // `2023.1-2023.6`: what follows is the end of a range and no day.
      if (number && *number >= 1 && *number <= 31) {
        day.day = static_cast<unsigned>(*number);
      } else {
        scanner_.MoveTo(month_end);
      }
    }
    const bool before = EatBefore(scanner_);
    if (!year && !(before && day.day)) return std::nullopt;
    const auto date = DateOf(year.value_or(year_), day);
    if (!date) return std::nullopt;
    DueMatch match = Finish({.kind = DueKind::kFixed, .date = date});
    match.continues_range = in_range;
    match.named_year = year.value_or(0);
    return match;
  }

  bool EatPoint() { return scanner_.EatAny({U".", U"-", U"/", U"．"}); }

  // `到2025年，基本建成`.
  bool IsGoalYear() const {
    const bool goal = EndsWith(Ahead(), U"到") && !EndsWithAny(Ahead(), Words{U"提到", U"高到"});
    return goal && StartsWithAny(Behind(), Words{U"，", U",", U"基本", U"全面", U"实现", U"力争"});
  }

  // What makes a date a deadline without 前.
  bool SaysDeadline() const {
    if (InColumn() || BeginsDates(Behind()) || StartsWith(Behind(), U"完成")) return true;
    if (EndsWithAny(Ahead(), Words{U"不晚于", U"不迟于", U"截止", U"截止日期为"})) return true;
    const TextView text = scanner_.Since(start_);
    if (EndsWithAny(text, Words{U"半年", U"季度"})) return IsPublished();
    if (!EndsWithAny(text, Words{U"底", U"末"})) return false;
    // `截至2023年6月底，已公开…` tells what was done.
    constexpr size_t kNear = 12;
    const bool fact = EndsWith(Ahead(), U"截至") &&
                      ContainsAny(Behind().substr(0, kNear), Words{U"已", U"共", U"累计"});
    if (EndsWithAny(Ahead(), Words{U"到", U"至"})) return !fact;
    return IsPublished();
  }

  // `上半年公布名单`, but not `上半年公布的名单`.
  bool IsPublished() const {
    for (const TextView verb :
         {U"建成", U"实现", U"出台", U"公布", U"发布", U"公开", U"报送", U"上线", U"形成"}) {
      if (StartsWith(Behind(), verb)) return !StartsWith(Behind().substr(verb.size()), U"的");
    }
    return false;
  }

  Scanner scanner_;
  size_t start_;
  int32_t plan_year_;
  int32_t year_;  // of dates without one
  DueStrictness strictness_;
};

}  // namespace

std::optional<DueMatch> MatchDue(TextView text, size_t at, DueYears years,
                                 DueStrictness strictness) {
  const char32_t c = text[at];
  if (!IsDigit(c) && !IsHanNumeral(c) && !IsOneOf(c, U"每按逐年上下第今本当次明翌月季半")) {
    return std::nullopt;
  }
  return DueScanner(text, at, years, strictness).Match();
}

}  // namespace gongkai::plans::importer
