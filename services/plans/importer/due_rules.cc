#include "services/plans/importer/due_rules.h"

#include <algorithm>
#include <optional>

#include "services/plans/importer/due_scanner.h"
#include "services/plans/importer/recurring_scanner.h"
#include "services/plans/importer/targets.h"

namespace gongkai::plans::importer {
namespace {

// The last ones are too frequent for the cadences of the contract.
constexpr TextView kOngoing[] = {
    U"长期坚持", U"长期",     U"持续推进", U"持续",   U"常态化", U"常态",    U"全年", U"贯穿",
    U"始终",     U"经常",     U"日常",     U"不间断", U"动态",   U"每周",    U"每日", U"每天",
    U"每旬",     U"每两个月", U"每两周",   U"每双周", U"每半月", U"每半个月"};

void AddOnce(std::vector<DueRule>& rules, DueRule rule) {
  constexpr size_t kMostRules = 40;  // of one task, far beyond what any document states
  const auto same = [&rule](const DueRule& other) { return SameDue(rule, other); };
  if (rules.size() == kMostRules || std::any_of(rules.begin(), rules.end(), same)) return;
  rules.push_back(std::move(rule));
}

// The clauses of a text in turn: what stands between two commas or full stops, cut where it grows
// beyond any clause that people write.
class ClauseWalker {
 public:
  explicit ClauseWalker(TextView text) : text_(text) {}

  // Whether the clause around `at` demands a number; `at` must not go back between two calls.
  bool HasTargetAround(size_t at) {
    constexpr size_t kLongestClause = 300;
    while (at >= end_) {
      start_ = end_;
      const TextView ahead = text_.substr(start_, kLongestClause);
      const size_t stop = ahead.find_first_of(U"，,；;。！\n");
      end_ = start_ + (stop == TextView::npos ? ahead.size() : stop + 1);
      judged_ = false;
    }
    if (!judged_) has_target_ = !FindTargets(text_.substr(start_, end_ - start_)).empty();
    judged_ = true;
    return has_target_;
  }

 private:
  TextView text_;
  size_t start_ = 0;
  size_t end_ = 0;
  bool judged_ = false;
  bool has_target_ = false;
};

std::optional<DueRule> OngoingRule(TextView cell) {
  for (const TextView word : kOngoing) {
    if (Contains(cell, word)) {
      return DueRule{.text = EncodeUtf8(word), .kind = DueKind::kOngoing};
    }
  }
  return std::nullopt;
}

// Reads the rules of one text in turn and keeps what a later date leaves out.
class DueReader {
 public:
  DueReader(TextView text, int32_t plan_year, DueStrictness strictness)
      : text_(text), plan_year_(plan_year), strictness_(strictness) {}

  // The next match, or nothing behind the last one.
  std::optional<DueMatch> Next() {
    for (; at_ < text_.size(); ++at_) {
      // A year holds for the dates behind it until the sentence ends: `2024年6月底、12月底前`.
      if (text_[at_] == U'。') year_ = 0;
      auto match = MatchHere();
      if (!match) continue;
      if (FollowsPeriod(*match)) {
        at_ += match->length - 1;
        continue;
      }
      if (match->named_year > 0 && !match->is_past) year_ = match->named_year;
      if (ContinuesYearly(*match)) {
        match->rule.kind = DueKind::kRecurring;
        match->rule.cadence = Cadence::kYearly;
      }
      place_ = at_;
      at_ += match->length;
      end_ = at_;
      last_ = match->rule;
      return match;
    }
    return std::nullopt;
  }

  // Where the last match begins, and what stands behind it.
  size_t place() const { return place_; }
  TextView rest() const { return text_.substr(end_); }

 private:
  std::optional<DueMatch> MatchHere() const {
    const bool day_of_month = last_.cadence == Cadence::kMonthly && last_.date;
    if (day_of_month && at_ == end_) return MatchFurtherDay(text_, at_, plan_year_);
    return MatchDue(text_, at_, {.plan = plan_year_, .named = year_}, strictness_);
  }

