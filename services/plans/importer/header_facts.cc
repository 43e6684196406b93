#include "services/plans/importer/header_facts.h"

#include <algorithm>

#include "services/plans/importer/division_name.h"
#include "services/plans/importer/numbering.h"
#include "services/plans/importer/scanner.h"
#include "services/plans/importer/units.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kPlanWords[] = {U"工作要点", U"要点",     U"方案",     U"分解表",   U"任务表",
                                   U"计划",     U"工作安排", U"任务分工", U"任务清单", U"责任分工",
                                   U"分工表",   U"清单",     U"台账",     U"一览表",   U"意见",
                                   U"任务分解", U"工作任务"};
constexpr TextView kIssuerEnds[] = {U"办公室", U"人民政府", U"小组", U"委员会", U"局", U"文件"};

template <size_t kSize>
bool EndsWithAny(TextView text, const TextView (&words)[kSize]) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](TextView word) { return EndsWith(text, word); });
}

// `某政办发〔2023〕5号` at the start of the text; empty where there is none.
TextView NumberAtStart(TextView text) {
  const size_t open = text.substr(0, 16).find_first_of(U"〔[【（(");
  if (open == TextView::npos || open < 2) return {};
  const TextView agency = text.substr(0, open);
  if (!std::all_of(agency.begin(), agency.end(), IsHan)) return {};
  Scanner at(text, open + 1);
  if (!at.EatYear() || !at.EatAny({U"〕", U"]", U"】", U"）", U")"})) return {};
  at.Eat(U"第");
  if (!at.EatNumber() || !at.Eat(U"号")) return {};
  return text.substr(0, at.position());
}

// The date that the text begins with, in digits or Chinese numerals, and where it ends.
struct DateAtStart {
  CivilDate date;
  size_t end;
};
std::optional<DateAtStart> ParseDateAtStart(TextView text) {
  Scanner at(text);
  at.EatAny({U"（", U"("});
  const auto year = at.EatYear();
  if (!year || !at.Eat(U"年")) return std::nullopt;
  const auto month = at.EatNumber();
  if (!month || !at.Eat(U"月")) return std::nullopt;
  const auto day = at.EatNumber();
  if (!day || !at.Eat(U"日")) return std::nullopt;
  const CivilDate date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                       std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  at.EatAny({U"）", U")"});
  return DateAtStart{date, at.position()};
}

// Year of a title, with 年: `2023年`, `二〇二三年`.
int32_t YearIn(TextView text) {
  for (size_t i = 0; i < text.size(); ++i) {
    Scanner at(text, i);
    const auto year = at.EatYear();
    if (year && (at.Eat(U"年") || at.Eat(U"—"))) return *year;
  }
  return 0;
}

// A line that may be part of a title: short and without the punctuation of a sentence.
bool IsTitleLine(TextView text) {
  constexpr size_t kLongestLine = 60;
  return text.size() <= kLongestLine && text.find_first_of(U"，。；：！？:;") == TextView::npos &&
         !ParseNumbering(text) && NumberAtStart(text).empty() && !ParseDateAtStart(text) &&
         !StartsWith(text, U"附件") && !StartsWith(text, U"附表") && !StartsWith(text, U"（");
}

TextView WithoutBracketAtEnd(TextView text) {
  if (!EndsWith(text, U"）") && !EndsWith(text, U")")) return text;
  const size_t open = text.find_last_of(U"（(");
  return open == TextView::npos ? text : text.substr(0, open);
}

bool IsPlanTitle(TextView text) {
  constexpr size_t kShortestTitle = 8;
  const TextView name = WithoutBracketAtEnd(text);
  return name.size() >= kShortestTitle && EndsWithAny(name, kPlanWords) &&
         !Contains(text, U"关于印发") && !Contains(text, U"的通知") &&
         (Contains(name, U"公开") || YearIn(name) > 0 || Contains(name, U"任务"));
}

// `关于印发《某方案》的通知` and `关于印发某方案的通知` → `某方案`; empty for another text.
TextView TitleInNotice(TextView notice) {
  const size_t issued = notice.find(U"印发");
  const size_t end = notice.rfind(U"的通知");
  if (issued == TextView::npos || end == TextView::npos || end < issued + 2) return {};
  TextView title = notice.substr(issued + 2, end - issued - 2);
  if (StartsWith(title, U"《")) title.remove_prefix(1);
  if (EndsWith(title, U"》")) title.remove_suffix(1);
  return title;
}

class FactReader {
 public:
  explicit FactReader(const Document& document) {
    for (const Block& block : document.blocks) {
      if (const auto* paragraph = std::get_if<Paragraph>(&block)) {
        paragraphs_.push_back(*paragraph);
        texts_.push_back(paragraph->text);
      } else {
        for (const Cell& cell : std::get<Row>(block).cells) {
          texts_.insert(texts_.end(), cell.lines.begin(), cell.lines.end());
        }
      }
    }
  }

  HeaderFacts Read() {
    ReadTitles();
    ReadNumber();
    ReadDate();
    ReadAddressees();
    ReadDivision();
    ReadYear();
    return std::move(facts_);
  }

