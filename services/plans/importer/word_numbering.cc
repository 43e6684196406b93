#include "services/plans/importer/word_numbering.h"

#include <utility>

#include "services/plans/importer/office_package.h"

namespace gongkai::plans::importer {
namespace {

Text Decimal(int32_t value) {
  const std::string digits = std::to_string(value);
  return Text(digits.begin(), digits.end());
}

Text FullWidth(int32_t value) {
  Text text = Decimal(value);
  for (char32_t& c : text) c += U'０' - U'0';
  return text;
}

// 1 to 999: `二十一`, `一百零三`.
Text Chinese(int32_t value) {
  constexpr TextView kDigits = U"〇一二三四五六七八九";
  if (value < 1 || value > 999) return Decimal(value);
  const auto digit = [&](int32_t d) { return kDigits[static_cast<size_t>(d)]; };
  const int32_t hundreds = value / 100;
  const int32_t tens = value / 10 % 10;
  const int32_t ones = value % 10;
  Text text;
  if (hundreds > 0) {
    text += digit(hundreds);
    text += U'百';
  }
  if (tens > 1 || (tens == 1 && hundreds > 0)) text += digit(tens);
  if (tens > 0) text += U'十';
  if (tens == 0 && hundreds > 0 && ones > 0) text += U'零';
  if (ones > 0) text += digit(ones);
  return text;
}

Text FromSet(TextView set, int32_t value) {
  if (value < 1 || static_cast<size_t>(value) > set.size()) return Decimal(value);
  return Text(1, set[static_cast<size_t>(value) - 1]);
}

Text Roman(int32_t value) {
  constexpr std::pair<int32_t, TextView> kParts[] = {
      {10, U"x"}, {9, U"ix"}, {5, U"v"}, {4, U"iv"}, {1, U"i"}};
  if (value < 1 || value >= 40) return Decimal(value);
  Text text;
  for (const auto& [part, letters] : kParts) {
    for (; value >= part; value -= part) text += letters;
  }
  return text;
}

Text Upper(Text text) {
  for (char32_t& c : text) c = c >= U'a' && c <= U'z' ? c - U'a' + U'A' : c;
  return text;
}

bool IsChineseFormat(std::string_view format) {
  for (const std::string_view name :
       {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
        "taiwaneseCounting", "taiwaneseCountingThousand", "japaneseDigitalTenThousand",
        "taiwaneseDigital", "koreanDigital2"}) {
    if (format == name) return true;
  }
  return false;
}

bool IsOn(pugi::xml_node flag) {
  const std::string_view value = Attribute(flag, "val");
  return flag && value != "0" && value != "false" && value != "off";
}

std::optional<size_t> LevelIn(pugi::xml_node parent, std::string_view name, size_t levels) {
  const pugi::xml_node node = Child(parent, name);
  if (!node) return std::nullopt;
  const auto level = static_cast<size_t>(NumberAttribute(node, "val", 0));
  return level < levels ? level : 0;
}

}  // namespace

Text FormatWordNumber(std::string_view format, int32_t value) {
  constexpr TextView kLetters = U"abcdefghijklmnopqrstuvwxyz";
  if (format == "bullet" || format == "none") return {};
  if (IsChineseFormat(format)) return Chinese(value);
  if (format == "ideographTraditional") return FromSet(U"甲乙丙丁戊己庚辛壬癸", value);
  if (format == "ideographZodiac") return FromSet(U"子丑寅卯辰巳午未申酉戌亥", value);
  if (format == "decimalEnclosedCircle" || format == "decimalEnclosedCircleChinese") {
    return FromSet(U"①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", value);
  }
  if (format == "decimalFullWidth" || format == "decimalFullWidth2") return FullWidth(value);
  if (format == "decimalZero" && value < 10) return U"0" + Decimal(value);
  if (format == "lowerLetter") return FromSet(kLetters, value);
  if (format == "upperLetter") return Upper(FromSet(kLetters, value));
  if (format == "lowerRoman") return Roman(value);
  if (format == "upperRoman") return Upper(Roman(value));
  return Decimal(value);
}

WordNumbering::WordNumbering(pugi::xml_node numbering, pugi::xml_node styles) {
  ReadLists(numbering);
  ReadStyles(styles);
}

WordNumbering::Level WordNumbering::ReadLevel(pugi::xml_node node) {
  Level level;
  level.start = NumberAttribute(Child(node, "start"), "val", 1);
  level.text = ToText(Attribute(Child(node, "lvlText"), "val"));
  level.style = Attribute(Child(node, "pStyle"), "val");
  level.decimal = IsOn(Child(node, "isLgl"));
  pugi::xml_node format = Child(node, "numFmt");
  // Newer formats stand behind a choice whose last branch every Word understands.
  if (!format) format = Child(Child(Child(node, "AlternateContent"), "Fallback"), "numFmt");
  if (format) level.format = Attribute(format, "val");
  return level;
}

void WordNumbering::ReadLists(pugi::xml_node numbering) {
  std::map<std::string, Levels, std::less<>> abstract;
  for (const pugi::xml_node node : numbering.children()) {
    if (LocalName(node) != "abstractNum") continue;
    Levels& levels = abstract[std::string(Attribute(node, "abstractNumId"))];
    for (const pugi::xml_node child : node.children()) {
      const auto level = static_cast<size_t>(NumberAttribute(child, "ilvl", kLevels));
      if (LocalName(child) == "lvl" && level < kLevels) levels[level] = ReadLevel(child);
    }
  }
  for (const pugi::xml_node node : numbering.children()) {
    if (LocalName(node) != "num") continue;
    List list;
    list.counters = Attribute(Child(node, "abstractNumId"), "val");
    if (const auto found = abstract.find(list.counters); found != abstract.end()) {
      list.levels = found->second;
    }
    for (const pugi::xml_node child : node.children()) {
      const auto level = static_cast<size_t>(NumberAttribute(child, "ilvl", kLevels));
      if (LocalName(child) != "lvlOverride" || level >= kLevels) continue;
      if (const auto own = Child(child, "lvl")) list.levels[level] = ReadLevel(own);
      if (const auto start = Child(child, "startOverride")) {
        list.restarts[level] = NumberAttribute(start, "val", 1);
      }
    }
    lists_.insert_or_assign(std::string(Attribute(node, "numId")), std::move(list));
  }
}

void WordNumbering::ReadStyles(pugi::xml_node styles) {
  for (const pugi::xml_node node : styles.children()) {
    if (LocalName(node) != "style") continue;
    const pugi::xml_node number = Child(Child(node, "pPr"), "numPr");
    styles_.insert_or_assign(std::string(Attribute(node, "styleId")),
                             StyleNumber{std::string(Attribute(Child(number, "numId"), "val")),
                                         LevelIn(number, "ilvl", kLevels),
                                         std::string(Attribute(Child(node, "basedOn"), "val"))});
  }
}

std::optional<WordNumbering::Place> WordNumbering::PlaceOf(pugi::xml_node paragraph) const {
  const pugi::xml_node properties = Child(paragraph, "pPr");
  const pugi::xml_node number = Child(properties, "numPr");
  const std::optional<size_t> level = LevelIn(number, "ilvl", kLevels);
  if (const pugi::xml_node list = Child(number, "numId")) {
    return Place{std::string(Attribute(list, "val")), level.value_or(0)};
  }
  // A style that is based on itself must not hang the reader.
  constexpr int kMostAncestors = 32;
  std::string style(Attribute(Child(properties, "pStyle"), "val"));
  for (int i = 0; i < kMostAncestors && !style.empty(); ++i) {
    const auto found = styles_.find(style);
    if (found == styles_.end()) return std::nullopt;
    if (found->second.list.empty()) {
      style = found->second.parent;
      continue;
    }
    Place place{found->second.list, level.value_or(found->second.level.value_or(0))};
    const auto list = lists_.find(place.list);
    for (size_t n = 0; list != lists_.end() && n < kLevels; ++n) {
      if (list->second.levels[n].style == style) place.level = n;
    }
    return place;
  }
  return std::nullopt;
}

Text WordNumbering::Next(pugi::xml_node paragraph) {
  const auto place = PlaceOf(paragraph);
  if (!place) return {};
  const auto list = lists_.find(place->list);  // list 0 takes the number of the style away
  return list == lists_.end() ? Text() : Count(list->second, place->level);
}

Text WordNumbering::Count(List& list, size_t level) {
  Counters& counters = counters_[list.counters];
  if (const auto restart = std::exchange(list.restarts[level], std::nullopt)) {
    counters[level] = *restart;
  } else {
    counters[level] = counters[level] ? *counters[level] + 1 : list.levels[level].start;
  }
  for (size_t deeper = level + 1; deeper < kLevels; ++deeper) counters[deeper].reset();

  const Level& own = list.levels[level];
  if (FormatWordNumber(own.format, 1).empty()) return {};
  Text text;
  for (size_t i = 0; i < own.text.size(); ++i) {
    const bool placeholder = own.text[i] == U'%' && i + 1 < own.text.size() &&
                             own.text[i + 1] >= U'1' && own.text[i + 1] <= U'9';
    if (!placeholder) {
      text += own.text[i];
      continue;
    }
    const size_t outer = own.text[++i] - U'1';
    const Level& printed = list.levels[outer];
    text += FormatWordNumber(own.decimal ? "decimal" : printed.format,
                             counters[outer].value_or(printed.start));
  }
  return text;
}

}  // namespace gongkai::plans::importer