  // `每季度结束后10个工作日内`: working days after a period have no calendar here, so that the
  // period's last day stands.
  bool FollowsPeriod(const DueMatch& match) const {
    if (match.rule.kind != DueKind::kRelative || !last_.cadence) return false;
    constexpr size_t kLongest = 6;
    const TextView between = text_.substr(end_, at_ - end_);
    const Words places = {U"结束", U"末", U"终了", U"后", U"初", U"前", U"首", U"次", U"下", U"第"};
    return between.size() <= kLongest && (between.empty() || StartsWithAny(between, places));
  }

  // `每年6月底、12月底前`: 每年 is meant for both.
  bool ContinuesYearly(const DueMatch& match) const {
    const bool yearly = last_.cadence == Cadence::kYearly && last_.date;
    return yearly && match.rule.kind == DueKind::kFixed && match.named_year == 0 &&
           at_ == end_ + 1 && IsOneOf(text_[end_], U"、和及");
  }

  TextView text_;
  int32_t plan_year_;
  DueStrictness strictness_;
  size_t at_ = 0;
  size_t place_ = 0;
  size_t end_ = 0;
  int32_t year_ = 0;
  DueRule last_;
};

// `年内持续推进`, `2023年，长期坚持`: the year is no deadline there.
bool GoesOn(TextView behind) {
  if (!behind.empty() && IsOneOf(behind.front(), U"，,")) behind.remove_prefix(1);
  return StartsWithAny(behind, kOngoing) || StartsWithAny(behind, Words{U"推进", U"坚持"});
}

// `6月底前启动，12月底前完成`, `6月1日起`: the first date is no deadline.
bool Begins(TextView behind) {
  if (StartsWith(behind, U"起")) return true;
  return StartsWithAny(behind, Words{U"启动", U"开始"}) &&
         ContainsAny(behind, Words{U"月", U"季度", U"半年", U"年底"});
}

}  // namespace

std::vector<DueRule> ParseDueCell(TextView cell, int32_t plan_year) {
  std::vector<DueRule> rules;
  if (cell.empty()) return rules;
  DueReader reader(cell, plan_year, DueStrictness::kDeadlineColumn);
  while (const auto match = reader.Next()) {
    if (match->continues_range && !rules.empty()) rules.pop_back();
    if (match->bare_year && match->rule.kind == DueKind::kFixed && GoesOn(reader.rest())) continue;
    if (Begins(reader.rest())) continue;
    AddOnce(rules, match->rule);
  }
  if (auto ongoing = OngoingRule(cell)) AddOnce(rules, *std::move(ongoing));
  if (rules.empty()) rules.push_back(UnstatedDue(plan_year, EncodeUtf8(cell)));
  if (rules.size() == 1) rules.front().text = EncodeUtf8(cell);
  return rules;
}

bool LooksLikeDue(TextView text) {
  // The year does not matter for whether a text is a due rule.
  constexpr int32_t kAnyYear = 2000;
  const auto rules = ParseDueCell(text, kAnyYear);
  return std::any_of(rules.begin(), rules.end(),
                     [](const DueRule& rule) { return rule.kind != DueKind::kUnstated; });
}

std::vector<DueRule> FindDueRules(TextView requirement, int32_t plan_year) {
  std::vector<DueRule> rules;
  ClauseWalker clauses(requirement);
  DueReader reader(requirement, plan_year, DueStrictness::kSentence);
  while (const auto match = reader.Next()) {
    if (match->is_past) continue;
    if (!match->bare_year || !clauses.HasTargetAround(reader.place())) AddOnce(rules, match->rule);
  }
  return rules;
}

bool IsOrdinaryUndated(TextView cell) {
  for (const TextView word : {U"及时", U"适时", U"按要求", U"按规定", U"按时", U"实时", U"即时",
                              U"随时", U"根据", U"按照", U"按", U"定期", U"立即", U"同步"}) {
    if (Contains(cell, word)) return true;
  }
  return false;
}

}  // namespace gongkai::plans::importer