 private:
  void ReadTitles() {
    Text of_annex;
    bool in_annex = false;
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      const Text& text = paragraphs_[i].text;
      if (StartsWith(text, U"附件") || StartsWith(text, U"附表")) in_annex = true;
      if (!IsTitleLine(text)) continue;
      const Text title = LongestTitleAt(i);
      if (title.empty()) continue;
      if (notice_.empty() && EndsWith(title, U"通知")) notice_ = title;
      if (!IsPlanTitle(title)) continue;
      Text& place = in_annex ? of_annex : facts_.title;
      if (place.empty()) place = title;
    }
    if (facts_.title.empty()) facts_.title = TitleInNotice(notice_);
    if (facts_.title.empty()) facts_.title = of_annex;
    if (facts_.title.empty()) facts_.title = notice_;
  }

  // Up to four lines that follow each other directly and together make a title, from line `i` on.
  Text LongestTitleAt(size_t i) const {
    constexpr size_t kMostLines = 4;
    Text joined;
    Text longest;
    for (size_t n = i; n < paragraphs_.size() && n < i + kMostLines; ++n) {
      const Text& line = paragraphs_[n].text;
      if (!IsTitleLine(line) || (n > i && !paragraphs_[n].follows_directly)) break;
      joined += line;
      if (IsPlanTitle(joined) || (EndsWith(joined, U"通知") && Contains(joined, U"关于"))) {
        longest = joined;
      }
      // An issuer's name above the title is no part of it.
      if (EndsWithAny(line, kIssuerEnds) && !Contains(line, U"关于")) break;
    }
    return longest;
  }

  void ReadNumber() {
    for (const Paragraph& paragraph : paragraphs_) {
      TextView text = paragraph.text;
      for (const TextView label : {U"发文字号：", U"文号：", U"发文字号:", U"文号:"}) {
        if (StartsWith(text, label)) text.remove_prefix(label.size());
      }
      const TextView number = NumberAtStart(text);
      constexpr size_t kLongestAddition = 12;  // 签发人：…
      if (number.empty() || text.size() > number.size() + kLongestAddition) continue;
      facts_.document_number = number;
      return;
    }
  }

  // The date on a line of its own under the signature, else the one of the 印发 line.
  void ReadDate() {
    std::optional<CivilDate> printed;
    for (const Paragraph& paragraph : paragraphs_) {
      const TextView text = paragraph.text;
      const auto whole = ParseDateAtStart(text);
      if (whole && whole->end == text.size()) {
        facts_.issue_date = whole->date;
        return;
      }
      if (!printed && (EndsWith(text, U"印发") || IsSignature(text))) printed = DateIn(text);
      if (!printed && (StartsWith(text, U"成文日期") || StartsWith(text, U"发文日期") ||
                       StartsWith(text, U"印发日期"))) {
        printed = DateIn(text);
      }
    }
    facts_.issue_date = printed;
  }

  // `某县人民政府办公室2024年4月18日`: issuer and date on one line.
  static bool IsSignature(TextView text) {
    constexpr size_t kLongestSignature = 40;
    const size_t digit = text.find_first_of(U"0123456789二");
    return text.size() <= kLongestSignature && EndsWith(text, U"日") && digit != TextView::npos &&
           EndsWithAny(text.substr(0, digit), kIssuerEnds);
  }

  static std::optional<CivilDate> DateIn(TextView text) {
    for (size_t i = 0; i < text.size(); ++i) {
      if (i > 0 && IsDigit(text[i - 1])) continue;
      if (const auto date = ParseDateAtStart(text.substr(i))) return date->date;
    }
    return std::nullopt;
  }

  void ReadAddressees() {
    for (const Paragraph& paragraph : paragraphs_) {
      const TextView text = paragraph.text;
      if (ParseNumbering(text)) return;
      if (!EndsWith(text, U"：") && !EndsWith(text, U":")) continue;
      const TextView names = text.substr(0, text.size() - 1);
      if (Contains(names, U"：") || !Contains(names, U"各") || !LooksLikeUnits(names)) continue;
      facts_.addressees = names;
      return;
    }
  }

  void ReadDivision() {
    facts_.division = DivisionInTitle(facts_.title);
    if (facts_.division.empty()) facts_.division = DivisionInTitle(notice_);
    if (facts_.division.empty()) facts_.division = DivisionNamedMost(texts_);
  }

  void ReadYear() {
    facts_.year = YearIn(facts_.title);
    if (facts_.year == 0) facts_.year = YearIn(notice_);
    if (facts_.year == 0 && facts_.issue_date) {
      facts_.year = static_cast<int32_t>(static_cast<int>(facts_.issue_date->year()));
    }
    for (size_t i = 0; facts_.year == 0 && i < facts_.document_number.size(); ++i) {
      facts_.year = Scanner(facts_.document_number, i).EatYear().value_or(0);
    }
  }

  std::vector<Paragraph> paragraphs_;
  std::vector<Text> texts_;
  Text notice_;
  HeaderFacts facts_;
};

}  // namespace

HeaderFacts ReadHeaderFacts(const Document& document) { return FactReader(document).Read(); }

}  // namespace gongkai::plans::importer
