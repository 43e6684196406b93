#include "services/reporting/documents/bulletin_values.h"

#include <algorithm>
#include <cstdlib>

namespace gongkai::reporting {
namespace {

using Texts = TemplateValues::Texts;
using Lists = decltype(TemplateValues::lists);

// → "2026年6月30日".
std::string DayWords(CivilDate day) {
  return std::to_string(static_cast<int>(day.year())) + "年" +
         std::to_string(static_cast<unsigned>(day.month())) + "月" +
         std::to_string(static_cast<unsigned>(day.day())) + "日";
}

std::string Words(const Ratio& ratio) {
  return ratio.denominator == 0 ? "不适用" : DisplayPercent(ratio);
}

std::string Words(std::int64_t count) { return std::to_string(count); }

struct NamedRatio {
  const char* name;
  Ratio FigureSet::*ratio;
};

constexpr NamedRatio kRatios[] = {
    {"完成率", &FigureSet::completion},
    {"自报完成率", &FigureSet::completion_self_reported},
    {"佐证完成率", &FigureSet::completion_with_evidence},
    {"牵头完成率", &FigureSet::completion_lead},
    {"任务完成率", &FigureSet::completion_by_task},
    {"长期坚持完成率", &FigureSet::ongoing},
    {"按时完成率", &FigureSet::on_time},
    {"认领率", &FigureSet::claim},
    {"按期认领率", &FigureSet::claim_in_time},
    {"备案率", &FigureSet::filing},
    {"按期备案率", &FigureSet::filing_in_time},
    {"主要负责人解读达标率", &FigureSet::head_interpretation},
    {"解读率", &FigureSet::interpretation},
    {"多元化解读率", &FigureSet::diversified},
    {"解读形式达标率", &FigureSet::forms},
};

struct NamedCount {
  const char* name;
  std::int64_t FigureCounts::*count;
};

constexpr NamedCount kCounts[] = {
    {"应完成数", &FigureCounts::occurrences},
    {"已提交数", &FigureCounts::self_reported},
    {"已核验数", &FigureCounts::verified},
    {"到期数", &FigureCounts::due},
    {"按时完成数", &FigureCounts::due_verified_in_time},
    {"逾期未完成数", &FigureCounts::overdue_not_done},
    {"逾期完成数", &FigureCounts::done_late},
    {"早于印发日期数", &FigureCounts::due_before_issue},
    {"长期坚持数", &FigureCounts::ongoing},
};

Texts NumbersOf(const FigureCounts& counts) {
  Texts texts;
  const auto figures = FiguresOf(counts);
  for (const auto& [name, ratio] : kRatios) texts[name] = Words(figures.*ratio);
  for (const auto& [name, count] : kCounts) texts[name] = Words(counts.*count);
  return texts;
}

bool Higher(const Ratio& one, const Ratio& other) {
  return one.numerator * other.denominator > other.numerator * one.denominator;
}

// By completion, the highest first, equal ones with the same rank; not applicable ones last.
std::vector<Texts> Ranking(std::vector<SubjectCounts> subjects) {
  const auto completion = [](const SubjectCounts& subject) {
    return FiguresOf(subject.counts).completion;
  };
  std::stable_sort(subjects.begin(), subjects.end(), [&](const auto& one, const auto& other) {
    const auto a = completion(one);
    const auto b = completion(other);
    if (a.denominator == 0 || b.denominator == 0) return a.denominator > 0 && b.denominator == 0;
    return Higher(a, b);
  });
  std::vector<Texts> lines;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    auto line = NumbersOf(subjects[i].counts);
    line["名称"] = subjects[i].display_name;
    const auto own = completion(subjects[i]);
    const bool shared = i > 0 && own.denominator > 0 && !Higher(completion(subjects[i - 1]), own);
    line["名次"] = own.denominator == 0 ? "—"
                   : shared             ? lines.back()["名次"]
                                        : std::to_string(i + 1);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<Texts> Indicators(const FigureCounts& counts) {
  std::vector<Texts> lines;
  const auto figures = FiguresOf(counts);
  for (const auto& [name, ratio] : kRatios) {
    const auto& value = figures.*ratio;
    if (value.denominator == 0) continue;
    lines.push_back({{"名称", name},
                     {"数值", Words(value)},
                     {"分子", Words(value.numerator)},
                     {"分母", Words(value.denominator)}});
  }
  return lines;
}

std::vector<Texts> Overdue(const Bulletin& bulletin) {
  std::vector<Texts> lines;
  for (const auto& entry : bulletin.overdue) {
    lines.push_back({{"序号", std::to_string(lines.size() + 1)},
                     {"地区", entry.division_name},
                     {"单位", entry.unit_name},
                     {"任务", entry.title},
                     {"任务序号", entry.ordinal},
                     {"时限", FormatDate(*entry.occurrence.due_date)},
                     {"逾期天数", std::to_string(*DaysLate(entry, bulletin.as_of))}});
  }
  return lines;
}

// Tenths of a percentage point, rounded half away from zero.
std::int64_t TenthsBetween(const Ratio& now, const Ratio& then) {
  const auto difference =
      2000 * (now.numerator * then.denominator - then.numerator * now.denominator);
  const auto whole = now.denominator * then.denominator;
  const auto rounded = (std::abs(difference) + whole) / (2 * whole);
  return difference < 0 ? -rounded : rounded;
}

std::string Comparison(const Bulletin& bulletin) {
  if (!bulletin.compared) return "";
  const auto now = FiguresOf(bulletin.total).completion;
  const auto then = FiguresOf(*bulletin.compared).completion;
  if (now.denominator == 0 || then.denominator == 0) return "";
  const auto tenths = TenthsBetween(now, then);
  const auto size = std::to_string(std::abs(tenths) / 10) + "." +
                    std::to_string(std::abs(tenths) % 10) + "个百分点";
  const auto since = "与" + DayWords(bulletin.compared_day) + "相比，完成率";
  if (tenths == 0) return since + "持平。";
  return since + (tenths > 0 ? "提高" : "下降") + size + "。";
}

std::string Whole(const Bulletin& bulletin) {
  const auto& counts = bulletin.total;
  const auto figures = FiguresOf(counts);
  if (counts.occurrences == 0) return "本年度尚无应完成的事项。";
  std::string text = "截至" + DayWords(bulletin.as_of) + "，共有应完成事项" +
                     Words(counts.occurrences) + "项，已核验" + Words(counts.verified) +
                     "项，完成率" + Words(figures.completion) + "；单位自报完成率" +
                     Words(figures.completion_self_reported) + "，其中附有佐证材料的完成率" +
                     Words(figures.completion_with_evidence) + "。";
  if (figures.on_time.denominator > 0) {
    text += "已到期事项" + Words(counts.due) + "项，按时完成率" + Words(figures.on_time) + "。";
  }
  if (figures.claim.denominator > 0) {
    text += "任务认领率" + Words(figures.claim) + "，措施备案率" + Words(figures.filing) + "。";
  }
  return text;
}

std::string OverdueWords(const Bulletin& bulletin) {
  const auto count = bulletin.total.overdue_not_done;
  if (count == 0) return "截至" + DayWords(bulletin.as_of) + "，没有逾期未完成的事项。";
  std::string text = "截至" + DayWords(bulletin.as_of) + "，逾期未完成事项" + Words(count) + "项";
  if (bulletin.total.done_late > 0) {
    text += "，另有逾期完成事项" + Words(bulletin.total.done_late) + "项";
  }
  const auto listed = static_cast<std::int64_t>(bulletin.overdue.size());
  text +=
      listed < count ? "。逾期时间最长的" + Words(listed) + "项如下，其余见台账。" : "，清单如下。";
  return text;
}

std::string Joined(const std::vector<std::string>& names) {
  constexpr std::size_t kMost = 20;
  std::string text;
  for (std::size_t i = 0; i < names.size() && i < kMost; ++i) {
    text += (i > 0 ? "、" : "") + names[i];
  }
  return names.size() > kMost ? text + "等" : text;
}

// What the figures leave out, and by which rules they are.
std::vector<Texts> Notes(const Bulletin& bulletin) {
  std::vector<std::string> notes;
  const auto& left_out = bulletin.left_out;
  if (bulletin.total.ongoing > 0) {
    notes.push_back("长期坚持类事项" + Words(bulletin.total.ongoing) +
                    "项按季度单独评价，不计入完成率。");
  }
  if (left_out.cancelled > 0) {
    notes.push_back("已取消的事项" + Words(left_out.cancelled) + "项不计入各项指标。");
  }
  if (bulletin.total.due_before_issue > 0) {
    notes.push_back("时限早于方案印发日期的事项" + Words(bulletin.total.due_before_issue) +
                    "项，在重新确定时限之前不计入逾期。");
  }
  if (left_out.without_due_day > 0) {
    notes.push_back("时限取决于尚未发生事件的事项" + Words(left_out.without_due_day) +
                    "项，不计入逾期。");
  }
  if (!left_out.without_plan.empty()) {
    notes.push_back("下列" + Words(static_cast<std::int64_t>(left_out.without_plan.size())) +
                    "个地区本年度尚无已印发的方案，未列入统计：" + Joined(left_out.without_plan) +
                    "。");
  }
  notes.push_back("完成率为已核验事项与应完成事项之比；逾期指时限已过且没有有效提交。数据以" +
                  DayWords(bulletin.as_of) + "当日终了时为准，统计口径版本为" +
                  std::string(bulletin.rule_version) + "。");
  std::vector<Texts> lines;
  for (std::size_t i = 0; i < notes.size(); ++i) {
    lines.push_back({{"序号", std::to_string(i + 1)}, {"内容", notes[i]}});
  }
  return lines;
}

// The names of a bulletin in which every list has a member.
TemplateNames CollectNames() {
  Bulletin bulletin{.subjects = {{}}};
  bulletin.total.occurrences = 1;
  bulletin.overdue.push_back({.occurrence = {.due_date = CivilDate()}});
  const auto values = ValuesOf(bulletin);
  TemplateNames names;
  for (const auto& [name, text] : values.texts) names.insert(name);
  for (const auto& [list, members] : values.lists) {
    for (const auto& [name, text] : members.front()) names.insert(list + "." + name);
  }
  return names;
}

}  // namespace

TemplateValues ValuesOf(const Bulletin& bulletin) {
  TemplateValues values{.texts = NumbersOf(bulletin.total)};
  auto& texts = values.texts;
  const bool of_units = bulletin.grouping == Grouping::kUnit;
  texts["发文机关"] = bulletin.issuer;
  texts["文号"] = bulletin.document_number;
  texts["标题"] = bulletin.title;
  texts["地区"] = bulletin.division_name;
  texts["年度"] = std::to_string(bulletin.year);
  texts["截止日期"] = DayWords(bulletin.as_of);
  texts["成文日期"] = DayWords(bulletin.as_of);
  texts["主送"] = of_units ? "各有关单位" : "各县（市、区）人民政府，各有关单位";
  texts["排名对象"] = of_units ? "责任单位" : "地区";
  texts["总体情况"] = Whole(bulletin);
  texts["比较情况"] = Comparison(bulletin);
  texts["逾期情况"] = OverdueWords(bulletin);
  texts["统计口径"] = bulletin.rule_version;
  values.lists = Lists{{"排名", Ranking(bulletin.subjects)},
                       {"指标", Indicators(bulletin.total)},
                       {"逾期", Overdue(bulletin)},
                       {"说明", Notes(bulletin)}};
  return values;
}

const TemplateNames& BulletinNames() {
  static const TemplateNames kNames = CollectNames();
  return kNames;
}

}  // namespace gongkai::reporting
