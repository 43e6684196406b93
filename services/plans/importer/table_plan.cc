#include "services/plans/importer/table_plan.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/plans/importer/heading_path.h"
#include "services/plans/importer/scanner.h"
#include "services/plans/importer/table_columns.h"

namespace gongkai::plans::importer {
namespace {

bool IsNote(TextView text) {
  for (const TextView word : {U"注：", U"注:", U"备注：", U"说明：", U"注："}) {
    if (StartsWith(text, word)) return true;
  }
  return false;
}

bool IsEmptyRow(const Row& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](const Cell& c) { return c.empty(); });
}

bool SameCells(const Row& a, const Row& b) {
  return std::equal(a.cells.begin(), a.cells.end(), b.cells.begin(), b.cells.end(),
                    [](const Cell& x, const Cell& y) { return x.Joined() == y.Joined(); });
}

// A row of the table with its cells under the columns they belong to.
struct FittedRow {
  Cell ordinal;
  std::vector<Cell> tasks;  // outermost first
  Text requirement;
  int requirement_items = 0;  // lines of the requirement that begin with a number
  std::vector<UnitCell> units;
  Text due;
  bool due_merged_left = false;
  bool begins_heading = false;  // the outermost of several task columns begins anew
};

int CountItems(const Cell& cell) {
  return static_cast<int>(std::count_if(cell.lines.begin(), cell.lines.end(), [](const Text& line) {
    return ParseNumbering(line).has_value();
  }));
}

// 同上: as the cell above, like an empty one.
bool IsDitto(const Cell& cell) {
  const Text text = cell.Joined();
  return text == U"同上" || text == U"〃" || text == U"″";
}

Text DecimalText(int32_t number) {
  const std::string digits = std::to_string(number);
  return Text(digits.begin(), digits.end());
}

FittedRow Fit(const Columns& columns, const Row& row) {
  FittedRow fitted;
  for (size_t i = 0; i < row.cells.size(); ++i) {
    const Cell& cell = row.cells[i];
    switch (columns[i].role) {
      case ColumnRole::kOrdinal:
        fitted.ordinal = cell;
        break;
      case ColumnRole::kTask:
        fitted.tasks.push_back(cell);
        break;
      case ColumnRole::kRequirement:
        fitted.requirement += cell.Joined();
        fitted.requirement_items += CountItems(cell);
        break;
      case ColumnRole::kUnits:
        fitted.units.push_back({cell, columns[i].units});
        break;
      case ColumnRole::kDue:
        if (!IsDitto(cell)) fitted.due += cell.Joined();
        fitted.due_merged_left = cell.merge == Merge::kLeft;
        break;
      case ColumnRole::kOther:
        break;
    }
  }
  return fitted;
}

class TableReader {
 public:
  DraftTasks Read(const Document& document) {
    for (const Block& block : document.blocks) {
      if (const auto* row = std::get_if<Row>(&block)) ReadRow(*row);
    }
    return std::move(result_);
  }

 private:
  void ReadRow(const Row& row) {
    if (IsEmptyRow(row)) return;
    if (ReadHeader(row) || columns_.empty()) return;
    if (ReadHeading(row)) return;
    const bool lacks_first = row.cells.size() < columns_.size() && LacksFirst(row);
    ReadTask(Fit(FitColumns(columns_, row.cells.size(), lacks_first), row), row.span);
  }

  bool ReadHeader(const Row& row) {
    if (header_ && SameCells(*header_, row)) return true;
    if (auto columns = ParseHeaderRow(row)) {
      columns_ = *std::move(columns);
      header_ = row;
      second_header_possible_ = true;
      ResetMerges();
      return true;
    }
    if (std::exchange(second_header_possible_, false) && !columns_.empty()) {
      if (auto columns = ParseSecondHeaderRow(columns_, row)) {
        columns_ = *std::move(columns);
        return true;
      }
    }
    return false;
  }

  // A row of one cell, or with nothing but a heading (and perhaps its Chinese number) in it.
  bool ReadHeading(const Row& row) {
    constexpr size_t kLongestHeading = 60;
    const Cell* only = OnlyCell(row);
    const size_t first = columns_[0].role == ColumnRole::kOrdinal && row.cells.size() > 1 ? 1 : 0;
    if (only && (only == &row.cells[0] || only == &row.cells[first])) {
      const Text text = only->Joined();
      if (IsNote(text)) return true;
      if (IsDigit(text.back())) return row.cells.size() == 1;
      if (row.cells.size() == 1 && (text.size() > kLongestHeading || Contains(text, U"。"))) {
        result_.skipped_rows.push_back(row.span);
        return true;
      }
      if (row.cells.size() > 1 && !HeadsRows(row, text)) return false;
      PushHeading(text);
      return true;
    }
    if (!IsNumberedHeading(row)) return false;
    PushHeading(row.cells[0].Joined() + U"、" + row.cells[1].Joined());
    return true;
  }

