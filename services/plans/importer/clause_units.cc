#include "services/plans/importer/clause_units.h"

#include <algorithm>
#include <vector>

#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/unit_labels.h"
#include "services/plans/importer/unit_phrases.h"
#include "services/plans/importer/unit_verbs.h"
#include "services/plans/importer/unit_words.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kMarks = U"，,；;。、 ";

TextView TrimMarks(TextView text) {
  while (!text.empty() && IsOneOf(text.front(), kMarks)) text.remove_prefix(1);
  while (!text.empty() && IsOneOf(text.back(), kMarks)) text.remove_suffix(1);
  return text;
}

// `6月底前完成`, `年内持续推进`: a part that tells when and names nobody.
bool IsDuePart(TextView part) {
  return !EndsAsUnit(part) && !VerbAtEnd(part) && LooksLikeDue(part);
}

std::vector<TextView> PartsOf(TextView text) {
  std::vector<TextView> parts;
  for (size_t start = 0; start < text.size();) {
    const size_t end = std::min(text.size(), text.find_first_of(U"，,；;。", start));
    if (const TextView part = TrimMarks(text.substr(start, end - start)); !part.empty()) {
      parts.push_back(part);
    }
    start = end + 1;
  }
  return parts;
}

// What a bracket or a labelled line says, collected part by part.
class NamedText {
 public:
  explicit NamedText(SplitClause& clause) : clause_(clause) {}

  void Add(TextView text) {
    size_t start = 0;
    auto label = FindLabel(text, 0);
    while (start < text.size() || label) {
      const size_t end = label ? label->begin : text.size();
      AddContent(TrimMarks(text.substr(start, end - start)));
      if (!label) break;
      BeginLabel(*label, text);
      start = label->end;
      label = FindLabel(text, start);
    }
    if (!units_.empty()) clause_.units.lines.push_back(std::move(units_));
  }

 private:
  void BeginLabel(const Label& label, TextView text) {
    kind_ = label.kind;
    if (kind_ != LabelKind::kUnits) return;
    if (!units_.empty()) units_ += U'；';
    units_ += text.substr(label.begin, label.end - label.begin);
  }

  void AddContent(TextView content) {
    if (content.empty() || kind_ == LabelKind::kPerson) return;
    if (kind_ == LabelKind::kDue) return AddDue(content);
    // Parts that tell a date go to the due text; the marks between the others stay.
    const std::vector<TextView> parts = PartsOf(content);
    const bool dated = std::any_of(parts.begin(), parts.end(), IsDuePart);
    if (!dated) {
      units_ += content;
      return;
    }
    bool first = true;
    for (const TextView part : parts) {
      if (IsDuePart(part)) {
        AddDue(part);
        continue;
      }
      if (!first || (!units_.empty() && !IsOneOf(units_.back(), U"：:"))) units_ += U'，';
      units_ += part;
      first = false;
    }
  }

  void AddDue(TextView text) {
    if (!clause_.due.empty()) clause_.due += U'，';
    clause_.due += text;
  }

  SplitClause& clause_;
  LabelKind kind_ = LabelKind::kUnits;
  Text units_;
};

// Whether every phrase reads as a unit or as a date or remark among units, and how sure that is.
enum class Reading { kNone, kNames, kNamesWithVerb };

Reading ReadNames(TextView inner) {
  constexpr size_t kLongestName = 32;
  Reading reading = Reading::kNone;
  for (const TextView part : PartsOf(inner)) {
    if (IsDuePart(part) || (IsNoUnit(part) && !VerbAtEnd(part))) continue;
    for (const Text& phrase : SplitUnitPhrases(part)) {
      if (phrase.size() > kLongestName) return Reading::kNone;
      const auto verb = VerbAtEnd(phrase);
      const TextView name = TextView(phrase).substr(0, verb ? verb->name_length : phrase.size());
      // `（县府办指导）` in the middle of a sentence is an aside.
      const bool guides = EndsWithAny(phrase, Words{U"指导", U"督促", U"监督"});
      if (verb && !guides && !IsNoUnit(name)) {
        reading = Reading::kNamesWithVerb;
      } else if ((!verb || guides) && (EndsAsUnit(name) || EndsWith(name, U"等"))) {
        reading = std::max(reading, Reading::kNames);
      } else if (!VerbWithObject(phrase) && !verb) {
        return Reading::kNone;
      }
    }
  }
  return reading;
}

