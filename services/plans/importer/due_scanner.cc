#include "services/plans/importer/due_scanner.h"

#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {
namespace {

// Where a date stands and how it was written.
struct DayOfYear {
  unsigned month = 12;
  std::optional<unsigned> day;  // nothing: the end of the month
};

std::optional<CivilDate> MakeDate(int32_t year, const DayOfYear& in) {
  if (year <= 0) return std::nullopt;
  const std::chrono::year_month month(std::chrono::year(year), std::chrono::month(in.month));
  const auto last = std::chrono::year_month_day(month / std::chrono::last);
  if (!in.day) return last;
  const CivilDate date = month / std::chrono::day(*in.day);
  return date.ok() ? std::optional(date) : std::nullopt;
}

// 前 in its forms; not where it makes an attribute as in `5月1日前的文件`.
bool EatBefore(Scanner& at) {
  const size_t start = at.position();
  at.EatSpaces();
  if (!at.EatAny({U"之前", U"以前", U"前"}) || at.Peek() == U'的') {
    at.MoveTo(start);
    return false;
  }
  return true;
}

class DueScanner {
 public:
  DueScanner(TextView text, size_t at, int32_t plan_year, DueStrictness strictness)
      : scanner_(text, at), start_(at), plan_year_(plan_year), strictness_(strictness) {}

  std::optional<DueMatch> Match() {
    if (auto match = MatchRelative()) return match;
    scanner_.MoveTo(start_);
    if (auto match = MatchRecurring()) return match;
    scanner_.MoveTo(start_);
    return MatchFixed();
  }

 private:
  bool InColumn() const { return strictness_ == DueStrictness::kDeadlineColumn; }

  DueMatch Finish(DueRule rule) const {
    const TextView text = scanner_.Since(start_);
    rule.text = EncodeUtf8(text);
    return {.rule = std::move(rule), .length = text.size()};
  }

  std::optional<DueMatch> MatchRelative() {
    if (IsDigit(scanner_.Before()) || IsHanNumeral(scanner_.Before())) return std::nullopt;
    const auto days = scanner_.EatNumber();
    if (!days || *days < 1) return std::nullopt;
    scanner_.Eat(U"个");
    if (!scanner_.Eat(U"工作日") || !scanner_.EatAny({U"之内", U"以内", U"内"})) {
      return std::nullopt;
    }
    return Finish({.kind = DueKind::kRelative, .working_days = *days});
  }

  std::optional<DueMatch> MatchRecurring() {
    const auto cadence = EatCadence();
    if (!cadence) return std::nullopt;
    DueRule rule{.kind = DueKind::kRecurring, .cadence = cadence};
    const size_t bare_end = scanner_.position();
    if (auto day = EatDayOfPeriod(*cadence); day && (EatBefore(scanner_) || InColumn())) {
      rule.date = MakeDate(plan_year_, *day);
    } else {
      scanner_.MoveTo(bare_end);
    }
    DueMatch match = Finish(std::move(rule));
    match.bare_year = *cadence == Cadence::kYearly && !match.rule.date;
    return match;
  }

  std::optional<Cadence> EatCadence() {
    if (scanner_.EatAny({U"每半年", U"按半年", U"每半个年度"})) return Cadence::kHalfYearly;
    if (scanner_.EatAny({U"每个年度", U"每年度", U"每年", U"按年度", U"按年", U"逐年"})) {
      // 逐年增加 tells how a figure grows and not when something is due.
      if (EndsWith(scanner_.Since(start_), U"逐年")) return std::nullopt;
      return Cadence::kYearly;
    }
    if (scanner_.EatAny({U"每个季度", U"每季度", U"每季", U"按季度", U"按季", U"逐季"})) {
      return scanner_.Peek() == U'节' ? std::nullopt : std::optional(Cadence::kQuarterly);
    }
    if (scanner_.EatAny({U"每个月", U"每月", U"按月度", U"按月", U"逐月"})) {
      return Cadence::kMonthly;
    }
    if (InColumn() && scanner_.EatAny({U"月度", U"月报"})) return Cadence::kMonthly;
    if (InColumn() && scanner_.EatAny({U"季度", U"季报"})) return Cadence::kQuarterly;
    return std::nullopt;
  }