  // A full row with text in its first column only: a heading over all columns where it bears a
  // heading's number or the requirement is missing, and otherwise a task that lacks the rest.
  bool HeadsRows(const Row& row, TextView text) const {
    const auto numbering = ParseNumbering(text);
    const bool numbered = numbering && numbering->level <= NumberLevel::kSubsection;
    if (row.cells.size() > 2 && numbered) return true;
    return columns_[0].role == ColumnRole::kTask &&
           std::any_of(columns_.begin(), columns_.end(), [](const Column& column) {
             return column.role == ColumnRole::kRequirement;
           });
  }

  // `一 | 加强解读 | | |` in a table whose tasks have Arabic numbers.
  bool IsNumberedHeading(const Row& row) const {
    if (row.cells.size() < 3 || columns_[0].role != ColumnRole::kOrdinal) return false;
    const Text number = row.cells[0].Joined();
    if (number.empty() || row.cells[1].empty()) return false;
    if (!std::all_of(number.begin(), number.end(), IsHanNumeral)) return false;
    return std::all_of(row.cells.begin() + 2, row.cells.end(),
                       [](const Cell& cell) { return cell.empty(); });
  }

  void PushHeading(TextView text) {
    path_.Push(text);
    ResetMerges();
  }

  // Whether a short row fits the end of the columns better than their beginning: what a merged cell
  // becomes where the dump leaves it out.
  bool LacksFirst(const Row& row) const {
    const auto score = [&](bool lacks_first) {
      const Columns columns = FitColumns(columns_, row.cells.size(), lacks_first);
      int fit = 0;
      for (size_t i = 0; i < row.cells.size(); ++i) {
        if (row.cells[i].empty()) continue;
        const Text text = row.cells[i].Joined();
        const bool units = LooksLikeUnits(text);
        if (columns[i].role == ColumnRole::kUnits) fit += units ? 2 : -2;
        if (columns[i].role == ColumnRole::kRequirement) fit += Contains(text, U"。") ? 1 : 0;
        if (columns[i].role == ColumnRole::kOrdinal) fit += IsDigit(text[0]) ? 1 : -1;
      }
      return fit;
    };
    return score(true) > score(false);
  }

  void ResetMerges() {
    tasks_.clear();
    ordinal_.clear();
    units_.clear();
    due_.clear();
  }

  void ReadTask(FittedRow row, Span span) {
    const bool new_task = CarryTasks(row);
    DraftTask task{.span = span};
    SetHeadings(row, task);
    SetRequirement(row, task);
    if (task.requirement.empty()) {
      result_.skipped_rows.push_back(span);
      return;
    }
    SetOrdinal(row, new_task, task);
    SetUnits(row, new_task, task);
    SetDue(row, task);
    result_.tasks.push_back(std::move(task));
  }

  // Fills the empty task cells from above; true where the innermost one begins anew.
  bool CarryTasks(FittedRow& row) {
    tasks_.resize(row.tasks.size());
    bool outer_changed = false;
    bool innermost_new = false;
    for (size_t level = 0; level < row.tasks.size(); ++level) {
      Cell& cell = row.tasks[level];
      if (cell.merge == Merge::kLeft) {
        tasks_[level] = Cell();
        continue;
      }
      if (cell.merge == Merge::kAbove && !cell.empty()) {
        innermost_new = false;
        tasks_[level] = cell;
        continue;
      }
      if (cell.empty()) {
        if (outer_changed) tasks_[level] = Cell();
        cell = tasks_[level];
        innermost_new = false;
        continue;
      }
      innermost_new = true;
      // A page break prints the same heading again.
      const bool changed = cell.Joined() != tasks_[level].Joined();
      if (changed && level == 0 && row.tasks.size() > 1) row.begins_heading = true;
      outer_changed = outer_changed || changed;
      tasks_[level] = cell;
    }
    return innermost_new;
  }

  void SetHeadings(const FittedRow& row, DraftTask& task) const {
    task.section_path = path_.texts();
    std::vector<Text> names;
    for (const Cell& cell : row.tasks) {
      if (Text name = cell.Joined(); !name.empty()) names.push_back(std::move(name));
    }
    if (names.empty()) return;
    task.title = names.back();
    names.pop_back();
    for (const Text& name : names) task.section_path.emplace_back(WithoutNumbering(name));
  }

