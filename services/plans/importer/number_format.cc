#include "services/plans/importer/number_format.h"

#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>

#include "services/plans/importer/office_package.h"

namespace gongkai::plans::importer {
namespace {

bool IsBuiltInDate(int32_t id) {
  return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

Text ShowDate(double days, bool since_1904) {
  // Excel counts a 29 February 1900 that never was, which moves its day 0 for all that follows.
  const std::chrono::sys_days origin =
      since_1904 ? std::chrono::sys_days(std::chrono::year(1904) / 1 / 1)
                 : std::chrono::sys_days(std::chrono::year(1899) / 12 / 30);
  const std::chrono::year_month_day date(origin + std::chrono::days(static_cast<int>(days)));
  return ToText(std::to_string(static_cast<int>(date.year())) + "年" +
                std::to_string(static_cast<unsigned>(date.month())) + "月" +
                std::to_string(static_cast<unsigned>(date.day())) + "日");
}

}  // namespace

NumberFormats::Kind NumberFormats::KindOf(std::string_view code) {
  bool quoted = false;
  bool bracketed = false;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') quoted = !quoted;
    if (c == '[') bracketed = true;
    if (c == ']') bracketed = false;
    if (c == '\\') ++i;
    if (quoted || bracketed || c == '\\') continue;
    if (c == '%') return Kind::kPercent;
    if (IsOneOf(static_cast<unsigned char>(c), U"yYmMdD")) return Kind::kDate;
  }
  return Kind::kPlain;
}

NumberFormats::NumberFormats(pugi::xml_node styles, pugi::xml_node workbook) {
  const std::string_view date1904 = Attribute(Child(workbook, "workbookPr"), "date1904");
  since_1904_ = date1904 == "1" || date1904 == "true";
  std::map<int32_t, Kind> custom;
  for (const pugi::xml_node format : Child(styles, "numFmts").children()) {
    custom[NumberAttribute(format, "numFmtId", -1)] = KindOf(Attribute(format, "formatCode"));
  }
  for (const pugi::xml_node style : Child(styles, "cellXfs").children()) {
    const int32_t id = NumberAttribute(style, "numFmtId", 0);
    const auto own = custom.find(id);
    const bool percent = id == 9 || id == 10;
    kinds_.push_back(own != custom.end() ? own->second
                     : percent           ? Kind::kPercent
                     : IsBuiltInDate(id) ? Kind::kDate
                                         : Kind::kPlain);
  }
}

Text NumberFormats::Show(std::string_view number, size_t style) const {
  constexpr double kLastDay = 2'958'465;  // 31 December 9999
  double value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error != std::errc() || end != number.data() + number.size() || !std::isfinite(value)) {
    return ToText(number);
  }
  const Kind kind = style < kinds_.size() ? kinds_[style] : Kind::kPlain;
  if (kind == Kind::kDate && value >= 1 && value <= kLastDay) return ShowDate(value, since_1904_);
  char buffer[40];
  // Fifteen digits are what Excel itself keeps of a number.
  std::snprintf(buffer, sizeof buffer, "%.15g", kind == Kind::kPercent ? value * 100 : value);
  return ToText(buffer) + (kind == Kind::kPercent ? U"%" : U"");
}

}  // namespace gongkai::plans::importer