  // The last such day of the year: 每月10日 is 10 December, 每年6月底 is 30 June.
  std::optional<DayOfYear> EatDayOfPeriod(Cadence cadence) {
    scanner_.EatAny({U"的"});
    if (cadence == Cadence::kYearly) {
      if (scanner_.EatAny({U"年底", U"年末", U"底", U"末"})) return DayOfYear{};
      return EatMonthDay();
    }
    if (scanner_.EatAny({U"月底", U"月末", U"季末", U"底", U"末"})) return DayOfYear{};
    const auto day = scanner_.EatNumber();
    if (cadence != Cadence::kMonthly || !day || *day < 1 || *day > 31) return std::nullopt;
    if (!scanner_.EatAny({U"日", U"号"})) return std::nullopt;
    return DayOfYear{.day = static_cast<unsigned>(*day)};
  }

  // `6月底`, `8月5日`, `12月`, `9月中旬`.
  std::optional<DayOfYear> EatMonthDay() {
    if (IsDigit(scanner_.Before())) return std::nullopt;
    const auto month = scanner_.EatNumber();
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    scanner_.EatSpaces();
    if (!scanner_.EatAny({U"月份", U"月"})) return std::nullopt;
    DayOfYear result{.month = static_cast<unsigned>(*month)};
    scanner_.EatSpaces();
    if (scanner_.EatAny({U"底", U"末", U"下旬"})) return result;
    if (scanner_.Eat(U"中旬")) {
      result.day = 20;
    } else if (scanner_.EatAny({U"上旬", U"初"})) {
      result.day = 10;
    } else {
      result.day = EatDayNumber();
    }
    return result;
  }

  std::optional<unsigned> EatDayNumber() {
    const size_t start = scanner_.position();
    const auto day = scanner_.EatNumber();
    scanner_.EatSpaces();
    if (day && *day >= 1 && *day <= 31 && scanner_.EatAny({U"日", U"号"})) {
      return static_cast<unsigned>(*day);
    }
    scanner_.MoveTo(start);
    return std::nullopt;
  }

  std::optional<DueMatch> MatchFixed() {
    const bool in_range = EndsRange();
    if (InColumn()) {
      if (auto match = MatchNumericDate()) return match;
      scanner_.MoveTo(start_);
    }
    const auto year = EatYearOfDate();
    std::optional<DayOfYear> day;
    bool is_deadline = InColumn();
    if (year && scanner_.EatAny({U"年内", U"内"})) {
      day = DayOfYear{};
      is_deadline = true;
    } else if (scanner_.EatAny({U"年底", U"年末", U"年终"}) ||
               (year && scanner_.EatAny({U"底", U"末", U"终"}))) {
      day = DayOfYear{};
    } else if ((day = EatPartOfYear())) {
      const bool within = EndsWith(scanner_.Since(start_), U"内");
      is_deadline = is_deadline || within || scanner_.Peek() == U'完';
    } else {
      day = EatMonthDay();
      const bool year_alone = year && InColumn() && !StartsWith(scanner_.rest(), U"全年");
      if (!day && !year_alone) return std::nullopt;
      if (!day) day = DayOfYear{};
    }
    is_deadline = EatBefore(scanner_) || is_deadline || EndsList() || EndsAt();
    const int32_t of_year = year ? *year : plan_year_;
    const auto date = MakeDate(of_year, *day);
    if (!is_deadline || (of_year > 0 && !date)) return std::nullopt;
    DueMatch match =
        Finish(date ? DueRule{.kind = DueKind::kFixed, .date = date} : UnstatedDue(of_year, ""));
    match.continues_range = in_range && InColumn();
    match.bare_year = EndsWith(scanner_.Since(start_), U"年内");
    return match;
  }

  // Whether the date here ends a range: `1月至6月`, `2023.1-2023.6`.
  bool EndsRange() const {
    return scanner_.Before() != 0 && IsOneOf(scanner_.Before(), U"-—－–~～至到");
  }

