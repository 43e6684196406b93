#include "services/plans/importer/targets.h"

#include <algorithm>
#include <optional>

#include "services/plans/importer/quantity.h"
#include "services/plans/importer/target_words.h"

namespace gongkai::plans::importer {
namespace {

struct ComparatorWord {
  TextView text;
  Comparator comparator;
};

// Longer ones first.
constexpr ComparatorWord kComparators[] = {
    {U"不得少于", Comparator::kAtLeast}, {U"不能少于", Comparator::kAtLeast},
    {U"不得低于", Comparator::kAtLeast}, {U"不能低于", Comparator::kAtLeast},
    {U"不得超过", Comparator::kAtMost},  {U"不得高于", Comparator::kAtMost},
    {U"不得多于", Comparator::kAtMost},  {U"不少于", Comparator::kAtLeast},
    {U"不低于", Comparator::kAtLeast},   {U"不小于", Comparator::kAtLeast},
    {U"不超过", Comparator::kAtMost},    {U"不高于", Comparator::kAtMost},
    {U"不多于", Comparator::kAtMost},    {U"不大于", Comparator::kAtMost},
    {U"控制在", Comparator::kAtMost},    {U"至少", Comparator::kAtLeast},
    {U"最少", Comparator::kAtLeast},     {U"达到", Comparator::kAtLeast},
    {U"保持在", Comparator::kAtLeast},   {U"提高到", Comparator::kAtLeast},
    {U"提高至", Comparator::kAtLeast},   {U"提升到", Comparator::kAtLeast},
    {U"提升至", Comparator::kAtLeast},   {U"超过", Comparator::kAtLeast},
    {U"达", Comparator::kAtLeast},
};

struct Demand {
  Comparator comparator = Comparator::kAtLeast;
  Quantity quantity;
  TextView before;  // the clause up to the comparator
  TextView verb;    // what stands between 至少 and the number
  TextView after;   // the clause from behind the unit of count
  TextView share;   // 覆盖率 where the text says 全覆盖
};

// The words between 至少 and its number: `至少组织1次`.
bool SkipVerb(Scanner& at) {
  constexpr size_t kLongestVerb = 8;
  const size_t start = at.position();
  while (!at.AtEnd() && at.position() - start <= kLongestVerb) {
    if (IsDigit(at.Peek()) || IsHanNumeral(at.Peek())) {
      Scanner ahead = at;
      if (EatQuantity(ahead)) return true;
    }
    at.MoveTo(at.position() + 1);
  }
  return false;
}

// What a share is of: `不低于应解读文件的60%`.
void SkipWhole(Scanner& at) {
  constexpr size_t kLongestWhole = 12;
  const size_t of = at.rest().substr(0, kLongestWhole).find(U'的');
  if (of == TextView::npos) return;
  Scanner ahead(at);
  ahead.MoveTo(at.position() + of + 1);
  const size_t number = ahead.position();
  const auto share = EatQuantity(ahead);
  if (share && share->unit == U"%") at.MoveTo(number);
}

// `达到10人以上的单位` is an attribute, `不少于2次的培训` a demand.
bool IsAttribute(const ComparatorWord& word, TextView after) {
  const bool describes = StartsWith(word.text, U"达") || word.text == U"超过";
  return describes && StartsWith(after, U"的");
}

std::optional<Demand> MatchComparator(TextView clause, size_t start) {
  Scanner at(clause, start);
  for (const auto& word : kComparators) {
    // 传达 and 下达 compare nothing.
    if (word.text == U"达" && at.Before() != 0 && IsOneOf(at.Before(), U"传表转下送直到")) continue;
    if (!at.Eat(word.text)) continue;
    const bool loose = word.text == U"至少" || word.text == U"最少";
    const size_t verb = at.position();
    if (loose && !SkipVerb(at)) return std::nullopt;
    const TextView skipped = at.Since(verb);
    at.EatSpaces();
    if (!loose) SkipWhole(at);
    const auto quantity = EatQuantity(at);
    if (!quantity) return std::nullopt;
    EatOrMore(at);
    at.EatAny({U"以内", U"以下"});
    if (IsAttribute(word, at.rest())) return std::nullopt;
    return Demand{word.comparator, *quantity, clause.substr(0, start), skipped, at.rest()};
  }
  return std::nullopt;
}

// What was done already.
bool TellsAFact(TextView before) {
  constexpr size_t kNear = 10;
  const size_t start = before.size() < kNear ? 0 : before.size() - kNear;
  return ContainsAny(before.substr(start), Words{U"已", U"累计", U"共有", U"共计"});
}

constexpr TextView kHolding[] = {U"开展", U"召开", U"组织", U"举办", U"举行"};
constexpr TextView kMaking[] = {U"新增", U"新建", U"培育", U"打造",
                                U"建成", U"创建", U"选树", U"配备"};

// `60%以上的政策文件配图`: a demand on the share of what follows, at the beginning of the clause.
bool DemandsShareOfAll(TextView before, TextView after) {
  const bool begins = before.empty() || IsSoft(before) ||
                      EndsWithAny(before, Words{U"确保", U"保证", U"实现", U"推动", U"做到"});
  return begins && StartsWith(after, U"的") && !Contains(after, U"已");
}

// `每季度召开1次会议`, `举办培训2次`, `新增3个专区`, `公开率100%`, `每年2次以上`: no comparator,
// yet a floor.
std::optional<Demand> MatchPlainNumber(TextView clause, size_t start, bool periodic) {
  Scanner at(clause, start);
  if (IsDigit(at.Before()) || IsHanNumeral(at.Before()) || at.Before() == U'第')
    return std::nullopt;
  const auto quantity = EatQuantity(at);
  if (!quantity) return std::nullopt;
  const TextView before = clause.substr(0, start);
  const bool share = quantity->unit == U"%";
  const bool act = IsOneOf(quantity->unit.front(), U"次场期篇");
  const bool more = EatOrMore(at);
  // `每半年更新一次` says how often, which is the due rule's to tell.
  if (quantity->value == 1 && at.AtEnd() && !NamesAct(before)) return std::nullopt;
  const bool of_all = share && more && DemandsShareOfAll(before, at.rest());
  if (TellsAFact(before) || (more && !of_all && StartsWith(at.rest(), U"的"))) {
    return std::nullopt;
  }
  const bool rate = share && EndsWithAny(MetricBefore(before), Words{U"率", U"率达", U"比例"});
  const bool whole = share && quantity->value == 100 && !before.empty() && !at.AtEnd() &&
                     IsHan(at.Peek()) && at.Peek() != U'的';
  const bool held = act && ((at.AtEnd() && NamesAct(before) && ContainsAny(before, kHolding)) ||
                            (EndsWithAny(before, kHolding) && NamesAct(at.rest())));
  // `新增3个专区`, `新建专区3个`.
  const bool made =
      IsOneOf(quantity->unit.front(), U"个家处名") &&
      (EndsWithAny(before, kMaking) || (at.AtEnd() && StartsWithAny(before, kMaking)));
  const bool floor = of_all || (more && (act || EndsWithVerb(before)));
  if (!(periodic && act) && !rate && !whole && !held && !made && !floor) return std::nullopt;
  return Demand{Comparator::kAtLeast, *quantity, before, {}, at.rest()};
}

// `实现公开目录全覆盖`: a share of all.
std::optional<Demand> MatchCoverage(TextView clause, size_t start) {
  constexpr TextView kCoverage = U"全覆盖";
  if (!StartsWith(clause.substr(start), kCoverage)) return std::nullopt;
  const TextView before = clause.substr(0, start);
  constexpr TextView kVerbs[] = {U"实现", U"做到", U"达到", U"确保"};
  if (!ContainsAny(before, kVerbs) || MetricBefore(before).empty()) return std::nullopt;
  return Demand{Comparator::kAtLeast,
                {100, U"%"},
                before,
                {},
                clause.substr(start + kCoverage.size()),
                U"覆盖率"};
}

std::optional<Demand> MatchDemand(TextView clause, size_t at, bool periodic) {
  const char32_t c = clause[at];
  if (IsOneOf(c, U"不至最达保控提超")) return MatchComparator(clause, at);
  if (IsDigit(c) || IsHanNumeral(c) || c == U'百') return MatchPlainNumber(clause, at, periodic);
  return c == U'全' ? MatchCoverage(clause, at) : std::nullopt;
}

// Reads the clauses of one sentence in turn and remembers what the later ones leave out.
class SentenceReader {
 public:
  explicit SentenceReader(std::vector<Target>& targets)
      : targets_(targets), first_(targets.size()) {}

