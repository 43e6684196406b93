#include "services/plans/importer/clause_units.h"

#include <algorithm>

#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kUnitLabels[] = {
    U"责任单位", U"牵头单位", U"配合单位", U"责任部门",     U"牵头部门", U"配合部门", U"落实单位",
    U"承办单位", U"协办单位", U"负责单位", U"牵头责任单位", U"责任分工", U"主办单位", U"参与单位"};
constexpr TextView kDueLabels[] = {U"完成时限", U"完成时间", U"完成期限", U"时限要求",
                                   U"工作时限", U"时间节点", U"时限",     U"时间要求"};
constexpr TextView kVerbs[] = {U"负责", U"牵头", U"配合", U"落实", U"分工", U"参与", U"实施"};

// Length of a label with its colon at the start of the text, else 0.
template <size_t kSize>
size_t LabelLength(TextView text, const TextView (&labels)[kSize]) {
  for (const TextView label : labels) {
    if (!StartsWith(text, label) || text.size() <= label.size()) continue;
    if (IsOneOf(text[label.size()], U"：:")) return label.size() + 1;
  }
  return 0;
}

bool StartsWithLabel(TextView text) {
  return LabelLength(text, kUnitLabels) > 0 || LabelLength(text, kDueLabels) > 0;
}

// Whether what stands in brackets names units, given the text in front of them.
bool NamesUnits(TextView inner, TextView before) {
  constexpr size_t kShortest = 4;
  if (inner.size() < kShortest) return false;
  if (StartsWithLabel(inner)) return true;
  const bool verb = std::any_of(std::begin(kVerbs), std::end(kVerbs),
                                [inner](TextView word) { return EndsWith(inner, word); });
  const bool at_end = before.empty() || IsOneOf(before.back(), U"。；");
  return (verb || at_end) && LooksLikeUnits(inner);
}

// Adds `text`, parts of which may be labelled deadlines, to the clause.
void AddNamed(TextView text, SplitClause& clause) {
  Text units;
  for (size_t start = 0; start < text.size();) {
    size_t end = text.find_first_of(U"；;。", start);
    if (end == TextView::npos) end = text.size();
    TextView part = text.substr(start, end - start);
    // `责任单位：县司法局，完成时限：6月底前` uses a comma for the semicolon.
    for (const TextView label : kDueLabels) {
      const size_t at = part.find(label);
      if (at == TextView::npos || at == 0 || !IsOneOf(part[at - 1], U"，,、 ")) continue;
      clause.due += part.substr(std::min(part.size(), at + label.size() + 1));
      part = part.substr(0, at - 1);
      break;
    }
    if (const size_t length = LabelLength(part, kDueLabels); length > 0) {
      clause.due += part.substr(length);
    } else if (!part.empty()) {
      if (!units.empty()) units += U'；';
      units += part;
    }
    start = end + 1;
  }
  if (!units.empty()) clause.units.lines.push_back(std::move(units));
}

// The place of the bracket that closes the one at `open`, or npos; looks a limited way ahead.
size_t ClosingBracket(TextView text, size_t open) {
  constexpr size_t kLongestBracket = 400;
  int depth = 0;
  for (size_t at = open; at < text.size() && at - open < kLongestBracket; ++at) {
    if (IsOneOf(text[at], U"（(")) ++depth;
    if (IsOneOf(text[at], U"）)") && --depth == 0) return at;
  }
  return TextView::npos;
}

}  // namespace

bool IsUnitLine(TextView paragraph) { return StartsWithLabel(paragraph); }

std::vector<SplitClause> SplitAtUnits(TextView clause) {
  std::vector<SplitClause> pieces(1);
  if (IsUnitLine(clause)) {
    AddNamed(clause, pieces[0]);
    return pieces;
  }
  bool bracket_ended_sentence = false;
  for (size_t at = 0; at < clause.size(); ++at) {
    if (IsOneOf(clause[at], U"（(")) {
      const size_t close = ClosingBracket(clause, at);
      const bool closed = close != TextView::npos;
      const TextView inner = closed ? clause.substr(at + 1, close - at - 1) : TextView();
      if (closed && NamesUnits(inner, clause.substr(0, at))) {
        SplitClause& piece = pieces.back();
        AddNamed(inner, piece);
        at = close;
        const bool stop_follows = at + 1 < clause.size() && IsOneOf(clause[at + 1], U"。；");
        const bool stop_before = EndsWith(piece.requirement, U"。");
        // One full stop is enough: `完善目录（县司法局负责）。`
        if (stop_follows && stop_before) ++at;
        bracket_ended_sentence = stop_follows || stop_before;
        continue;
      }
    }
    const bool mark = IsOneOf(clause[at], U"。；");
    if (bracket_ended_sentence && !mark) pieces.emplace_back();
    if (!mark) bracket_ended_sentence = false;
    pieces.back().requirement += clause[at];
  }
  return pieces;
}

SplitClause SplitUnits(TextView clause) {
  SplitClause whole;
  for (SplitClause& piece : SplitAtUnits(clause)) {
    whole.requirement += piece.requirement;
    whole.units.lines.insert(whole.units.lines.end(), piece.units.lines.begin(),
                             piece.units.lines.end());
    whole.due += piece.due;
  }
  return whole;
}

}  // namespace gongkai::plans::importer
