#include "services/plans/importer/target_words.h"

#include <algorithm>

namespace gongkai::plans::importer {
namespace {

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
    {U"今年", TargetPeriod::kYear},       {U"每学期", TargetPeriod::kHalfYear},
    {U"每学年", TargetPeriod::kYear},
};

constexpr TextView kDivisionWords[] = {U"县级",   U"市级",     U"区级",   U"省级",    U"县政府",
                                       U"市政府", U"区政府",   U"省政府", U"县本级",  U"市本级",
                                       U"区本级", U"人民政府", U"全县",   U"全市",    U"全区",
                                       U"全省",   U"全州",     U"全旗",   U"常务会议"};
constexpr TextView kEachUnitWords[] = {
    U"各镇",     U"各乡", U"各街",     U"各部门", U"各单位", U"各级",   U"各县",
    U"各区",     U"各市", U"每个",     U"每家",   U"各有关", U"各相关", U"部门",
    U"责任单位", U"各地", U"各科室",   U"各处室", U"各责任", U"乡镇",   U"镇街",
    U"（街道）", U"各州", U"其他文件", U"市县",   U"县区"};
// Who acts, in front of what is counted.
constexpr TextView kActors[] = {U"各部门", U"各单位", U"各乡镇", U"各镇街",
                                U"各科室", U"各地区", U"各县区"};
// Who acts, and no subject of counting either.
constexpr TextView kPersons[] = {U"负责人", U"负责同志", U"发言人", U"领导",
                                 U"每次",   U"每场",     U"每期"};
constexpr TextView kActs[] = {U"会议", U"培训",   U"评价",   U"评估",   U"汇报", U"开放日",
                              U"解读", U"检查",   U"测评",   U"活动",   U"抽查", U"调研",
                              U"演练", U"发布会", U"吹风会", U"调度",   U"访谈", U"专栏",
                              U"督查", U"宣讲",   U"座谈会", U"自查",   U"讲座", U"巡查",
                              U"轮训", U"评议",   U"听证会", U"恳谈会", U"例会"};
constexpr TextView kVerbs[] = {U"开展", U"召开", U"组织", U"举办", U"举行", U"听取", U"配备",
                               U"建成", U"发布", U"进行", U"安排", U"完成", U"报送", U"确定",
                               U"打造", U"更新", U"有",   U"实施", U"新增", U"新建", U"培育",
                               U"创建", U"选树", U"出席", U"参加"};
// Periods that the contract does not have.
constexpr TextView kShortPeriods[] = {U"每周", U"每两周", U"每日", U"每天", U"每个工作日"};
// Verbs that only say that what is counted takes place.
constexpr TextView kHolding[] = {U"开展", U"召开", U"组织", U"举办", U"举行",
                                 U"配备", U"建成", U"打造", U"新增", U"新建"};
constexpr TextView kSofteners[] = {U"原则上", U"力争", U"争取", U"鼓励", U"尽量"};
// Words at the edge of a metric that tell nothing about it.
constexpr TextView kFillers[] = {U"原则上", U"力争", U"争取", U"要",   U"应",   U"须",
                                 U"均",     U"确保", U"必须", U"应当", U"数量", U"次数",
                                 U"为",     U"采用", U"采取", U"实现", U"做到", U"保证"};

TextView AfterLast(TextView text, TextView word) {
  const size_t at = text.rfind(word);
  return at == TextView::npos ? text : text.substr(at + word.size());
}

bool IsVerb(TextView text) {
  return std::find(std::begin(kVerbs), std::end(kVerbs), text) != std::end(kVerbs);
}

TextView TrimFillers(TextView text) {
  for (const TextView word : kShortPeriods) {
    if (EndsWith(text, word)) text.remove_suffix(word.size());
  }
  for (const TextView word : kFillers) {
    if (EndsWith(text, word)) text.remove_suffix(word.size());
    if (StartsWith(text, word)) text.remove_prefix(word.size());
  }
  return text;
}

// `召开新闻发布会` counts what `发布会` counts.
TextView WithoutHolding(TextView text) {
  constexpr size_t kShortestNoun = 2;
  for (const TextView verb : kHolding) {
    if (!StartsWith(text, verb) || text.size() < verb.size() + kShortestNoun) continue;
    return text.substr(verb.size());
  }
  return text;
}

// The text behind the last word for a period, or in front of it where nothing but a verb is behind:
// `吹风会每季度`, `吹风会每年举办`.
TextView WithoutPeriods(TextView text) {
  for (const TextView word : kShortPeriods) {
    const size_t at = text.rfind(word);
    if (at != TextView::npos && at + word.size() < text.size())
      text = text.substr(at + word.size());
  }
  for (const auto& word : kPeriods) {
    const size_t at = text.rfind(word.text);
    if (at == TextView::npos) continue;
    const TextView behind = TrimFillers(text.substr(at + word.text.size()));
    const bool in_front = at > 0 && (behind.empty() || IsVerb(behind));
    text = in_front ? text.substr(0, at) : text.substr(at + word.text.size());
  }
  return text;
}

bool IsRate(TextView text) { return EndsWithAny(text, Words{U"率", U"比例", U"比重"}); }

// `动漫等多元化解读比例` → `多元化解读比例`, `各部门培训` → `培训`, `省级部门公开率` → `公开率`.
TextView WithoutSubject(TextView text) {
  constexpr size_t kShortestMetric = 2;
  constexpr size_t kShortestRate = 3;
  const auto behind = [text](TextView word) {
    const size_t at = text.find(word);
    return at == TextView::npos ? TextView() : text.substr(at + word.size());
  };
  if (const TextView kind = behind(U"等"); kind.size() > kShortestRate) return kind;
  for (const TextView actor : kActors) {
    if (StartsWith(text, actor) && text.size() >= actor.size() + kShortestMetric) {
      return text.substr(actor.size());
    }
  }
  for (const TextView actor : {U"部门", U"单位"}) {
    if (const TextView rate = behind(actor); rate.size() >= kShortestRate && IsRate(rate)) {
      return rate;
    }
  }
  return text;
}

}  // namespace