  void ReadClause(TextView clause) {
    if (const auto scope = ScopeOf(clause)) scope_ = *scope;
    const size_t period = FirstPeriod(clause);
    size_t part = 0;
    const size_t count = targets_.size();
    for (size_t at = 0; at < clause.size(); ++at) {
      // The words of one comparator must not be read as those of another: 不得少于 holds 少于.
      // `开展1次自查、2次抽查`: the second number is like the first.
      const bool listed = part > 0 && clause[at - 1] == U'、';
      const auto demand = MatchDemand(clause.substr(part), at - part, period < at || listed);
      if (!demand) continue;
      AddListedRates(clause, *demand);
      targets_.push_back(MakeTarget(clause, *demand, part > 0));
      part = clause.size() - demand->after.size();
      at = part - 1;
    }
    if (targets_.size() == count) act_ = clause;
  }

  // `县级每年不少于4次，乡镇每年不少于2次向公众开放`: the later clause names what is counted.
  void Finish() {
    for (size_t i = first_; i + 1 < targets_.size(); ++i) {
      if (targets_[i].metric.empty()) targets_[i].metric = targets_[i + 1].metric;
    }
  }

 private:
  // `按时答复率、合规率均达100%`: the demand is on each of them.
  void AddListedRates(TextView clause, const Demand& demand) {
    TextView before = demand.before;
    if (demand.quantity.unit != U"%") return;
    while (EndsWithAny(before, Words{U"均", U"都", U"全部", U"分别", U"要", U"应"})) {
      if (EndsWith(before, U"分别")) return;
      before.remove_suffix(EndsWith(before, U"全部") ? 2 : 1);
    }
    if (before.size() == demand.before.size()) return;
    std::vector<TextView> rates;
    for (size_t mark = before.find(U'、'); mark != TextView::npos; mark = before.find(U'、')) {
      rates.push_back(before.substr(0, mark));
      before.remove_prefix(mark + 1);
    }
    const auto is_rate = [](TextView text) {
      return EndsWithAny(text, Words{U"率", U"比例", U"比重", U"度"});
    };
    if (!is_rate(before) || !std::all_of(rates.begin(), rates.end(), is_rate)) return;
    for (const TextView rate : rates) {
      Demand of_rate = demand;
      of_rate.before = rate;
      targets_.push_back(MakeTarget(clause, of_rate, false));
    }
  }