  // `2023-12-31`, `2023.6`.
  std::optional<DueMatch> MatchNumericDate() {
    const bool in_range = EndsRange();
    const auto year = scanner_.EatYear();
    if (!year || !scanner_.EatAny({U".", U"-", U"/", U"．"})) return std::nullopt;
    const auto month = scanner_.EatNumber();
    if (!month || *month < 1 || *month > 12) return std::nullopt;
    DayOfYear day{.month = static_cast<unsigned>(*month)};
    const size_t month_end = scanner_.position();
    if (scanner_.EatAny({U".", U"-", U"/", U"．"})) {
      const auto number = scanner_.EatNumber();
      // `2023.1-2023.6`: what follows is the end of a range and no day.
      if (number && *number >= 1 && *number <= 31) {
        day.day = static_cast<unsigned>(*number);
      } else {
        scanner_.MoveTo(month_end);
      }
    }
    EatBefore(scanner_);
    const auto date = MakeDate(*year, day);
    if (!date) return std::nullopt;
    DueMatch match = Finish({.kind = DueKind::kFixed, .date = date});
    match.continues_range = in_range;
    return match;
  }

  // The year with its 年, or one given by a word. `2023年年底` leaves 年底 to be read.
  std::optional<int32_t> EatYearOfDate() {
    if (scanner_.EatAny({U"今年", U"本年度", U"本年", U"当年"})) return plan_year_;
    if (scanner_.EatAny({U"次年", U"明年", U"翌年"})) {
      return plan_year_ > 0 ? plan_year_ + 1 : 0;
    }
    if (StartsWith(scanner_.rest(), U"年内") && !IsHanNumeral(scanner_.Before()) &&
        !IsDigit(scanner_.Before())) {
      return plan_year_;
    }
    const size_t start = scanner_.position();
    const auto year = scanner_.EatYear();
    scanner_.EatSpaces();
    if (year && scanner_.Eat(U"年")) {
      scanner_.EatSpaces();
      return year;
    }
    scanner_.MoveTo(start);
    return std::nullopt;
  }

  // 上半年, 第三季度, 一季度末.
  std::optional<DayOfYear> EatPartOfYear() {
    const size_t start = scanner_.position();
    if (scanner_.Eat(U"上半年")) return EatEnd({.month = 6});
    if (scanner_.Eat(U"下半年")) return EatEnd({.month = 12});
    scanner_.Eat(U"第");
    const auto quarter = scanner_.EatNumber();
    if (quarter && *quarter >= 1 && *quarter <= 4 && scanner_.Eat(U"季度")) {
      return EatEnd({.month = static_cast<unsigned>(*quarter) * 3});
    }
    scanner_.MoveTo(start);
    return std::nullopt;
  }

  DayOfYear EatEnd(DayOfYear day) {
    scanner_.EatAny({U"末", U"底", U"内"});
    return day;
  }

  // `6月底、12月底前`: the 前 of the last date is meant for all of them.
  bool EndsList() const {
    constexpr size_t kLongestList = 16;
    const TextView rest = scanner_.rest().substr(0, kLongestList);
    if (rest.empty() || !IsOneOf(rest[0], U"、和及")) return false;
    const size_t end = rest.find(U'前');
    return end != TextView::npos && Contains(rest.substr(0, end), U"月") &&
           rest.substr(0, end).find_first_of(U"，。；") == TextView::npos;
  }

  // `到2023年底，`, `截至6月底`: a deadline without 前.
  bool EndsAt() {
    const TextView text = scanner_.Since(start_);
    const bool at_end = EndsWith(text, U"底") || EndsWith(text, U"末");
    const char32_t before = Scanner(scanner_.Since(0), start_).Before();
    return at_end && before != 0 && IsOneOf(before, U"到至");
  }

  Scanner scanner_;
  size_t start_;
  int32_t plan_year_;
  DueStrictness strictness_;
};

}  // namespace

std::optional<DueMatch> MatchDue(TextView text, size_t at, int32_t plan_year,
                                 DueStrictness strictness) {
  const char32_t c = text[at];
  if (!IsDigit(c) && !IsHanNumeral(c) && !IsOneOf(c, U"每按逐年上下第今本当次明翌月季")) {
    return std::nullopt;
  }
  return DueScanner(text, at, plan_year, strictness).Match();
}

}  // namespace gongkai::plans::importer
