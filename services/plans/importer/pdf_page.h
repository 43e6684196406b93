// A page of a PDF as poppler shows it: where its words stand and where lines are ruled.
#pragma once

#include <string_view>
#include <vector>

#include "services/common/status/error.h"
#include "services/plans/importer/text.h"

namespace gongkai::plans::importer {

// In points, from the upper left corner of the page.
struct PdfWord {
  Text text;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;

  double middle_x() const { return (left + right) / 2; }
  double middle_y() const { return (top + bottom) / 2; }
  double height() const { return bottom - top; }
};

// A ruled line: at that x or y, from one end to the other.
struct PdfRule {
  double at = 0;
  double from = 0;
  double to = 0;

  bool Covers(double place) const { return from <= place && place <= to; }
};

inline constexpr size_t kMaxPdfPages = 200;

struct PdfPage {
  double height = 0;
  std::vector<PdfWord> words;
  std::vector<PdfRule> horizontal;
  std::vector<PdfRule> vertical;
};

// From what `pdftotext -bbox` and `pdftoppm -mono` write. Long black runs of the bitmaps are rules
// where they end at one another, which strokes of characters do not. INVALID_ARGUMENT,
// DOCUMENT_UNREADABLE where the words are no XML, and DOCUMENT_TOO_LARGE above kMaxPdfPages; pages
// without a bitmap have no rules.
Result<std::vector<PdfPage>> ReadPdfPages(std::string_view words, std::string_view bitmaps,
                                          double dots_per_inch);

}  // namespace gongkai::plans::importer
