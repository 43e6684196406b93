#include "services/plans/domain/target_binding.h"

#include <algorithm>
#include <string>
#include <vector>

namespace gongkai::plans {
namespace {

using Words = std::vector<std::string_view>;

enum class Measure { kCount, kKinds, kRate };

// A metric names the thing with one of `keys` and consists of `keys`, `around` and kAnywhere.
struct Rule {
  Measure measure;
  Words keys;
  Words around;
  TargetBinding binding;
};

// Words that change nothing, in any metric.
const Words kAnywhere = {"政务公开", "政府信息公开", "工作", "活动", "开展", "组织", "召开",
                         "举办",     "举行",         "次数", "数量", "的",   "、",   "等"};

const std::vector<Rule>& Rules() {
  using enum CountedSource;
  static const auto& rules = *new std::vector<Rule>{
      {Measure::kCount,
       {"解读"},
       {"政策", "政策性", "文件", "法规", "带头", "发布", "重要"},
       {.source = kInterpretations}},
      {Measure::kCount,
       {"图解", "图表解读", "图文解读"},
       {"政策", "文件", "发布"},
       {.source = kInterpretations, .forms = {"CHART"}}},
      {Measure::kCount,
       {"视频解读"},
       {"政策", "文件", "发布"},
       {.source = kInterpretations, .forms = {"VIDEO"}}},
      {Measure::kCount,
       {"动漫解读", "动画解读"},
       {"政策", "文件", "发布"},
       {.source = kInterpretations, .forms = {"ANIMATION"}}},
      {Measure::kCount,
       {"发布会", "吹风会"},
       {"新闻", "政策", "例行", "参加", "出席"},
       {.source = kInterpretations, .forms = {"PRESS_CONFERENCE"}}},
      {Measure::kCount,
       {"政策评价", "政策评估", "政策后评估"},
       {"重大", "重要"},
       {.source = kActivities, .activity_kind = "POLICY_EVALUATION"}},
      {Measure::kCount,
       {"开放日", "向公众开放", "公众开放"},
       {"政府", "政务", "公众", "主题"},
       {.source = kActivities, .activity_kind = "OPEN_DAY"}},
      {Measure::kCount,
       {"列席"},
       {"邀请", "代表", "公众", "群众", "市民", "企业", "利益相关方", "利害关系人", "人大代表",
        "政协委员", "县政府", "市政府", "区政府", "政府", "常务", "会议", "有关"},
       {.source = kActivities, .activity_kind = "PUBLIC_ATTENDANCE"}},
      {Measure::kCount,
       {"培训"},
       {"业务", "公开", "专题", "集中", "人员"},
       {.source = kActivities, .activity_kind = "TRAINING"}},
      {Measure::kCount,
       {"领导小组会议"},
       {"专题"},
       {.source = kActivities, .activity_kind = "LEADING_GROUP_MEETING"}},
      {Measure::kCount,
       {"汇报"},
       {"听取", "专题", "主要负责人", "主要负责同志", "政府"},
       {.source = kActivities, .activity_kind = "HEAD_BRIEFING"}},
      {Measure::kKinds,
       {"解读形式", "形式解读", "解读方式"},
       {"政策", "文件", "多", "多种", "每个", "每份", "采用"},
       {.source = kFormsPerDocument}},
      {Measure::kRate,
       {"多元化解读率", "多样化解读率", "多形式解读率", "多元化解读比例", "多样化解读比例",
        "多元化解读", "多样化解读"},
       {"政策", "文件"},
       {.source = kFormRate}},
      {Measure::kRate,
       {"解读率", "解读比例"},
       {"政策", "政策性", "文件"},
       {.source = kInterpretationRate}},
  };
  return rules;
}

const Words kCountUnits = {"次",   "场", "场次", "期", "个", "批",
                           "批次", "回", "篇",   "条", "件", "部"};
const Words kHeads = {"主要负责人", "主要负责同志", "主要领导", "一把手"};
const Words kSentenceEnds = {"。", "；", ";", "\n"};

bool Contains(std::string_view text, std::string_view word) {
  return text.find(word) != std::string_view::npos;
}

bool ContainsAny(std::string_view text, const Words& words) {
  return std::any_of(words.begin(), words.end(), [&](auto word) { return Contains(text, word); });
}

bool IsOneOf(std::string_view text, const Words& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

std::optional<Measure> MeasureOf(std::string_view unit) {
  if (unit == "%" || unit == "％") return Measure::kRate;
  if (unit == "种") return Measure::kKinds;
  if (IsOneOf(unit, kCountUnits)) return Measure::kCount;
  return std::nullopt;
}

// Whether the text is a row of these words, in any order.
bool ConsistsOf(std::string_view text, const Words& words) {
  while (!text.empty()) {
    std::string_view longest;
    for (const auto word : words) {
      if (text.starts_with(word) && word.size() > longest.size()) longest = word;
    }
    if (longest.empty()) return false;
    text.remove_prefix(longest.size());
  }
  return true;
}

bool Fits(const Rule& rule, std::string_view metric, Measure measure) {
  if (rule.measure != measure || !ContainsAny(metric, rule.keys)) return false;
  auto words = rule.keys;
  words.insert(words.end(), rule.around.begin(), rule.around.end());
  words.insert(words.end(), kAnywhere.begin(), kAnywhere.end());
  return ConsistsOf(metric, words);
}

// The sentence of `text` in which `clause` stands; the clause itself if it stands nowhere.
std::string_view SentenceOf(std::string_view clause, std::string_view text) {
  const auto at = text.find(clause);
  if (at == std::string_view::npos) return clause;
  size_t begin = 0;
  size_t end = text.size();
  for (const auto mark : kSentenceEnds) {
    if (const auto before = text.substr(0, at).rfind(mark); before != std::string_view::npos) {
      begin = std::max(begin, before + mark.size());
    }
    end = std::min(end, text.find(mark, at + clause.size()));
  }
  return text.substr(begin, end - begin);
}

}  // namespace

std::optional<TargetBinding> BindingByWords(const Target& target, std::string_view requirement) {
  const auto measure = MeasureOf(target.unit);
  if (!measure) return std::nullopt;
  const Rule* found = nullptr;
  for (const auto& rule : Rules()) {
    if (!Fits(rule, target.metric, *measure)) continue;
    if (found) return std::nullopt;
    found = &rule;
  }
  if (!found) return std::nullopt;
  auto binding = found->binding;
  if (binding.source == CountedSource::kInterpretations && binding.forms.empty() &&
      ContainsAny(SentenceOf(target.text, requirement), kHeads)) {
    binding.interpreter = "PRINCIPAL_HEAD";
  }
  return binding;
}

}  // namespace gongkai::plans
