#include "services/plans/importer/pdf_reader.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "services/plans/importer/document_builder.h"
#include "services/plans/importer/document_error.h"

namespace gongkai::plans::importer {
namespace {

using Words = std::vector<const PdfWord*>;

struct Line {
  Text text;
  double left = 0;
  double right = 0;
  double top = 0;
  double bottom = 0;

  double height() const { return bottom - top; }
};

// From top to bottom; the words of a line from left to right.
std::vector<Line> LinesOf(Words words) {
  std::stable_sort(words.begin(), words.end(),
                   [](auto* a, auto* b) { return a->middle_y() < b->middle_y(); });
  std::vector<Line> lines;
  for (auto first = words.begin(); first != words.end();) {
    const double limit = (*first)->middle_y() + std::abs((*first)->height()) / 2;
    const auto last = std::find_if(
        first, words.end(), [limit](const PdfWord* word) { return word->middle_y() > limit; });
    std::stable_sort(first, last, [](auto* a, auto* b) { return a->left < b->left; });
    Line line{.left = (*first)->left, .top = (*first)->top, .bottom = (*first)->bottom};
    for (auto word = first; word != last; ++word) {
      line.text += (line.text.empty() ? U"" : U" ") + (*word)->text;
      line.right = std::max(line.right, (*word)->right);
    }
    lines.push_back(std::move(line));
    first = last;
  }
  return lines;
}

// Places that are nearly the same as one.
std::vector<double> Places(const std::vector<PdfRule>& rules) {
  constexpr double kSame = 4;
  std::vector<double> places;
  for (const PdfRule& rule : rules) places.push_back(rule.at);
  std::sort(places.begin(), places.end());
  std::vector<double> distinct;
  for (const double place : places) {
    if (distinct.empty() || place - distinct.back() > kSame) distinct.push_back(place);
  }
  return distinct;
}

bool IsRuled(const std::vector<PdfRule>& rules, double at, double middle) {
  constexpr double kSame = 4;
  return std::any_of(rules.begin(), rules.end(), [&](const PdfRule& rule) {
    return std::abs(rule.at - at) <= kSame && rule.Covers(middle);
  });
}

bool IsPageNumber(const Line& line, const PdfPage& page) {
  const bool at_edge = line.top > page.height * 0.88 || line.bottom < page.height * 0.07;
  return at_edge && std::all_of(line.text.begin(), line.text.end(), [](char32_t c) {
           return IsDigit(c) || IsSpace(c) || IsOneOf(c, U"-—－–─·第页共/");
         });
}

// A cell of a row: one over several columns, or the lower part of the one above.
struct PdfCell {
  Words words;
  Text text;
  size_t columns = 1;
  double right = 0;  // its edge
  bool above = false;
};
using PdfRow = std::vector<PdfCell>;

// The part of a table that stands on one page.
class PageTable {
 public:
  // From the rule `first` of `ys` to the rule `last`.
  PageTable(const PdfPage& page, const std::vector<double>& xs, const std::vector<double>& ys,
            size_t first, size_t last)
      : page_(page), xs_(xs), ys_(ys), first_(first) {
    for (size_t y = first; y < last; ++y) rows_.push_back(ReadRow(y));
  }

  // The page's words that stand in the table are its cells' text.
  std::vector<PdfRow> Read(const Words& words) {
    for (const PdfWord* word : words) {
      if (PdfCell* cell = CellAt(word->middle_x(), word->middle_y())) cell->words.push_back(word);
    }
    for (PdfRow& row : rows_) {
      for (PdfCell& cell : row) {
        for (const Line& line : LinesOf(std::move(cell.words))) {
          // One that fills the cell is broken for want of room.
          const bool fills = line.right > cell.right - 1.5 * line.height();
          cell.text += line.text + (fills ? U"" : U"\n");
        }
      }
    }
    return std::move(rows_);
  }

 private:
  PdfRow ReadRow(size_t y) const {
    const double middle_y = (ys_[y] + ys_[y + 1]) / 2;
    PdfRow row;
    for (size_t x = 0; x + 1 < xs_.size(); ++x) {
      const bool begins = row.empty() || IsRuled(page_.vertical, xs_[x], middle_y);
      if (!begins) {
        ++row.back().columns;
        row.back().right = xs_[x + 1];
        continue;
      }
      const double middle_x = (xs_[x] + xs_[x + 1]) / 2;
      row.push_back({.right = xs_[x + 1],
                     .above = y > first_ && !IsRuled(page_.horizontal, ys_[y], middle_x)});
    }
    return row;
  }

  static size_t IndexOf(const std::vector<double>& places, double place) {
    const auto next = std::upper_bound(places.begin(), places.end(), place);
    return static_cast<size_t>(next - places.begin());
  }

  // The cell that holds the place, at its upper end.
  PdfCell* CellAt(double at_x, double at_y) {
    const size_t x = IndexOf(xs_, at_x);
    const size_t y = IndexOf(ys_, at_y);
    if (x == 0 || x == xs_.size() || y <= first_ || y - first_ > rows_.size()) return nullptr;
    for (size_t row = y - 1 - first_;; --row) {
      PdfCell* cell = CellOver(rows_[row], x - 1);
      if (!cell->above || row == 0) return cell;
    }
  }

  static PdfCell* CellOver(PdfRow& row, size_t column) {
    size_t end = 0;
    for (PdfCell& cell : row) {
      end += cell.columns;
      if (column < end) return &cell;
    }
    return &row.back();
  }

