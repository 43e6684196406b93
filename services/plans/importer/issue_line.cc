#include "services/plans/importer/issue_line.h"

#include <algorithm>

#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {

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

std::optional<DateMatch> DateAtStart(TextView text) {
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
  return DateMatch{date, at.position()};
}

std::optional<DateMatch> DateIn(TextView text) {
  for (size_t i = 0; i < text.size(); ++i) {
    if (i > 0 && IsDigit(text[i - 1])) continue;
    if (const auto match = DateAtStart(text.substr(i)))
      return DateMatch{match->date, i + match->end};
  }
  return std::nullopt;
}

}  // namespace gongkai::plans::importer
