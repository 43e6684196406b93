#include "services/plans/importer/numbering.h"

#include "services/plans/importer/scanner.h"

namespace gongkai::plans::importer {
namespace {

constexpr TextView kDots = U".．、。";

// Text behind a Chinese number and its separator that makes the number part of the sentence.
bool GoesOnAsList(TextView rest) {
  return !rest.empty() && IsHanNumeral(rest.front()) && rest.size() > 1 &&
         IsOneOf(rest[1], U"、，是级类期季");
}

std::optional<Numbering> Finish(NumberLevel level, int32_t value, TextView printed, Scanner at) {
  at.EatSpaces();
  return Numbering{level, value, Text(printed), at.position()};
}

std::optional<Numbering> ParsePart(Scanner at) {
  if (!at.Eat(U"第")) return std::nullopt;
  const size_t start = at.position();
  const auto value = at.EatNumber();
  const TextView printed = at.Since(start);
  if (!value || !at.EatAny({U"部分", U"章", U"篇"})) return std::nullopt;
  at.EatAny({U"：", U":", U"、"});
  return Finish(NumberLevel::kPart, *value, printed, at);
}

std::optional<Numbering> ParseBracketed(Scanner at) {
  if (!at.EatAny({U"（", U"("})) return std::nullopt;
  at.EatSpaces();
  const size_t start = at.position();
  const bool in_digits = IsDigit(at.Peek());
  const auto value = at.EatNumber();
  const TextView printed = at.Since(start);
  at.EatSpaces();
  if (!value || *value > 200 || !at.EatAny({U"）", U")"})) return std::nullopt;
  return Finish(in_digits ? NumberLevel::kSubitem : NumberLevel::kSubsection, *value, printed, at);
}

std::optional<Numbering> ParseHan(Scanner at) {
  const size_t start = at.position();
  if (!IsHanNumeral(at.Peek())) return std::nullopt;
  const auto value = at.EatNumber();
  const TextView printed = at.Since(start);
  at.EatSpaces();
  if (!value || !IsOneOf(at.Peek(), kDots) || at.AtEnd()) return std::nullopt;
  at.MoveTo(at.position() + 1);
  if (GoesOnAsList(at.rest())) return std::nullopt;
  return Finish(NumberLevel::kSection, *value, printed, at);
}

std::optional<Numbering> ParseDigits(Scanner at) {
  const size_t start = at.position();
  if (!IsDigit(at.Peek())) return std::nullopt;
  const auto value = at.EatNumber();
  const TextView printed = at.Since(start);
  if (!value || *value > 999 || at.AtEnd()) return std::nullopt;
  if (at.EatAny({U"）", U")"})) return Finish(NumberLevel::kSubitem, *value, printed, at);
  if (!IsOneOf(at.Peek(), kDots)) return std::nullopt;
  at.MoveTo(at.position() + 1);
  if (IsDigit(at.Peek())) return std::nullopt;
  return Finish(NumberLevel::kItem, *value, printed, at);
}

std::optional<Numbering> ParseCircled(Scanner at) {
  const char32_t c = at.Peek();
  if (c < U'①' || c > U'⑳') return std::nullopt;
  const size_t start = at.position();
  at.MoveTo(start + 1);
  return Finish(NumberLevel::kCircled, static_cast<int32_t>(c - U'①') + 1, at.Since(start), at);
}

}  // namespace

std::optional<Numbering> ParseNumbering(TextView text) {
  Scanner at(text);
  at.EatSpaces();
  for (const auto parse : {ParsePart, ParseBracketed, ParseHan, ParseDigits, ParseCircled}) {
    if (auto numbering = parse(at)) return numbering;
  }
  return std::nullopt;
}

std::optional<Numbering> ParseBareNumber(TextView text, int32_t expected) {
  Scanner at(text);
  at.EatSpaces();
  const size_t start = at.position();
  if (!IsDigit(at.Peek())) return std::nullopt;
  const auto value = at.EatNumber();
  const TextView printed = at.Since(start);
  if (!value || *value != expected || !IsHan(at.Peek())) return std::nullopt;
  // `2个`, `7月`: a quantity or a date at the start of the sentence.
  if (IsOneOf(at.Peek(), U"年月日个次项种名号届条天家场件万千百亿周季类人岁")) return std::nullopt;
  return Finish(NumberLevel::kItem, *value, printed, at);
}

TextView WithoutNumbering(TextView text) {
  const auto numbering = ParseNumbering(text);
  return Trim(numbering ? text.substr(numbering->length) : text);
}

}  // namespace gongkai::plans::importer