size_t FirstPeriod(TextView clause) {
  size_t first = TextView::npos;
  for (const auto& word : kPeriods) first = std::min(first, clause.find(word.text));
  return first;
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

std::optional<TargetPeriod> PeriodBehind(TextView text) {
  if (text.size() < 2 || !IsOneOf(text[0], U"/／每")) return std::nullopt;
  if (StartsWithAny(text.substr(1), Words{U"半年"})) return TargetPeriod::kHalfYear;
  if (text[1] == U'年') return TargetPeriod::kYear;
  if (text[1] == U'季') return TargetPeriod::kQuarter;
  return text[1] == U'月' ? std::optional(TargetPeriod::kMonth) : std::nullopt;
}

std::optional<TargetScope> ScopeOf(TextView text) {
  if (ContainsAny(text, kEachUnitWords)) return TargetScope::kEachUnit;
  if (ContainsAny(text, kDivisionWords)) return TargetScope::kDivision;
  return std::nullopt;
}

bool IsSoft(TextView text) { return ContainsAny(text, kSofteners); }

bool NamesAct(TextView text) { return ContainsAny(text, kActs); }

bool EndsWithVerb(TextView text) { return EndsWithAny(text, kVerbs); }

Text MetricBefore(TextView text) {
  text = WithoutPeriods(text);
  // Behind a year the subject begins anew: `各部门2023年解读率`.
  if (const size_t year = text.rfind(U"年");
      year != TextView::npos && year > 0 && IsDigit(text[year - 1])) {
    text = text.substr(year + 1);
  }
  for (const TextView word : {U"、", U"的", U"：", U"前"}) text = AfterLast(text, word);
  text = TrimFillers(text);
  if (StartsWithAny(text, Words{U"其他", U"其它", U"其余"})) return {};
  const bool subject_only = ContainsAny(text, kEachUnitWords) ||
                            ContainsAny(text, kDivisionWords) || ContainsAny(text, kPersons);
  if (subject_only && !NamesAct(text) && !IsRate(text)) return {};
  return Text(WithoutHolding(WithoutSubject(text)));
}

Text MetricAfter(TextView text) {
  constexpr size_t kLongestMetric = 30;
  if (StartsWith(text, U"的")) text.remove_prefix(1);
  size_t end = TextView::npos;
  for (const TextView act : kActs) {
    const size_t at = text.find(act);
    if (at != TextView::npos) end = std::min(end, at + act.size());
  }
  if (end != TextView::npos) {
    // 会议 in 会议汇报 is no end of the noun, nor is 解读 in 解读稿.
    for (const TextView act : kActs) {
      if (StartsWith(text.substr(end), act)) end += act.size();
    }
    for (const TextView work :
         {U"材料", U"文章", U"作品", U"产品", U"视频", U"图解", U"稿件", U"稿"}) {
      if (!StartsWith(text.substr(end), work)) continue;
      end += work.size();
      break;
    }
    return Text(text.substr(0, end));
  }
  return Text(AfterLast(text, U"的").substr(0, kLongestMetric));
}

}  // namespace gongkai::plans::importer
