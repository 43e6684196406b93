#include "services/plans/importer/pdf_page.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <pugixml.hpp>

#include "services/plans/importer/document_error.h"
#include "services/plans/importer/office_package.h"

namespace gongkai::plans::importer {
namespace {

// One bit for each dot, rows filled up to whole bytes, black is 1.
struct Bitmap {
  size_t width = 0;
  size_t height = 0;
  std::string_view bits;

  bool IsBlack(size_t x, size_t y) const {
    const auto byte = static_cast<unsigned char>(bits[y * ((width + 7) / 8) + x / 8]);
    return (byte >> (7 - x % 8) & 1) != 0;
  }
};

// Takes the number and the white space behind it off the front.
std::optional<size_t> TakeNumber(std::string_view& bytes) {
  size_t number = 0;
  const auto [end, error] = std::from_chars(bytes.data(), bytes.data() + bytes.size(), number);
  constexpr size_t kLargest = 20'000;
  if (error != std::errc() || end == bytes.data() + bytes.size() || number > kLargest) {
    return std::nullopt;
  }
  bytes.remove_prefix(static_cast<size_t>(end - bytes.data()) + 1);
  return number;
}

// Takes the next bitmap, `P4\n<width> <height>\n<bits>`, off the front.
std::optional<Bitmap> TakeBitmap(std::string_view& bytes) {
  if (!bytes.starts_with("P4\n")) return std::nullopt;
  bytes.remove_prefix(3);
  const auto width = TakeNumber(bytes);
  const auto height = width ? TakeNumber(bytes) : std::nullopt;
  if (!height) return std::nullopt;
  const size_t size = (*width + 7) / 8 * *height;
  if (bytes.size() < size) return std::nullopt;
  const Bitmap bitmap{*width, *height, bytes.substr(0, size)};
  bytes.remove_prefix(size);
  return bitmap;
}

// Adds a run to the rules; a line is several dots thick.
void AddRun(double at, double from, double to, double thickness, std::vector<PdfRule>& rules) {
  for (auto rule = rules.rbegin(); rule != rules.rend() && at - rule->at <= thickness; ++rule) {
    if (to < rule->from || from > rule->to) continue;
    rule->from = std::min(rule->from, from);
    rule->to = std::max(rule->to, to);
    return;
  }
  rules.push_back({at, from, to});
}

// Black runs of at least `shortest` dots along rows (or columns), in points.
template <typename IsBlack>
std::vector<PdfRule> FindRuns(size_t lines, size_t length, size_t shortest, double point,
                              IsBlack is_black) {
  constexpr double kThickness = 3;
  std::vector<PdfRule> rules;
  for (size_t line = 0; line < lines; ++line) {
    size_t start = 0;
    for (size_t at = 0; at <= length; ++at) {
      if (at < length && is_black(line, at)) continue;
      if (at - start >= shortest) {
        AddRun(static_cast<double>(line) * point, static_cast<double>(start) * point,
               static_cast<double>(at) * point, kThickness, rules);
      }
      start = at + 1;
    }
  }
  return rules;
}

// Whether a rule of `others` between the places `from` and `to` reaches across the place `at`.
bool Crosses(const std::vector<PdfRule>& others, double from, double to, double at) {
  constexpr double kGap = 3;
  return std::any_of(others.begin(), others.end(), [&](const PdfRule& other) {
    return from <= other.at && other.at <= to && other.from - kGap <= at && at <= other.to + kGap;
  });
}

// Whether the rule begins and ends at one of `others`. The stroke of a character in a low row comes
// close to the lines above and below, and stays between them.
bool MeetsAtBothEnds(const PdfRule& rule, const std::vector<PdfRule>& others) {
  constexpr double kBetween = 1;
  constexpr double kThickness = 3;
  return Crosses(others, rule.from - kBetween, rule.from + kThickness, rule.at) &&
         Crosses(others, rule.to - kThickness, rule.to + kBetween, rule.at);
}

void FindRules(const Bitmap& bitmap, double dots_per_inch, PdfPage& page) {
  const double point = 72 / dots_per_inch;
  const auto dots = [&](double points) { return static_cast<size_t>(points / point); };
  constexpr double kShortestAcross = 24;
  constexpr double kShortestDown = 10;
  constexpr size_t kMostRules = 2'000;  // more are a picture
  page.horizontal = FindRuns(bitmap.height, bitmap.width, dots(kShortestAcross), point,
                             [&](size_t y, size_t x) { return bitmap.IsBlack(x, y); });
  page.vertical = FindRuns(bitmap.width, bitmap.height, dots(kShortestDown), point,
                           [&](size_t x, size_t y) { return bitmap.IsBlack(x, y); });
  if (page.horizontal.size() + page.vertical.size() > kMostRules) {
    page.horizontal.clear();
    page.vertical.clear();
  }
  std::erase_if(page.vertical,
                [&](const PdfRule& rule) { return !MeetsAtBothEnds(rule, page.horizontal); });
  std::erase_if(page.horizontal,
                [&](const PdfRule& rule) { return !MeetsAtBothEnds(rule, page.vertical); });
}

PdfPage ReadWords(pugi::xml_node node) {
  PdfPage page{.height = node.attribute("height").as_double()};
  for (const pugi::xml_node word : node.children("word")) {
    PdfWord read{.text = TextOf(word),
                 .left = word.attribute("xMin").as_double(),
                 .top = word.attribute("yMin").as_double(),
                 .right = word.attribute("xMax").as_double(),
                 .bottom = word.attribute("yMax").as_double()};
    const bool placed = std::isfinite(read.left + read.top + read.right + read.bottom);
    if (placed && !Trim(read.text).empty()) page.words.push_back(std::move(read));
  }
  return page;
}

}  // namespace

Result<std::vector<PdfPage>> ReadPdfPages(std::string_view words, std::string_view bitmaps,
                                          double dots_per_inch) {
  pugi::xml_document document;
  if (!document.load_buffer(words.data(), words.size())) {
    return Fail(DocumentUnreadable(
        {.message = "a PDF whose text cannot be read; send the Word document that it was made from",
         .message_zh = "无法读取 PDF 中的文字，请上传生成该 PDF 的 Word 文档"}));
  }
  std::vector<PdfPage> pages;
  for (const pugi::xml_node node : document.child("html").child("body").child("doc").children()) {
    if (pages.size() == kMaxPdfPages) {
      return Fail(
          DocumentTooLarge({.message = "too many pages", .message_zh = "页数过多"}, kMaxPdfPages));
    }
    pages.push_back(ReadWords(node));
    if (const auto bitmap = TakeBitmap(bitmaps)) FindRules(*bitmap, dots_per_inch, pages.back());
  }
  return pages;
}

}  // namespace gongkai::plans::importer
