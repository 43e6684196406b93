#include "services/plans/importer/clause_reader.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>

#include "services/plans/importer/clause_units.h"

namespace gongkai::plans::importer {
namespace {

bool EndsSentence(TextView text) {
  return !text.empty() && IsOneOf(text.back(), U"。；：！？”）.;:!?\")]］〕】");
}

bool IsDateLine(TextView text) {
  return text.size() <= 14 && EndsWith(text, U"日") && Contains(text, U"年") &&
         Contains(text, U"月");
}

// `附件2`, `附件：1.任务分解表`: a line that announces what is annexed, or begins it.
bool NamesAnnex(TextView text) {
  constexpr size_t kLongestLine = 40;
  return StartsWithAny(text, Words{U"附件", U"附表"}) && text.size() <= kLongestLine &&
         !IsOneOf(text.back(), U"。；.;");
}

// `附件：1.任务分解表`, with the others on the lines below.
bool ListsAnnexes(TextView text) {
  const size_t colon = text.find_first_of(U"：:");
  if (colon == TextView::npos) return false;
  const auto numbering = ParseNumbering(text.substr(colon + 1));
  return numbering && numbering->level == NumberLevel::kItem && numbering->value == 1;
}

// What ends the text of a clause: annexes, signatures and what is printed below them.
bool EndsText(TextView text) {
  for (const TextView word : {U"附件", U"附表", U"（此件", U"(此件", U"抄送", U"主送"}) {
    if (StartsWith(text, word)) return true;
  }
  return IsDateLine(text) || EndsWith(text, U"日印发");
}

// Nothing but a heading: short and no sentence. An item may as well be a paragraph broken in
// mid-sentence, which shows by its comma.
bool IsHeadingOnly(const Numbering& numbering, TextView text) {
  constexpr size_t kLongestHeading = 45;
  if (text.size() > kLongestHeading || text.find_first_of(U"。；！？") != TextView::npos)
    return false;
  const bool item =
      numbering.level >= NumberLevel::kItem || numbering.level == NumberLevel::kArticle;
  return !item || (!Contains(text, U"，") && !EndsWith(text, U"："));
}

// Sections whose Chinese numbers have lost their marks: headings 一, 二, 三 … in a row, in a
// document that has no marked ones. None where there is only one.
std::map<const Paragraph*, Numbering> FindBareSections(
    const std::vector<const Paragraph*>& paragraphs) {
  constexpr size_t kLongestHeading = 30;
  constexpr size_t kFewest = 2;
  std::map<const Paragraph*, Numbering> sections;
  int32_t last = 0;
  for (const Paragraph* paragraph : paragraphs) {
    const TextView text = paragraph->text;
    const auto marked = ParseNumbering(text);
    if (marked && marked->level == NumberLevel::kSection) return {};
    const auto bare = ParseBareSection(text);
    const bool heading =
        text.size() <= kLongestHeading && text.find_first_of(U"，。；：") == TextView::npos;
    if (!bare || !heading || bare->value != last + 1) continue;
    sections.emplace(paragraph, *bare);
    last = bare->value;
  }
  return sections.size() < kFewest ? std::map<const Paragraph*, Numbering>() : sections;
}

// Decimal numbers tell how deep they are, yet not where they begin. Where nothing is numbered 1.
// they are the items, and where 1. is the outermost they are what sections and items are elsewhere:
//   `1.加强解读`, `1.1配图`, `1.2开会`  →  a section and two subsections
void RaiseDecimals(Clauses& clauses) {
  bool decimals = false;
  bool items = false;
  bool outer = false;
  for (const Clause& clause : clauses) {
    decimals = decimals || IsDecimal(clause.numbering);
    items = items || clause.numbering.level == NumberLevel::kItem;
    outer = outer || clause.numbering.level < NumberLevel::kItem;
  }
  if (!decimals || (items && outer)) return;
  for (Clause& clause : clauses) {
    NumberLevel& level = clause.numbering.level;
    const bool deep = level == NumberLevel::kCircled;
    if (level == NumberLevel::kItem) {
      level = NumberLevel::kSection;
    } else if (IsDecimal(clause.numbering) && items) {
      level = deep ? NumberLevel::kItem : NumberLevel::kSubsection;
    } else if (IsDecimal(clause.numbering)) {
      level = deep ? NumberLevel::kSubitem : NumberLevel::kItem;
    }
  }
}

// Reads paragraphs into clauses; each run of them is one numbered text.
class ClauseReader {
 public:
  std::vector<Clauses> Read(const Document& document) {
    std::vector<const Paragraph*> paragraphs;
    for (const Block& block : document.blocks) {
      if (const auto* paragraph = std::get_if<Paragraph>(&block)) paragraphs.push_back(paragraph);
    }
    bare_sections_ = FindBareSections(paragraphs);
    for (size_t i = 0; i < paragraphs.size(); ++i) {
      const bool before_date = i + 1 < paragraphs.size() && IsDateLine(paragraphs[i + 1]->text);
      const bool signature = before_date && !EndsSentence(paragraphs[i]->text);
      ReadParagraph(*paragraphs[i], signature);
    }
    for (Clauses& text : texts_) RaiseDecimals(text);
    return std::move(texts_);
  }

