#include "services/plans/importer/fitted_row.h"

#include <algorithm>
#include <utility>

#include "services/plans/importer/due_rules.h"
#include "services/plans/importer/numbering.h"

namespace gongkai::plans::importer {
namespace {

int CountItems(const Cell& cell) {
  return static_cast<int>(std::count_if(cell.lines.begin(), cell.lines.end(), [](const Text& line) {
    return ParseNumbering(line).has_value();
  }));
}

class RowFitter {
 public:
  FittedRow Fit(const Columns& columns, const Row& row) {
    for (size_t i = 0; i < row.cells.size(); ++i) Add(columns[i], row.cells[i]);
    return std::move(fitted_);
  }

 private:
  void Add(const Column& column, const Cell& cell) {
    switch (column.role) {
      case ColumnRole::kOrdinal:
        fitted_.ordinal = cell;
        break;
      case ColumnRole::kTask:
        fitted_.tasks.push_back(cell);
        break;
      case ColumnRole::kRequirement:
        AddRequirement(cell.Joined());
        fitted_.requirement_items += CountItems(cell);
        if (!cell.empty()) fitted_.requirement_place = Cover(fitted_.requirement_place, cell.span);
        break;
      case ColumnRole::kUnits:
        AddUnits(column, cell);
        break;
      case ColumnRole::kUnitsAndDue:
        AddUnitsAndDue(column, cell);
        break;
      case ColumnRole::kDue:
        AddDue(cell);
        break;
      case ColumnRole::kOther:
      case ColumnRole::kUnknown:
        break;
    }
  }

  // `解读率100%` of one column and `同步编制解读稿` of the next are two sentences.
  void AddRequirement(const Text& text) {
    constexpr size_t kLongestName = 12;
    Text& requirement = fitted_.requirement;
    if (!requirement.empty() && !text.empty() && requirement != text) {
      const bool ends = IsOneOf(requirement.back(), U"。；;：:！？，、,.）)");
      const bool name = requirement.size() <= kLongestName;
      if (!ends) requirement += name ? U'：' : U'。';
    }
    requirement += text;
  }

  void AddUnits(const Column& column, const Cell& cell) {
    const Text text = cell.Joined();
    const size_t slash = column.leads_and_supports ? text.find_first_of(U"/／") : Text::npos;
    if (slash == Text::npos) {
      fitted_.units.push_back({cell, column.units});
      return;
    }
    Cell leads = cell;
    Cell supports = cell;
    leads.lines = {text.substr(0, slash)};
    supports.lines = {text.substr(slash + 1)};
    fitted_.units.push_back({std::move(leads), UnitColumn::kLead});
    fitted_.units.push_back({std::move(supports), UnitColumn::kSupporting});
  }

  void AddUnitsAndDue(const Column& column, const Cell& cell) {
    Cell units = cell;
    Cell due = cell;
    units.lines.clear();
    due.lines.clear();
    for (const Text& line : cell.lines) {
      for (Text& part : PartsOf(line)) {
        (SaysWhen(part) ? due : units).lines.push_back(std::move(part));
      }
    }
    AddUnits(column, units);
    AddDue(due);
  }

  // `县司法局，6月底前` and `县司法局（6月底前）` are two parts, and so is what `；` parts.
  static std::vector<Text> PartsOf(const Text& line) {
    std::vector<Text> parts;
    for (size_t start = 0; start <= line.size();) {
      const size_t end = std::min(line.find_first_of(U"；;/／", start), line.size());
      if (end > start) AddParts(TextView(line).substr(start, end - start), parts);
      start = end + 1;
    }
    return parts;
  }

  static void AddParts(TextView text, std::vector<Text>& parts) {
    constexpr size_t kLongestDue = 30;
    const bool bracket = IsCloseBracket(text.back());
    const size_t mark = bracket ? text.find_last_of(U"（(") : text.find_last_of(U"，,");
    const bool parted = mark != TextView::npos && mark > 0 && text.size() - mark < kLongestDue;
    const TextView last =
        parted ? text.substr(mark + 1, text.size() - mark - (bracket ? 2 : 1)) : TextView();
    if (last.empty() || !SaysWhen(last) || !LooksLikeUnits(text.substr(0, mark))) {
      parts.emplace_back(text);
      return;
    }
    parts.emplace_back(text.substr(0, mark));
    parts.emplace_back(last);
  }

  static bool SaysWhen(TextView text) { return !LooksLikeUnits(text) && LooksLikeDue(text); }

  void AddDue(const Cell& cell) {
    if (!IsDitto(cell)) {
      fitted_.due += cell.Joined();
      if (!cell.empty()) fitted_.due_place = Cover(fitted_.due_place, cell.span);
    }
    fitted_.due_merged_left = cell.merge == Merge::kLeft;
  }

  FittedRow fitted_;
};

}  // namespace

FittedRow FitRow(const Columns& columns, const Row& row) { return RowFitter().Fit(columns, row); }

bool IsDitto(const Cell& cell) {
  const Text text = cell.Joined();
  return text == U"同上" || text == U"〃" || text == U"″";
}

}  // namespace gongkai::plans::importer