  Target MakeTarget(TextView clause, const Demand& demand, bool same_clause) {
    auto period = PeriodOf(demand.before);
    if (!period) period = PeriodOf(demand.verb);
    if (!period) period = PeriodBehind(demand.after);
    Text metric = MetricOf(demand);
    if (metric.empty()) metric = metric_;
    if (metric.empty()) metric = MetricBefore(demand.verb);
    // `邀请代表列席常务会议，全年不少于6次`.
    if (metric.empty() && NamesAct(act_)) metric = MetricBefore(act_);
    if (!period && (same_clause || metric == metric_ || IsYearlyAct(demand))) period = period_;
    metric_ = metric;
    period_ = period;
    return {.text = EncodeUtf8(clause),
            .metric = EncodeUtf8(metric),
            .comparator = demand.comparator,
            .value = demand.quantity.value,
            .unit = EncodeUtf8(demand.quantity.unit),
            .period = period,
            .scope = scope_.value_or(TargetScope::kEachUnit),
            .soft = IsSoft(demand.before)};
  }

  // `全年组织培训2次，举办开放日1次`: the year holds for both.
  bool IsYearlyAct(const Demand& demand) const {
    return period_ == TargetPeriod::kYear && IsOneOf(demand.quantity.unit.front(), U"次场期");
  }

  // What is counted; empty where the clause leaves it to another one.
  static Text MetricOf(const Demand& demand) {
    Text before = MetricBefore(demand.before);
    if (!demand.share.empty()) return before.empty() ? before : before.append(demand.share);
    const Text after = MetricAfter(demand.after);
    const Text verb = MetricBefore(demand.verb);
    const bool loose = Contains(demand.before, U"至少") || !demand.verb.empty();
    if (demand.quantity.unit == U"%" && !before.empty() && !EndsWithVerb(before)) {
      const bool rate = EndsWithAny(before, Words{U"率", U"比例", U"比重", U"度"});
      return rate || demand.after.empty() ? before : before + after;
    }
    const bool says_what = before.size() >= 2 && !EndsWithVerb(before) && !loose;
    if (says_what || after.empty()) {
      if (verb.empty()) return EndsWithVerb(before) && before.size() <= 2 ? Text() : before;
      // `栏目至少每季度更新一次`.
      const bool bare = EndsWithVerb(verb) && verb.size() <= 2;
      return bare ? (before.empty() ? Text() : before + verb) : verb;
    }
    return after;
  }

  std::vector<Target>& targets_;
  size_t first_;
  std::optional<TargetScope> scope_;
  TextView act_;  // the last clause without a number
  Text metric_;
  std::optional<TargetPeriod> period_;
};

}  // namespace

std::vector<Target> FindTargets(TextView requirement) {
  constexpr TextView kSentenceEnds = U"。！？；;\n";
  constexpr TextView kClauseEnds = U"。！？；;\n，,";
  // A clause without any punctuation is cut, so that garbage takes no more time than text.
  constexpr size_t kLongestClause = 300;
  std::vector<Target> targets;
  for (size_t start = 0; start < requirement.size();) {
    SentenceReader sentence(targets);
    for (bool ends = false; !ends && start < requirement.size();) {
      const TextView ahead = requirement.substr(start, kLongestClause);
      const size_t end = start + std::min(ahead.size(), ahead.find_first_of(kClauseEnds));
      sentence.ReadClause(requirement.substr(start, end - start));
      start = end + 1;
      ends = end >= requirement.size() || IsOneOf(requirement[end], kSentenceEnds);
    }
    sentence.Finish();
  }
  return targets;
}

}  // namespace gongkai::plans::importer