 private:
  std::optional<Numbering> NumberingOf(const Paragraph& paragraph) const {
    const auto bare = bare_sections_.find(&paragraph);
    return bare == bare_sections_.end() ? ParseNumbering(paragraph.text) : bare->second;
  }

  void ReadParagraph(const Paragraph& paragraph, bool signature) {
    const auto numbering = NumberingOf(paragraph);
    if (numbering && !IsContinuation(*numbering)) return Begin(paragraph, *numbering);
    if (NamesAnnex(paragraph.text)) {
      annex_begins_ = true;
      last_annex_ = ListsAnnexes(paragraph.text) ? 1 : 0;
    }
    if (signature || EndsText(paragraph.text)) open_ = false;
    if (open_) Append(paragraph);
  }

  // A paragraph broken in front of what looks like a number: `……突出` / `3.0版本的……`.
  bool IsContinuation(const Numbering& numbering) const {
    constexpr size_t kLongText = 40;
    if (!open_) return false;
    const Clause& last = texts_.back().back();
    if (last.body.size() <= kLongText || EndsSentence(last.body)) return false;
    const int32_t next = last_values_[static_cast<size_t>(numbering.level)] + 1;
    return numbering.value != next && numbering.value != 1;
  }

  void Begin(const Paragraph& paragraph, const Numbering& numbering) {
    if (last_annex_ > 0 && numbering.level == NumberLevel::kItem &&
        numbering.value == last_annex_ + 1) {
      ++last_annex_;
      return;
    }
    last_annex_ = 0;
    if (texts_.empty() || BeginsNewText(numbering)) {
      texts_.emplace_back();
      last_part_ = 0;
      last_section_ = 0;
      last_values_ = {};
    }
    const auto level = static_cast<size_t>(numbering.level);
    std::fill(last_values_.begin() + level, last_values_.end(), 0);
    last_values_[level] = numbering.value;
    annex_begins_ = false;
    Clause clause{.numbering = numbering, .span = paragraph.span};
    SplitClause split = SplitUnits(TextView(paragraph.text).substr(numbering.length));
    if (IsHeadingOnly(numbering, split.requirement)) {
      clause.heading = std::move(split.requirement);
      clause.units = std::move(split.units);
      clause.units.span = paragraph.span;
      clause.due = std::move(split.due);
    } else {
      clause.body = TextView(paragraph.text).substr(numbering.length);
    }
    texts_.back().push_back(std::move(clause));
    if (numbering.level == NumberLevel::kPart) last_part_ = texts_.back().size();
    if (numbering.level == NumberLevel::kSection) last_section_ = texts_.back().size();
    open_ = true;
  }

  // The outermost number in use starts again; under another part it may.
  bool BeginsNewText(const Numbering& numbering) const {
    if (annex_begins_ && numbering.value == 1) return true;
    if (numbering.level > NumberLevel::kSection || numbering.value != 1) return false;
    if (numbering.level == NumberLevel::kPart) return last_part_ > 0 || last_section_ > 0;
    return last_section_ > last_part_;
  }

  void Append(const Paragraph& paragraph) {
    Clause& clause = texts_.back().back();
    clause.span.end = paragraph.span.end;
    if (!IsUnitLine(paragraph.text)) {
      clause.body += paragraph.text;
      return;
    }
    const SplitClause split = SplitUnits(paragraph.text);
    clause.units.span = Cover(clause.units.empty() ? Span() : clause.units.span, paragraph.span);
    clause.units.lines.insert(clause.units.lines.end(), split.units.lines.begin(),
                              split.units.lines.end());
    clause.due += split.due;
  }

  std::vector<Clauses> texts_;
  // How many clauses the text had after its last part and its last section.
  size_t last_part_ = 0;
  size_t last_section_ = 0;
  // The last number of each level; 0 behind one further out.
  std::array<int32_t, kNumberLevels> last_values_ = {};
  bool open_ = false;
  bool annex_begins_ = false;  // behind the last clause
  int32_t last_annex_ = 0;     // in a list of annexes
  std::map<const Paragraph*, Numbering> bare_sections_;
};

}  // namespace

std::vector<Clauses> ReadClauses(const Document& document) { return ClauseReader().Read(document); }

}  // namespace gongkai::plans::importer
