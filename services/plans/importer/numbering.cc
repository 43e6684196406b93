#include "services/plans/importer/numbering.h"

#include <string>

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
  if (!value) return std::nullopt;
  NumberLevel level = NumberLevel::kPart;
  if (at.Eat(U"条")) {
    // `第三条的要求`: a clause that is cited.
    if (IsOneOf(at.Peek(), U"第款项的规和、，")) return std::nullopt;
    level = NumberLevel::kArticle;
  } else if (at.Eat(U"节")) {
    level = NumberLevel::kSection;
  } else if (!at.EatAny({U"部分", U"章", U"篇"})) {
    return std::nullopt;
  }
  at.EatAny({U"：", U":", U"、"});
  return Finish(level, *value, printed, at);
}

std::optional<Numbering> ParseBracketed(Scanner at) {
  if (!at.EatAny({U"（", U"(", U"【", U"〔", U"["})) return std::nullopt;
  at.EatSpaces();
  const size_t start = at.position();
  const bool in_digits = IsDigit(at.Peek());
  const auto value = at.EatNumber();
  const TextView printed = at.Since(start);
  at.EatSpaces();
  if (!value || *value > 200 || !at.EatAny({U"）", U")", U"】", U"〕", U"]"})) return std::nullopt;
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

// What makes a decimal number a quantity or a date: `3.5万元`, `1.5个百分点`, `6.30前`.
bool GoesOnAsQuantity(TextView rest) {
  if (rest.empty()) return false;
  if (StartsWithAny(rest, Words{U"前期", U"前置", U"前端", U"前沿"})) return false;
  return IsOneOf(rest.front(), U"万亿%％‰℃倍吨亩折版前-—～~/:：") ||
         StartsWithAny(rest, Words{U"个百分点", U"个月", U"公里", U"公顷", U"公斤", U"小时",
                                   U"平方", U"立方"});
}

// One part of a decimal number, of at most two digits.
std::optional<int32_t> EatDecimalPart(Scanner& at) {
  constexpr int32_t kLargest = 99;
  if (!IsDigit(at.Peek())) return std::nullopt;
  const auto value = at.EatNumber();
  return value && *value >= 1 && *value <= kLargest ? value : std::nullopt;
}

std::optional<Numbering> ParseDecimal(Scanner at) {
  const size_t start = at.position();
  auto value = EatDecimalPart(at);
  int depth = 1;
  while (value && at.rest().size() > 1 && IsOneOf(at.Peek(), U".．、") && IsDigit(at.rest()[1])) {
    at.MoveTo(at.position() + 1);
    value = EatDecimalPart(at);
    ++depth;
  }
  if (!value || depth == 1) return std::nullopt;
  const TextView printed = at.Since(start);
  if (GoesOnAsQuantity(at.rest())) return std::nullopt;
  at.EatAny({U".", U"．", U"、"});
  return Finish(depth == 2 ? NumberLevel::kSubitem : NumberLevel::kCircled, *value, printed, at);
}

// `1.2023年度报告`: the digits behind the dot are a year.
bool IsYear(TextView text) {
  Scanner at(text);
  return at.EatYear() && at.Eat(U"年");
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
  if (IsDigit(at.Peek()) && !IsYear(at.rest())) return std::nullopt;
  return Finish(NumberLevel::kItem, *value, printed, at);
}

// Numbers that are one character with their bracket, circle or dot.
struct SymbolRange {
  char32_t first;
  char32_t last;
  NumberLevel level;
};
constexpr SymbolRange kSymbols[] = {{U'①', U'⑳', NumberLevel::kCircled},
                                    {U'⑴', U'⒇', NumberLevel::kSubitem},
                                    {U'⒈', U'⒛', NumberLevel::kItem},
                                    {U'㈠', U'㈩', NumberLevel::kSubsection}};

Text DecimalText(int32_t value) {
  const std::string digits = std::to_string(value);
  return Text(digits.begin(), digits.end());
}

std::optional<Numbering> ParseSymbol(Scanner at) {
  const char32_t c = at.Peek();
  for (const SymbolRange& range : kSymbols) {
    if (c < range.first || c > range.last) continue;
    const auto value = static_cast<int32_t>(c - range.first) + 1;
    at.MoveTo(at.position() + 1);
    at.EatAny({U"、", U"．", U"."});
    Text printed = range.level == NumberLevel::kCircled ? Text(1, c)
                   : range.level == NumberLevel::kSubsection
                       ? Text(1, U"一二三四五六七八九十"[value - 1])
                       : DecimalText(value);
    return Finish(range.level, value, printed, at);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Numbering> ParseNumbering(TextView text) {
  Scanner at(text);
  at.EatSpaces();
  for (const auto parse :
       {ParsePart, ParseBracketed, ParseHan, ParseDecimal, ParseDigits, ParseSymbol}) {
    if (auto numbering = parse(at)) return numbering;
  }
  return std::nullopt;
}

bool IsDecimal(const Numbering& numbering) {
  return numbering.printed.find_first_of(U".．、") != Text::npos;
}

std::optional<Numbering> ParseBareSection(TextView text) {
  Scanner at(text);
  at.EatSpaces();
  const size_t start = at.position();
  if (!IsHanNumeral(at.Peek()) || at.Peek() == U'两') return std::nullopt;
  const auto value = at.EatNumber();
  const TextView printed = at.Since(start);
  at.EatSpaces();
  if (!value || !IsHan(at.Peek()) || IsOneOf(at.Peek(), U"是要年月日级类季个次项种名件")) {
    return std::nullopt;
  }
  return Finish(NumberLevel::kSection, *value, printed, at);
}

bool IsBareNumber(TextView text) {
  Scanner at(text);
  if (at.EatNumber() && at.AtEnd()) return true;
  const auto numbering = ParseNumbering(text);
  return numbering && numbering->length == text.size();
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
