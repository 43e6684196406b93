#include "services/plans/importer/targets.h"

#include <algorithm>
#include <optional>

#include "services/plans/importer/scanner.h"

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
    {U"至少", Comparator::kAtLeast},     {U"最少", Comparator::kAtLeast},
    {U"达到", Comparator::kAtLeast},     {U"保持在", Comparator::kAtLeast},
    {U"达", Comparator::kAtLeast},
};

struct PeriodWord {
  TextView text;
  TargetPeriod period;
};

constexpr PeriodWord kPeriods[] = {
    {U"每半年", TargetPeriod::kHalfYear}, {U"每年度", TargetPeriod::kYear},
    {U"每年", TargetPeriod::kYear},       {U"每季度", TargetPeriod::kQuarter},
    {U"每季", TargetPeriod::kQuarter},    {U"每个月", TargetPeriod::kMonth},
    {U"每月", TargetPeriod::kMonth},      {U"年内", TargetPeriod::kYear},
    {U"全年", TargetPeriod::kYear},       {U"年度", TargetPeriod::kYear},
};

constexpr TextView kDivisionWords[] = {U"县级",     U"市级",   U"区级",   U"县政府", U"市政府",
                                       U"区政府",   U"县本级", U"市本级", U"区本级", U"人民政府",
                                       U"常务会议", U"全县",   U"全市",   U"全区"};
constexpr TextView kEachUnitWords[] = {U"各镇",   U"各乡",   U"各街", U"各部门",   U"各单位",
                                       U"各级",   U"各县",   U"各区", U"各市",     U"每个",
                                       U"各有关", U"各相关", U"部门", U"责任单位", U"各地"};
// What is counted, where more words follow it.
constexpr TextView kActs[] = {U"会议", U"培训",   U"评价", U"评估", U"汇报", U"开放日", U"解读",
                              U"检查", U"发布会", U"测评", U"活动", U"抽查", U"调研",   U"演练"};

template <typename Range>
bool ContainsAny(TextView text, const Range& words) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](TextView word) { return Contains(text, word); });
}

// What a number counts, or nothing for money, time and other measures.
bool EatUnitOfCount(Scanner& at) {
  if (StartsWith(at.rest(), U"次性") || StartsWith(at.rest(), U"个百分点")) return false;
  for (const TextView time : {U"个工作日", U"个月", U"个小时", U"个自然日", U"个季度", U"个年度"}) {
    if (StartsWith(at.rest(), time)) return false;
  }
  return at.EatAny({U"人次", U"%",  U"％", U"次", U"场", U"期", U"篇", U"种", U"名", U"个", U"条",
                    U"件",   U"项", U"人", U"家", U"份", U"例", U"类", U"处", U"部", U"幅", U"批"});
}

struct Quantity {
  double value = 0;
  Text unit;
};

std::optional<Quantity> EatQuantity(Scanner& at) {
  if (at.Eat(U"百分之")) {
    const auto value = at.EatDecimal();
    return value ? std::optional(Quantity{*value, U"%"}) : std::nullopt;
  }
  const auto value = at.EatDecimal();
  at.EatSpaces();
  const size_t start = at.position();
  if (!value || *value <= 0 || !EatUnitOfCount(at)) return std::nullopt;
  Text unit(at.Since(start));
  return Quantity{*value, unit == U"％" ? U"%" : unit};
}

// Where the first word for a period stands in the clause.
size_t FirstPeriod(TextView clause) {
  size_t first = TextView::npos;
  for (const auto& word : kPeriods) first = std::min(first, clause.find(word.text));
  return first;
}

