#include "services/plans/importer/due_rules.h"

#include <algorithm>
#include <optional>

#include "services/plans/importer/due_scanner.h"
#include "services/plans/importer/targets.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kOngoing[] = {U"长期坚持", U"长期", U"持续推进", U"持续", U"常态化", U"常态",
                                 U"全年",     U"贯穿", U"始终",     U"经常", U"日常",   U"不间断"};

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

}  // namespace

std::vector<DueRule> ParseDueCell(TextView cell, int32_t plan_year) {
  std::vector<DueRule> rules;
  if (cell.empty()) return rules;
  for (size_t at = 0; at < cell.size();) {
    const auto match = MatchDue(cell, at, plan_year, DueStrictness::kDeadlineColumn);
    if (!match) {
      ++at;
      continue;
    }
    if (match->continues_range && !rules.empty()) rules.pop_back();
    AddOnce(rules, match->rule);
    at += match->length;
  }
  if (auto ongoing = OngoingRule(cell)) AddOnce(rules, *std::move(ongoing));
  if (rules.empty()) rules.push_back(UnstatedDue(plan_year, EncodeUtf8(cell)));
  if (rules.size() == 1) rules.front().text = EncodeUtf8(cell);
  return rules;
}

std::vector<DueRule> FindDueRules(TextView requirement, int32_t plan_year) {
  std::vector<DueRule> rules;
  ClauseWalker clauses(requirement);
  for (size_t at = 0; at < requirement.size();) {
    const auto match = MatchDue(requirement, at, plan_year, DueStrictness::kSentence);
    if (!match) {
      ++at;
      continue;
    }
    if (!match->bare_year || !clauses.HasTargetAround(at)) AddOnce(rules, match->rule);
    at += match->length;
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
