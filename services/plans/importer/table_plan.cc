#include "services/plans/importer/table_plan.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "services/plans/importer/column_guess.h"
#include "services/plans/importer/fitted_row.h"
#include "services/plans/importer/heading_path.h"
#include "services/plans/importer/heading_row.h"
#include "services/plans/importer/heading_spread.h"
#include "services/plans/importer/numbering.h"
#include "services/plans/importer/table_columns.h"
#include "services/plans/importer/task_rows.h"

namespace gongkai::plans::importer {
namespace {

// `一、加强解读` on a line of its own in front of a table. One without a number may be anything.
bool IsHeadingLine(TextView text) {
  constexpr size_t kLongestHeading = 45;
  const auto numbering = ParseNumbering(text);
  return numbering && numbering->level <= NumberLevel::kSubsection &&
         text.size() <= kLongestHeading && text.find_first_of(U"。；：") == TextView::npos;
}

// How well cells under units, numbers and requirements read as such; below 0 they do not.
int ScoreOf(const Columns& columns, const Row& row) {
  constexpr size_t kLongestUnits = 20;
  int score = 0;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    if (row.cells[i].empty()) continue;
    const Text text = row.cells[i].Joined();
    const bool sentence = Contains(text, U"。");
    // Names that are known for no unit may be one, as long as they are short.
    const int no_units = sentence || text.size() > kLongestUnits ? -2 : 0;
    if (columns[i].role == ColumnRole::kUnits) score += LooksLikeUnits(text) ? 2 : no_units;
    if (columns[i].role == ColumnRole::kRequirement) score += sentence ? 1 : 0;
    if (columns[i].role == ColumnRole::kOrdinal) score += IsDigit(text[0]) ? 1 : -1;
  }
  return score;
}

// Where the cells that a short row lacks belong: what a merged cell becomes where the dump leaves
// it out. In front of the row, or behind its number, if it reads better so; nothing where they are
// the last ones.
std::optional<size_t> PlaceOfMissing(const Columns& columns, const Row& row) {
  const auto missing = static_cast<std::ptrdiff_t>(columns.size() - row.cells.size());
  std::optional<size_t> place;
  int best = ScoreOf(columns, row);
  const auto try_at = [&](std::ptrdiff_t at) {
    Columns without = columns;
    without.erase(without.begin() + at, without.begin() + at + missing);
    const int score = ScoreOf(without, row);
    if (score > best) place = static_cast<size_t>(at);
    best = std::max(best, score);
  };
  try_at(0);
  const bool numbered = columns.front().role == ColumnRole::kOrdinal && !row.cells.empty() &&
                        IsBareNumber(row.cells.front().Joined());
  const auto is_task = [](const Column& column) { return column.role == ColumnRole::kTask; };
  if (numbered && std::all_of(columns.begin() + 1, columns.begin() + 1 + missing, is_task)) {
    try_at(1);
  }
  return place;
}

// Pages that drop merged cells move the rest of the row to the left and leave the end empty.
Row WithoutEmptyEnd(Row row) {
  while (row.cells.size() > 1 && row.cells.back().empty() &&
         row.cells.back().merge == Merge::kNone) {
    row.cells.pop_back();
  }
  return row;
}

class TableReader {
 public:
  explicit TableReader(const std::vector<Block>& blocks) : blocks_(blocks) {}

  DraftTasks Read() {
    for (place_ = 0; place_ < blocks_.size(); ++place_) {
      if (const auto* paragraph = std::get_if<Paragraph>(&blocks_[place_])) {
        ReadParagraph(*paragraph);
      } else {
        ReadRow(std::get<Row>(blocks_[place_]));
        after_paragraph_ = false;
      }
    }
    return std::move(result_);
  }

  // Reads a table that has no heading row, with the given columns.
  DraftTasks ReadWith(Columns columns) {
    columns_ = std::move(columns);
    return Read();
  }

 private:
  void ReadParagraph(const Paragraph& paragraph) {
    after_paragraph_ = true;
    if (IsHeadingLine(paragraph.text)) {
      headings_.push_back(paragraph.text);
    } else {
      headings_.clear();
    }
  }

  void ReadRow(const Row& row) {
    if (IsEmptyRow(row)) return;
    if (ReadHeader(row)) return TakeHeadings();
    if (LacksTaskColumn(row)) {
      result_.tables_without_tasks.push_back(row.span);
      return columns_.clear();
    }
    if (columns_.empty()) return;
    if (HeadsOtherTable(row) || (after_paragraph_ && !Continues(row))) return columns_.clear();
    TakeHeadings();
    if (ReadHeading(row)) return;
    if (auto wider = WithOrdinal(columns_, row)) columns_ = *std::move(wider);
    FittedRow fitted = Fit(row);
    EndHeadings(fitted);
    auto task = rows_.Read(std::move(fitted), path_.texts(), row.span);
    if (task) {
      result_.tasks.push_back(*std::move(task));
    } else {
      result_.skipped_rows.push_back(row.span);
    }
  }

  // `三、加强保障` in a column of headings ends a heading row `二、深化公开`.
  void EndHeadings(const FittedRow& row) {
    if (row.tasks.size() < 2) return;
    const auto numbering = ParseNumbering(row.tasks.front().Joined());
    if (numbering && numbering->level <= NumberLevel::kSubsection) path_.EndAt(numbering->level);
  }