struct Demand {
  Comparator comparator = Comparator::kAtLeast;
  Quantity quantity;
  TextView before;  // the clause up to the comparator
  TextView verb;    // what stands between 至少 and the number
  TextView after;   // the clause from behind the unit of count
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

std::optional<Demand> MatchComparator(TextView clause, size_t start) {
  Scanner at(clause, start);
  for (const auto& word : kComparators) {
    if (!at.Eat(word.text)) continue;
    const bool loose = word.text == U"至少" || word.text == U"最少";
    const size_t verb = at.position();
    if (loose && !SkipVerb(at)) return std::nullopt;
    const TextView skipped = at.Since(verb);
    at.EatSpaces();
    const auto quantity = EatQuantity(at);
    if (!quantity) return std::nullopt;
    at.EatAny({U"以上", U"及以上", U"以内"});
    return Demand{word.comparator, *quantity, clause.substr(0, start), skipped, at.rest()};
  }
  return std::nullopt;
}

// A verb alone counts nothing: what is counted stands behind the number.
bool EndsWithVerb(TextView text) {
  for (const TextView verb :
       {U"开展", U"召开", U"组织", U"举办", U"举行", U"听取", U"配备", U"建成", U"发布", U"进行",
        U"安排", U"完成", U"报送", U"确定", U"打造"}) {
    if (EndsWith(text, verb)) return true;
  }
  return false;
}

// `每季度召开1次会议`, `公开率100%`, `每年2次以上`: no comparator, yet a floor.
std::optional<Demand> MatchPlainNumber(TextView clause, size_t start, bool periodic) {
  Scanner at(clause, start);
  if (IsDigit(at.Before()) || IsHanNumeral(at.Before()) || at.Before() == U'第')
    return std::nullopt;
  const auto quantity = EatQuantity(at);
  if (!quantity) return std::nullopt;
  const TextView before = clause.substr(0, start);
  const bool floor = at.EatAny({U"及以上", U"以上"}) && EndsWithVerb(before);
  const bool act = IsOneOf(quantity->unit.front(), U"次场期篇");
  // `每半年更新一次` says how often, which is the due rule's to tell.
  if (quantity->value == 1 && at.AtEnd()) return std::nullopt;
  const bool rate =
      quantity->unit == U"%" && (EndsWith(before, U"率") || EndsWith(before, U"率为"));
  if (!(periodic && act) && !rate && !floor) return std::nullopt;
  return Demand{Comparator::kAtLeast, *quantity, before, {}, at.rest()};
}

std::optional<Demand> MatchDemand(TextView clause, size_t at, bool periodic) {
  const char32_t c = clause[at];
  if (IsOneOf(c, U"不至最达保")) return MatchComparator(clause, at);
  if (IsDigit(c) || IsHanNumeral(c) || c == U'百') return MatchPlainNumber(clause, at, periodic);
  return std::nullopt;
}

TextView AfterLast(TextView text, TextView word) {
  const size_t at = text.rfind(word);
  return at == TextView::npos ? text : text.substr(at + word.size());
}

// `每年解读重要政策原则上` → `解读重要政策`.
Text MetricBefore(TextView text) {
  for (const auto& word : kPeriods) {
    // `吹风会每季度` names its subject in front of the period.
    const bool at_end = EndsWith(text, word.text);
    text = at_end ? text.substr(0, text.size() - word.text.size()) : AfterLast(text, word.text);
  }
  // Behind a year the subject begins anew: `各部门2023年解读率`.
  if (const size_t year = text.rfind(U"年");
      year != TextView::npos && year > 0 && (IsDigit(text[year - 1]) || text[year - 1] == U'今')) {
    text = text.substr(year + 1);
  }
  for (const TextView word : {U"、", U"的", U"：", U"前"}) text = AfterLast(text, word);
  for (const TextView word : {U"原则上", U"力争", U"争取", U"要", U"应", U"须", U"均", U"确保",
                              U"必须", U"应当", U"数量", U"次数", U"为", U"采用", U"采取"}) {
    if (EndsWith(text, word)) text.remove_suffix(word.size());
    if (StartsWith(text, word)) text.remove_prefix(word.size());
  }
  const bool subject_only = ContainsAny(text, kEachUnitWords) || ContainsAny(text, kDivisionWords);
  return subject_only && !ContainsAny(text, kActs) ? Text() : Text(text);
}

// `次专题会议研究解决问题` → `专题会议`.
Text MetricAfter(TextView text) {
  constexpr size_t kLongestMetric = 30;
  size_t end = TextView::npos;
  for (const TextView act : kActs) {
    const size_t at = text.find(act);
    if (at != TextView::npos) end = std::min(end, at + act.size());
  }
  if (end != TextView::npos) {
    // 会议 in 会议汇报 is no end of the noun.
    for (const TextView act : kActs) {
      if (StartsWith(text.substr(end), act)) end += act.size();
    }
    return Text(text.substr(0, end));
  }
  return Text(AfterLast(text, U"的").substr(0, kLongestMetric));
}

std::optional<TargetPeriod> PeriodOf(TextView text) {
  for (const auto& word : kPeriods) {
    if (Contains(text, word.text)) return word.period;
  }
  // `2023年解读率`, but not `2023年底前`.
  for (size_t at = text.find(U'年'); at != TextView::npos; at = text.find(U'年', at + 1)) {
    const bool deadline = at + 1 < text.size() && IsOneOf(text[at + 1], U"底末终前年");
    if (at >= 4 && IsDigit(text[at - 1]) && IsDigit(text[at - 4]) && !deadline) {
      return TargetPeriod::kYear;
    }
  }
  return std::nullopt;
}

std::optional<TargetScope> ScopeOf(TextView text) {
  if (ContainsAny(text, kDivisionWords) && !ContainsAny(text, kEachUnitWords)) {
    return TargetScope::kDivision;
  }
  if (ContainsAny(text, kEachUnitWords)) return TargetScope::kEachUnit;
  return std::nullopt;
}

bool IsSoft(TextView text) {
  for (const TextView word : {U"原则上", U"力争", U"争取", U"鼓励", U"尽量"}) {
    if (Contains(text, word)) return true;
  }
  return false;
}

// Reads the clauses of one sentence in turn and remembers what the later ones leave out.
class SentenceReader {
 public:
  void ReadClause(TextView clause, std::vector<Target>& targets) {
    if (const auto scope = ScopeOf(clause)) scope_ = *scope;
    const size_t period = FirstPeriod(clause);
    size_t part = 0;
    for (size_t at = 0; at < clause.size(); ++at) {
      // The words of one comparator must not be read as those of another: 不得少于 holds 少于.
      const auto demand = MatchDemand(clause.substr(part), at - part, period < at);
      if (!demand) continue;
      targets.push_back(MakeTarget(clause, *demand));
      part = clause.size() - demand->after.size();
      at = part - 1;
    }
  }

