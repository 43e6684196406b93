#include "services/plans/importer/unit_labels.h"

#include <algorithm>

#include "services/plans/importer/unit_verbs.h"

namespace gongkai::plans::importer {
namespace {

struct LabelEnd {
  TextView text;
  LabelKind kind;
  // A label without any word in front of it.
  bool alone = false;
};

// Longer ones first.
constexpr LabelEnd kEnds[] = {
    {U"时限要求", LabelKind::kDue, true},
    {U"时间要求", LabelKind::kDue, true},
    {U"时间节点", LabelKind::kDue, true},
    {U"时间安排", LabelKind::kDue, true},
    {U"进度安排", LabelKind::kDue, true},
    {U"时限", LabelKind::kDue, true},
    {U"时间", LabelKind::kDue},
    {U"期限", LabelKind::kDue},
    {U"日期", LabelKind::kDue},
    {U"责任人", LabelKind::kPerson, true},
    {U"责任领导", LabelKind::kPerson, true},
    {U"联系人", LabelKind::kPerson, true},
    {U"领导", LabelKind::kPerson},
    {U"电话", LabelKind::kPerson},
    {U"任务分工", LabelKind::kUnits, true},
    {U"责任分工", LabelKind::kUnits, true},
    {U"职责分工", LabelKind::kUnits, true},
    {U"单位", LabelKind::kUnits},
    {U"部门", LabelKind::kUnits},
    {U"科室", LabelKind::kUnits},
    {U"处室", LabelKind::kUnits},
    {U"股室", LabelKind::kUnits},
    {U"机构", LabelKind::kUnits},
    {U"主体", LabelKind::kUnits},
    {U"机关", LabelKind::kUnits},
    {U"牵头", LabelKind::kUnits, true},
    {U"主办", LabelKind::kUnits, true},
    {U"配合", LabelKind::kUnits, true},
    {U"协办", LabelKind::kUnits, true},
    {U"承办", LabelKind::kUnits, true},
};

// What may stand between the beginning of a label and its end.
constexpr TextView kInside[] = {
    U"牵头", U"主办", U"主责", U"责任", U"配合", U"协办", U"协助", U"协同", U"承办",
    U"参与", U"参加", U"落实", U"负责", U"实施", U"支持", U"主要", U"第一", U"其他",
    U"市级", U"县级", U"省级", U"区级", U"完成", U"办理", U"推进", U"整改", U"计划",
    U"目标", U"工作", U"任务", U"办结", U"截止", U"分管", U"联系", U"指导", U"监督",
    U"督办", U"及",   U"和",   U"、",   U"/",    U"（",   U"）",   U"(",    U")"};

// The label that ends at the colon at `colon` and does not begin before `from`.
std::optional<Label> LabelAt(TextView text, size_t from, size_t colon) {
  TextView rest = text.substr(from, colon - from);
  // `责任单位（排第一位的为牵头单位）：` says more in a bracket.
  if (!rest.empty() && IsOneOf(rest.back(), U"）)")) {
    const size_t open = rest.find_last_of(U"（(");
    if (open != TextView::npos) rest = rest.substr(0, open);
  }
  const TextView whole = rest;
  const auto* label_end =
      std::find_if(std::begin(kEnds), std::end(kEnds),
                   [rest](const LabelEnd& end) { return EndsWith(rest, end.text); });
  if (label_end == std::end(kEnds)) return std::nullopt;
  rest.remove_suffix(label_end->text.size());
  const size_t before_end = rest.size();
  for (bool found = true; found;) {
    found = false;
    for (const TextView word : kInside) {
      if (!EndsWith(rest, word)) continue;
      rest.remove_suffix(word.size());
      found = true;
    }
  }
  // `、责任单位：` begins behind the mark.
  size_t begin = rest.size();
  while (begin < before_end && IsOneOf(whole[begin], U"及和、/（）()")) ++begin;
  if (begin == before_end && !label_end->alone) return std::nullopt;
  return Label{.begin = from + begin,
               .end = colon + 1,
               .kind = label_end->kind,
               .role = label_end->kind == LabelKind::kUnits ? RoleOfWord(whole.substr(begin))
                                                            : std::nullopt};
}

}  // namespace

std::optional<Label> FindLabel(TextView text, size_t from) {
  constexpr size_t kLongestLabel = 40;
  for (size_t colon = text.find_first_of(U"：:", from); colon != TextView::npos;
       colon = text.find_first_of(U"：:", colon + 1)) {
    const size_t earliest = std::max(from, colon < kLongestLabel ? 0 : colon - kLongestLabel);
    if (auto label = LabelAt(text, earliest, colon)) return label;
  }
  return std::nullopt;
}

bool StartsWithLabel(TextView text) {
  constexpr size_t kLongestLabel = 40;
  const auto label = FindLabel(text.substr(0, kLongestLabel), 0);
  return label && label->begin == 0 && label->kind != LabelKind::kPerson;
}

bool SaysFirstUnitLeads(TextView text) {
  constexpr size_t kFarthest = 16;
  for (size_t lead = text.find(U"牵头"); lead != TextView::npos;
       lead = text.find(U"牵头", lead + 1)) {
    const size_t start = lead < kFarthest ? 0 : lead - kFarthest;
    TextView before = text.substr(start, lead - start);
    before = before.substr(before.find_last_of(U"。；") + 1);  // npos + 1 is 0
    const bool placed = ContainsAny(before, Words{U"列", U"排", U"位", U"序", U"名"});
    if (placed && ContainsAny(before, Words{U"第一", U"首位", U"列首", U"居首", U"最前"})) {
      return true;
    }
  }
  return false;
}

}  // namespace gongkai::plans::importer