  FittedRow Fit(const Row& row) const {
    const size_t count = row.cells.size();
    if (count <= columns_.size()) {
      Row shorter = count < columns_.size() ? row : WithoutEmptyEnd(row);
      const size_t missing = columns_.size() - shorter.cells.size();
      const auto place = missing > 0 ? PlaceOfMissing(columns_, shorter) : std::nullopt;
      if (place) {
        const auto at = shorter.cells.begin() + static_cast<std::ptrdiff_t>(*place);
        shorter.cells.insert(at, missing, Cell());
        return FitRow(columns_, shorter);
      }
    }
    return FitRow(FitColumns(columns_, count), row);
  }

  bool ReadHeader(const Row& row) {
    if (header_ && !columns_.empty() && SameCells(*header_, row)) return true;
    if (auto columns = ParseHeaderRow(row)) {
      columns_ = *std::move(columns);
      if (!(header_ && SameCells(*header_, row))) ReadColumnsBelow(row);
      header_ = row;
      second_header_possible_ = true;
      rows_.EndCarrying();
      return true;
    }
    if (std::exchange(second_header_possible_, false) && !columns_.empty()) {
      if (auto columns = ParseSecondHeaderRow(columns_, row)) {
        columns_ = *std::move(columns);
        if (Has(columns_, ColumnRole::kUnknown)) {
          columns_ = GuessColumns(std::move(columns_), RowsBelow());
        }
        return true;
      }
    }
    return false;
  }

  // What the heading leaves open, the cells below it tell.
  void ReadColumnsBelow(const Row& header) {
    // 备注 of a table without a column for deadlines may tell them.
    const bool dated = Has(columns_, ColumnRole::kDue) || Has(columns_, ColumnRole::kUnitsAndDue);
    for (size_t i = 0; i < columns_.size() && !dated; ++i) {
      if (header.cells[i].Joined() == U"备注") columns_[i].role = ColumnRole::kUnknown;
    }
    const bool open = Has(columns_, ColumnRole::kUnknown);
    if (!open && Has(columns_, ColumnRole::kOrdinal) && !header.cells.back().empty()) return;
    const std::vector<const Row*> rows = RowsBelow();
    if (open || header.cells.back().empty()) {
      columns_ = SpreadHeadings(header, std::move(columns_), rows);
    }
    if (open) columns_ = GuessColumns(std::move(columns_), rows);
    columns_ = TellNumbers(std::move(columns_), rows);
  }

  std::vector<const Row*> RowsBelow() const {
    constexpr size_t kMostRows = 50;
    std::vector<const Row*> rows;
    for (size_t i = place_ + 1; i < blocks_.size() && rows.size() < kMostRows; ++i) {
      const auto* row = std::get_if<Row>(&blocks_[i]);
      if (row && (ParseHeaderRow(*row) || HeadsOtherTable(*row))) break;
      if (row) rows.push_back(row);
    }
    return rows;
  }

  // Whether a row behind running text still belongs to the table in front of it.
  bool Continues(const Row& row) const {
    const size_t count = row.cells.size();
    return ScoreOf(FitColumns(columns_, count), row) >= 0 ||
           (count < columns_.size() && PlaceOfMissing(columns_, row));
  }

  // Headings on lines of their own, directly in front of the table.
  void TakeHeadings() {
    for (const Text& heading : std::exchange(headings_, {})) PushHeading(heading);
  }

  bool ReadHeading(const Row& row) {
    const auto heading = ParseHeadingRow(columns_, row);
    if (!heading) return false;
    if (heading->kind == HeadingRow::Kind::kHeading) PushHeading(heading->text);
    if (heading->kind == HeadingRow::Kind::kUnclear) result_.skipped_rows.push_back(row.span);
    return true;
  }

  void PushHeading(TextView text) {
    path_.Push(text);
    rows_.EndCarrying();
  }

  const std::vector<Block>& blocks_;
  size_t place_ = 0;
  DraftTasks result_;
  Columns columns_;
  std::optional<Row> header_;
  bool second_header_possible_ = false;
  bool after_paragraph_ = false;
  std::vector<Text> headings_;  // lines since the last other text
  HeadingPath path_;
  TaskRows rows_;
};

// The longest run of rows of one width.
std::vector<const Row*> LongestTable(const std::vector<Block>& blocks) {
  std::vector<const Row*> longest;
  std::vector<const Row*> run;
  const auto end_run = [&] {
    if (run.size() > longest.size()) longest.swap(run);
    run.clear();
  };
  for (const Block& block : blocks) {
    const auto* row = std::get_if<Row>(&block);
    if (row && (row->cells.size() < 2 || IsEmptyRow(*row))) continue;
    if (!row || (!run.empty() && run[0]->cells.size() != row->cells.size())) end_run();
    if (row) run.push_back(row);
  }
  end_run();
  return longest;
}

}  // namespace

DraftTasks ReadTablePlan(const Document& document) {
  DraftTasks headed = TableReader(document.blocks).Read();
  if (!headed.tasks.empty()) return headed;
  const std::vector<const Row*> rows = LongestTable(document.blocks);
  Columns columns = GuessColumns(rows);
  if (columns.empty()) return headed;
  DraftTasks guessed = TableReader(document.blocks).ReadWith(std::move(columns));
  guessed.columns_guessed = true;
  return guessed;
}

}  // namespace gongkai::plans::importer