  const PdfPage& page_;
  const std::vector<double>& xs_;
  const std::vector<double>& ys_;
  size_t first_;
  std::vector<PdfRow> rows_;
};

// Whether the row at the top of a page is the rest of the last row on the page before: it has no
// number of its own, and goes on where a text was not at its end.
bool GoesOn(const PdfRow& last, const PdfRow& row) {
  if (row.size() != last.size() || !Trim(row[0].text).empty()) return false;
  bool goes_on = false;
  for (size_t i = 1; i < row.size(); ++i) {
    if (Trim(row[i].text).empty()) continue;
    const TextView before = Trim(last[i].text);
    if (before.empty()) return false;
    goes_on = goes_on || !IsOneOf(before.back(), U"。；;！？");
  }
  return goes_on;
}

class Reader {
 public:
  Result<Document> Read(const std::vector<PdfPage>& pages) {
    for (const PdfPage& page : pages) ReadPage(page);
    EndTable();
    EndParagraph();
    return builder_.Finish();
  }

 private:
  void ReadPage(const PdfPage& page) {
    page_ = &page;
    at_top_ = true;
    left_ = std::numeric_limits<double>::max();
    right_ = 0;
    for (const PdfWord& word : page.words) {
      left_ = std::min(left_, word.left);
      right_ = std::max(right_, word.right);
    }
    const std::vector<double> ys = Places(page.horizontal);
    const auto in_table = [&](size_t y) {  // the band below the rule
      const double middle = (ys[y] + ys[y + 1]) / 2;
      return std::count_if(page.vertical.begin(), page.vertical.end(),
                           [middle](const PdfRule& rule) { return rule.Covers(middle); }) >= 2;
    };
    double text_from = 0;
    for (size_t y = 0; y + 1 < ys.size();) {
      size_t end = y;
      while (end + 1 < ys.size() && in_table(end)) ++end;
      if (end == y) {
        ++y;
        continue;
      }
      ReadText(text_from, ys[y]);
      ReadTable(ys, y, end);
      text_from = ys[end];
      y = end;
    }
    ReadText(text_from, page.height);
  }

  Words WordsBetween(double top, double bottom) const {
    Words words;
    for (const PdfWord& word : page_->words) {
      if (word.middle_y() >= top && word.middle_y() < bottom) words.push_back(&word);
    }
    return words;
  }

  void ReadTable(const std::vector<double>& ys, size_t first, size_t last) {
    EndParagraph();
    std::vector<PdfRule> rules = page_->vertical;
    std::erase_if(rules,
                  [&](const PdfRule& rule) { return rule.to < ys[first] || rule.from > ys[last]; });
    const std::vector<double> xs = Places(rules);
    if (!std::exchange(at_top_, false) || !SameColumns(xs)) EndTable();
    auto rows = PageTable(*page_, xs, ys, first, last).Read(WordsBetween(ys[first], ys[last]));
    auto row = rows.begin();
    if (!rows_.empty() && !rows.empty() && GoesOn(rows_.back(), *row)) {
      for (size_t i = 0; i < row->size(); ++i) rows_.back()[i].text += (*row)[i].text;
      ++row;
    }
    rows_.insert(rows_.end(), std::make_move_iterator(row), std::make_move_iterator(rows.end()));
    xs_ = xs;
  }

  bool SameColumns(const std::vector<double>& xs) const {
    constexpr double kSame = 6;
    return std::equal(xs.begin(), xs.end(), xs_.begin(), xs_.end(),
                      [](double a, double b) { return std::abs(a - b) <= kSame; });
  }

  void EndTable() {
    if (rows_.empty()) return;
    TableGrid grid;
    for (const PdfRow& row : std::exchange(rows_, {})) {
      grid.BeginRow();
      for (const PdfCell& cell : row) {
        cell.above ? grid.AddContinuation(cell.columns) : grid.AddCell(cell.text, cell.columns);
      }
    }
    builder_.AddTable(std::move(grid));
  }

  void ReadText(double top, double bottom) {
    const Line* last = nullptr;
    const std::vector<Line> lines = LinesOf(WordsBetween(top, bottom));
    for (const Line& line : lines) {
      if (IsPageNumber(line, *page_)) continue;
      EndTable();
      at_top_ = false;
      // Between them is room for another line.
      const bool apart = last && line.top - last->bottom > 0.8 * line.height();
      const bool joined = full_ && !apart && line.left < left_ + line.height() / 2;
      if (!joined) EndParagraph();
      if (apart) builder_.AddText(U"");
      paragraph_ += line.text;
      full_ = line.right > right_ - 1.5 * line.height();
      last = &line;
    }
  }

  void EndParagraph() {
    if (!paragraph_.empty()) builder_.AddText(std::exchange(paragraph_, {}));
    full_ = false;
  }

  DocumentBuilder builder_;
  const PdfPage* page_ = nullptr;
  double left_ = 0;  // where the page's words begin and end
  double right_ = 0;
  bool at_top_ = true;        // nothing of the page has been read but its number
  std::vector<PdfRow> rows_;  // of the table under way
  std::vector<double> xs_;    // its columns
  Text paragraph_;
  bool full_ = false;  // the paragraph's last line reaches the right margin
};

}  // namespace

Result<Document> ReadPdf(const std::vector<PdfPage>& pages) {
  const bool has_words = std::any_of(pages.begin(), pages.end(),
                                     [](const PdfPage& page) { return !page.words.empty(); });
  if (!has_words) {
    return Fail(DocumentUnreadable(
        {.message = "a PDF without text, which was scanned; send the Word document that it was "
                    "made from",
         .message_zh = "PDF 中没有文字（可能是扫描件），请上传生成该 PDF 的 Word 文档"}));
  }
  return Reader().Read(pages);
}

}  // namespace gongkai::plans::importer
