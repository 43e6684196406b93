#include "services/plans/importer/delimited_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {
namespace {

// Reads one record after the other.
class RecordReader {
 public:
  RecordReader(TextView text, char32_t delimiter) : text_(text), delimiter_(delimiter) {
    if (StartsWith(text_, U"\uFEFF")) at_ = 1;
  }

  bool AtEnd() const { return at_ >= text_.size(); }

  Row Next() {
    Row row{.span = {at_, at_}};
    do {
      row.cells.push_back(ReadValue());
    } while (Eat(delimiter_));
    row.span.end = at_;
    Eat(U'\r');
    Eat(U'\n');
    return row;
  }

 private:
  bool Eat(char32_t c) {
    if (AtEnd() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  bool AtEndOfValue() const {
    if (AtEnd() || text_[at_] == U'\n' || text_[at_] == delimiter_) return true;
    return text_[at_] == U'\r' && at_ + 1 < text_.size() && text_[at_ + 1] == U'\n';
  }

  Cell ReadValue() {
    Cell cell{.span = {at_, at_}};
    Text line;
    const auto end_line = [&] {
      if (Text clean = CleanText(std::exchange(line, {})); !clean.empty()) {
        cell.lines.push_back(std::move(clean));
      }
    };
    bool quoted = Eat(U'"');
    while (!AtEnd() && (quoted || !AtEndOfValue())) {
      if (quoted && Eat(U'"')) {
        if (Eat(U'"'))
          line += U'"';
        else
          quoted = false;
        continue;
      }
      const char32_t c = text_[at_++];
      if (c == U'\n') {
        end_line();
      } else {
        line += c;
      }
    }
    end_line();
    cell.span.end = at_;
    return cell;
  }

  TextView text_;
  char32_t delimiter_;
  size_t at_ = 0;
};

bool HasHeadingNearTop(TextView text, char32_t delimiter) {
  constexpr int kMostRecordsAbove = 400;
  RecordReader reader(text, delimiter);
  size_t columns = 0;
  for (int i = 0; i < kMostRecordsAbove && !reader.AtEnd() && columns == 0; ++i) {
    const Row row = reader.Next();
    if (!row.cells[0].empty() && ParseHeaderRow(row)) columns = row.cells.size();
  }
  if (columns == 0 || delimiter != U'\t') return columns > 0;
  // In a cell dump a tab begins each line of a row, so that lines do not fill the columns.
  while (!reader.AtEnd()) {
    const Row row = reader.Next();
    if (row.cells.size() > 1 && row.cells[0].empty() && row.cells.size() != columns) return false;
  }
  return true;
}

}  // namespace

std::optional<char32_t> FindDelimiter(TextView text) {
  for (const char32_t delimiter : {U'\t', U',', U';'}) {
    if (HasHeadingNearTop(text, delimiter)) return delimiter;
  }
  return std::nullopt;
}

Document ReadDelimited(TextView text, char32_t delimiter) {
  std::vector<Row> rows;
  for (RecordReader reader(text, delimiter); !reader.AtEnd();) rows.push_back(reader.Next());
  const auto last =
      std::find_if(rows.rbegin(), rows.rend(), [](const Row& row) { return row.cells.size() > 1; });
  const auto in_table = static_cast<size_t>(rows.rend() - last);  // rows up to the last full one

  Document document;
  bool in_breakdown = false;
  bool after_paragraph = false;
  for (size_t i = 0; i < rows.size(); ++i) {
    Row& row = rows[i];
    in_breakdown = in_breakdown || ParseHeaderRow(row);
    const Cell* only = OnlyCell(row);
    // A single value between rows is a heading, behind the last one it is text.
    const bool is_paragraph = only && (i >= in_table || !in_breakdown);
    const bool follows_directly = std::exchange(after_paragraph, is_paragraph);
    if (is_paragraph) {
      document.blocks.push_back(Paragraph{
          .text = only->Joined(), .span = row.span, .follows_directly = follows_directly});
    } else if (row.cells.size() > 1 || only) {
      document.blocks.push_back(std::move(row));
    }
  }
  return document;
}

}  // namespace gongkai::plans::importer
