#include "services/plans/importer/plan_title.h"

#include <algorithm>
#include <utility>

#include "services/plans/importer/issue_line.h"
#include "services/plans/importer/numbering.h"
#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kPlanWords[] = {U"工作要点", U"要点",     U"方案",     U"分解表",   U"任务表",
                                   U"计划",     U"工作安排", U"任务分工", U"任务清单", U"责任分工",
                                   U"分工表",   U"清单",     U"台账",     U"一览表",   U"意见",
                                   U"任务分解", U"责任分解", U"工作任务", U"重点任务", U"任务"};
constexpr TextView kIssuerEnds[] = {U"办公室", U"人民政府", U"小组", U"委员会", U"局", U"文件"};

template <size_t kSize>
bool EndsWithAny(TextView text, const TextView (&words)[kSize]) {
  return std::any_of(std::begin(words), std::end(words),
                     [text](TextView word) { return EndsWith(text, word); });
}

// A line that may be part of a title: short and without the punctuation of a sentence.
bool IsTitleLine(TextView text) {
  constexpr size_t kLongestLine = 60;
  return text.size() <= kLongestLine && text.find_first_of(U"，。；：！？:;") == TextView::npos &&
         !ParseNumbering(text) && NumberAtStart(text).empty() && !DateAtStart(text) &&
         text.find_first_of(U">＞›»") == TextView::npos &&  // where on a site the page is
         !StartsWith(text, U"附件") && !StartsWith(text, U"附表") && !IsOpenBracket(text[0]);
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

class TitleFinder {
 public:
  explicit TitleFinder(const std::vector<Paragraph>& paragraphs) : paragraphs_(paragraphs) {}

  PlanTitles Find() {
    Candidate annex;
    Candidate own;
    Candidate notice;
    bool in_annex = false;
    for (size_t i = 0; i < paragraphs_.size(); ++i) {
      const Text& text = paragraphs_[i].text;
      if (StartsWith(text, U"附件") || StartsWith(text, U"附表")) in_annex = true;
      if (!IsTitleLine(text)) continue;
      Candidate title = LongestTitleAt(i);
      if (title.text.empty()) continue;
      if (notice.text.empty() && EndsWith(title.text, U"通知")) notice = title;
      if (!IsPlanTitle(title.text)) continue;
      Candidate& place = in_annex ? annex : own;
      if (place.text.empty()) place = std::move(title);
    }
    if (own.text.empty() && annex.text.empty() && notice.text.empty()) return Fallback();
    return Choose(own, annex, notice);
  }

 private:
  struct Candidate {
    Text text;
    Span place;
  };

  // A line above the first number that names a year or ends like a plan.
  PlanTitles Fallback() const {
    constexpr size_t kShortestTitle = 8;
    for (const Paragraph& paragraph : paragraphs_) {
      const Text& text = paragraph.text;
      if (ParseNumbering(text)) break;
      const bool named = YearIn(text) > 0 || EndsWithAny(text, kPlanWords);
      if (text.size() < kShortestTitle || !named || !IsTitleLine(text)) continue;
      if (EndsWithIssuer(text) || EndsWith(text, U"日")) continue;
      return {.title = text, .title_place = paragraph.span, .confidence = Confidence::kMedium};
    }
    return {};
  }

  static PlanTitles Choose(const Candidate& own, const Candidate& annex, const Candidate& notice) {
    PlanTitles titles{.notice = notice.text, .notice_place = notice.place};
    const Text issued(TitleInNotice(notice.text));
    if (!own.text.empty()) {
      titles.title = own.text;
      titles.title_place = own.place;
    } else if (!issued.empty()) {
      titles.title = issued;
      titles.title_place = notice.place;
    } else {
      const Candidate& other = annex.text.empty() ? notice : annex;
      titles.title = other.text;
      titles.title_place = other.place;
      titles.confidence = Confidence::kMedium;
    }
    return titles;
  }

  // Up to four lines that follow each other directly and together make a title, from line `i` on.
  Candidate LongestTitleAt(size_t i) const {
    constexpr size_t kMostLines = 4;
    Text joined;
    Candidate longest;
    for (size_t n = i; n < paragraphs_.size() && n < i + kMostLines; ++n) {
      const Text& line = paragraphs_[n].text;
      if (!IsTitleLine(line)) break;
      // Web pages part the lines of a title like paragraphs.
      const bool begun = longest.text.empty() && !EndsWith(joined, U"日") &&
                         (YearIn(joined) > 0 || Contains(joined, U"关于印发"));
      if (n > i && !paragraphs_[n].follows_directly && !begun) break;
      joined += line;
      if (IsPlanTitle(joined) || (EndsWith(joined, U"通知") && Contains(joined, U"关于"))) {
        longest = {joined, Cover(paragraphs_[i].span, paragraphs_[n].span)};
      }
      // An issuer's name above the title is no part of it.
      if (EndsWithIssuer(line) && !Contains(line, U"关于")) break;
    }
    return longest;
  }

  const std::vector<Paragraph>& paragraphs_;
};

}  // namespace

int32_t YearIn(TextView text) {
  for (size_t i = 0; i < text.size(); ++i) {
    Scanner at(text, i);
    const auto year = at.EatYear();
    if (year && (at.Eat(U"年") || at.Eat(U"—"))) return *year;
  }
  return 0;
}

PlanTitles FindTitles(const std::vector<Paragraph>& paragraphs) {
  return TitleFinder(paragraphs).Find();
}

bool EndsWithIssuer(TextView text) { return EndsWithAny(text, kIssuerEnds); }

}  // namespace gongkai::plans::importer