 private:
  Target MakeTarget(TextView clause, const Demand& demand) {
    Text metric = MetricBefore(demand.before);
    const bool verb_only = Contains(demand.before, U"至少") || metric.size() < 2 ||
                           demand.before.empty() || EndsWithVerb(metric);
    if (!demand.verb.empty()) metric = demand.verb;
    if (Text after = MetricAfter(demand.after); verb_only && !after.empty()) metric = after;
    auto period = PeriodOf(demand.before);
    if (metric.empty()) {
      metric = metric_;
      if (!period) period = period_;
    }
    metric_ = metric;
    period_ = period;
    Target target{.text = EncodeUtf8(clause),
                  .metric = EncodeUtf8(metric),
                  .comparator = demand.comparator,
                  .value = demand.quantity.value,
                  .unit = EncodeUtf8(demand.quantity.unit),
                  .period = period,
                  .scope = scope_.value_or(TargetScope::kEachUnit),
                  .soft = IsSoft(demand.before)};
    return target;
  }

  std::optional<TargetScope> scope_;
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
  SentenceReader sentence;
  for (size_t start = 0; start < requirement.size();) {
    const TextView ahead = requirement.substr(start, kLongestClause);
    const size_t end = start + std::min(ahead.size(), ahead.find_first_of(kClauseEnds));
    sentence.ReadClause(requirement.substr(start, end - start), targets);
    if (end < requirement.size() && IsOneOf(requirement[end], kSentenceEnds)) sentence = {};
    start = end + 1;
  }
  return targets;
}

}  // namespace gongkai::plans::importer