// Whether what stands in brackets names units, given the text around it.
bool NamesUnits(TextView inner, TextView before, TextView after) {
  constexpr size_t kShortest = 3;
  if (inner.size() < kShortest) return false;
  const auto label = FindLabel(inner, 0);
  const bool labelled = label && label->kind != LabelKind::kPerson;
  if (labelled && (label->begin == 0 || IsOneOf(inner[label->begin - 1], kMarks))) return true;
  if (StartsWithAny(inner, Words{U"含", U"包括", U"如", U"例如", U"不含", U"以下", U"详见", U"见",
                                 U"附件", U"即", U"指", U"原", U"试行"})) {
    return false;
  }
  switch (ReadNames(inner)) {
    case Reading::kNone:
      return false;
    case Reading::kNamesWithVerb:
      return true;
    case Reading::kNames:
      break;
  }
  if (before.empty() || IsOneOf(before.back(), U"。；")) return true;
  const bool ends = after.empty() || IsOneOf(after.front(), U"。；");
  return ends && ReadsAsFullNames(inner);
}

// Length of a labelled sentence that begins at `at`, behind the end of another: `……。责任单位：
// 县司法局。`, else 0.
size_t LabelledLength(TextView clause, size_t at) {
  const bool begins = at == 0 || IsOneOf(clause[at - 1], U"。；;） ");
  if (!begins || !StartsWithLabel(clause.substr(at))) return 0;
  size_t end = clause.find(U'。', at);
  while (end != TextView::npos && StartsWithLabel(clause.substr(end + 1))) {
    end = clause.find(U'。', end + 1);
  }
  return (end == TextView::npos ? clause.size() : end + 1) - at;
}

}  // namespace

bool ReadsAsFullNames(TextView text) {
  const std::vector<Text> phrases = SplitUnitPhrases(text);
  return !phrases.empty() && std::all_of(phrases.begin(), phrases.end(), [](const Text& phrase) {
    constexpr size_t kShortestName = 3;
    if (phrase.size() < kShortestName || !BeginsAsUnit(phrase)) return false;
    // `（各单位）`, but not `（市、区）`.
    if (phrase[0] == U'各' && EndsAsUnit(phrase)) return true;
    return !IsBareLevel(phrase) &&
           EndsWithAny(phrase,
                       Words{U"局", U"办", U"委", U"厅", U"院", U"署", U"会", U"办公室", U"部门",
                             U"中心", U"政府", U"公司", U"分行", U"高新区", U"经开区", U"开发区"});
  });
}

bool IsUnitLine(TextView paragraph) { return StartsWithLabel(paragraph); }

std::vector<SplitClause> SplitAtUnits(TextView clause) {
  std::vector<SplitClause> pieces(1);
  bool bracket_ended_sentence = false;
  for (size_t at = 0; at < clause.size(); ++at) {
    if (const size_t length = LabelledLength(clause, at); length > 0) {
      NamedText(pieces.back()).Add(clause.substr(at, length));
      at += length - 1;
      bracket_ended_sentence = true;
      continue;
    }
    if (IsOpenBracket(clause[at])) {
      const size_t close = ClosingBracket(clause, at);
      const bool closed = close != TextView::npos;
      const TextView inner = closed ? clause.substr(at + 1, close - at - 1) : TextView();
      if (closed && NamesUnits(inner, clause.substr(0, at), clause.substr(close + 1))) {
        SplitClause& piece = pieces.back();
        NamedText(piece).Add(inner);
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