  // Without a column for requirements the innermost task is what has to be done; where it is a
  // sentence, its beginning names it.
  static void SetRequirement(const FittedRow& row, DraftTask& task) {
    constexpr size_t kLongestTitle = 40;
    task.requirement = row.requirement;
    if (!task.requirement.empty() || row.tasks.empty()) return;
    task.requirement = task.title;
    const bool sentence = task.title.size() > kLongestTitle || Contains(task.title, U"。");
    if (sentence && !ParseNumbering(task.title)) task.title.clear();
  }

  // The number of the row: its own column, else in front of the task, else of the requirement.
  void SetOrdinal(const FittedRow& row, bool new_task, DraftTask& task) {
    const Text column = row.ordinal.Joined();
    const Text of_text = TakeNumbers(row, task);
    if (!column.empty()) {
      const auto numbering = ParseNumbering(column);
      ordinal_ = numbering ? numbering->printed : column;
    } else if (!of_text.empty()) {
      ordinal_ = of_text;
    } else if (new_task) {
      ordinal_.clear();
    }
    ++row_count_;
    task.ordinal_printed = !ordinal_.empty();
    task.ordinal = ordinal_.empty() ? DecimalText(row_count_) : ordinal_;
    if (const auto number = Scanner(task.ordinal).EatNumber()) last_number_ = *number;
  }

  // Takes the numbers off title and requirement; returns that of the task.
  Text TakeNumbers(const FittedRow& row, DraftTask& task) const {
    const auto of_title = ParseNumbering(task.title);
    const bool title_is_item = of_title && of_title->level >= NumberLevel::kItem;
    Text printed = title_is_item ? of_title->printed : Text();
    const bool title_is_requirement = task.requirement == task.title;
    if (of_title) task.title = WithoutNumbering(task.title);
    if (title_is_requirement) {
      task.requirement = task.title;
    } else if (row.ordinal.empty() && !title_is_item) {
      auto numbering = ParseNumbering(task.requirement);
      if (!numbering) numbering = ParseBareNumber(task.requirement, last_number_ + 1);
      const bool is_item = numbering && numbering->level >= NumberLevel::kItem;
      // `（一）加强解读` over numbered items is a heading, and the only name that they have.
      if (is_item && of_title) task.section_path.push_back(task.title);
      if (is_item && row.requirement_items <= 1) {
        printed = numbering->printed;
        task.requirement.erase(0, numbering->length);
      }
    }
    if (task.title.empty()) task.title = LeadOf(task.requirement);
    return printed;
  }

  void SetUnits(FittedRow row, bool new_task, DraftTask& task) {
    for (size_t i = 0; i < row.units.size(); ++i) {
      if (!IsDitto(row.units[i].cell)) continue;
      row.units[i].cell = i < units_.size() ? units_[i].cell : Cell();
    }
    const bool named = std::any_of(row.units.begin(), row.units.end(),
                                   [](const UnitCell& units) { return !units.cell.empty(); });
    if (!named && row.begins_heading) units_.clear();
    if (!named && !row.units.empty() && AllMergedLeft(row.units)) return;
    task.units_carried = !named && !units_.empty();
    if (named) {
      const Cell& first = row.units[0].cell;
      const bool open = first.empty() && first.merge != Merge::kLeft;
      // Several rows of one task may share the units in front and differ in those that help.
      if (!new_task && open && units_.size() == row.units.size()) {
        row.units[0] = units_[0];
        task.units_carried = true;
      }
      units_ = std::move(row.units);
    }
    task.units = units_;
  }

  static bool AllMergedLeft(const std::vector<UnitCell>& units) {
    return std::all_of(units.begin(), units.end(),
                       [](const UnitCell& u) { return u.cell.merge == Merge::kLeft; });
  }

  void SetDue(const FittedRow& row, DraftTask& task) {
    if (row.due.empty() && row.due_merged_left) return;
    if (!row.due.empty()) due_ = row.due;
    task.due = due_;
    task.due_carried = row.due.empty() && !due_.empty();
  }

  DraftTasks result_;
  Columns columns_;
  std::optional<Row> header_;
  bool second_header_possible_ = false;
  HeadingPath path_;
  int32_t row_count_ = 0;
  int32_t last_number_ = 0;
  // What the empty cells of the next row continue.
  std::vector<Cell> tasks_;
  Text ordinal_;
  std::vector<UnitCell> units_;
  Text due_;
};

}  // namespace

DraftTasks ReadTablePlan(const Document& document) { return TableReader().Read(document); }

}  // namespace gongkai::plans::importer
