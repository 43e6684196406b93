#include "services/plans/importer/table_columns.h"

#include <algorithm>

namespace gongkai::plans::importer {
namespace {

struct HeaderWord {
  TextView text;
  ColumnRole role;
  UnitColumn units = UnitColumn::kResponsible;
};

// In the order of testing: what is filled in later comes first, since 责任科室 is no 责任单位.
constexpr HeaderWord kHeaderWords[] = {
    {U"联系", ColumnRole::kOther},
    {U"电话", ColumnRole::kOther},
    {U"责任单位及责任人", ColumnRole::kUnits},
    {U"责任单位和责任人", ColumnRole::kUnits},
    {U"责任科室", ColumnRole::kOther},
    {U"责任人", ColumnRole::kOther},
    {U"领导", ColumnRole::kOther},
    {U"备注", ColumnRole::kOther},
    {U"完成情况", ColumnRole::kOther},
    {U"进展", ColumnRole::kOther},
    {U"落实情况", ColumnRole::kOther},
    {U"序号", ColumnRole::kOrdinal},
    {U"编号", ColumnRole::kOrdinal},
    {U"时限", ColumnRole::kDue},
    {U"时间", ColumnRole::kDue},
    {U"期限", ColumnRole::kDue},
    {U"进度", ColumnRole::kDue},
    {U"时间节点", ColumnRole::kDue},
    {U"配合", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"协办", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"协助", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"参与单位", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"参加单位", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"责任单位", ColumnRole::kUnits},
    {U"责任部门", ColumnRole::kUnits},
    {U"责任主体", ColumnRole::kUnits},
    {U"责任分工", ColumnRole::kUnits},
    {U"落实单位", ColumnRole::kUnits},
    {U"负责单位", ColumnRole::kUnits},
    {U"负责部门", ColumnRole::kUnits},
    {U"实施单位", ColumnRole::kUnits},
    {U"承办", ColumnRole::kUnits},
    {U"主办", ColumnRole::kUnits, UnitColumn::kLead},
    {U"牵头", ColumnRole::kUnits, UnitColumn::kLead},
    {U"单位", ColumnRole::kUnits},
    {U"部门", ColumnRole::kUnits},
    {U"要求", ColumnRole::kRequirement},
    {U"内容", ColumnRole::kRequirement},
    {U"措施", ColumnRole::kRequirement},
    {U"标准", ColumnRole::kRequirement},
    {U"举措", ColumnRole::kRequirement},
    {U"工作目标", ColumnRole::kRequirement},
    {U"任务", ColumnRole::kTask},
    {U"重点工作", ColumnRole::kTask},
    {U"工作重点", ColumnRole::kTask},
    {U"事项", ColumnRole::kTask},
    {U"项目", ColumnRole::kTask},
    {U"类别", ColumnRole::kTask},
    {U"分类", ColumnRole::kTask},
    {U"领域", ColumnRole::kTask},
    {U"指标", ColumnRole::kTask},
    {U"要点", ColumnRole::kTask},
    {U"目标", ColumnRole::kTask},
};

// The column under a heading, or nothing for text that heads none.
std::optional<Column> ParseHeading(const Cell& cell) {
  constexpr size_t kLongestHeading = 24;
  const Text text = cell.Joined();
  if (text.empty() || text.size() > kLongestHeading) return std::nullopt;
  for (const HeaderWord& word : kHeaderWords) {
    if (!Contains(text, word.text)) continue;
    Column column{word.role, word.units};
    if (word.role != ColumnRole::kUnits) return column;
    const bool ranked =
        Contains(text, U"第一") || Contains(text, U"首位") || Contains(text, U"排名");
    if (ranked && Contains(text, U"牵头")) column.units = UnitColumn::kFirstLeads;
    return column;
  }
  return std::nullopt;
}

bool Has(const Columns& columns, ColumnRole role) {
  return std::any_of(columns.begin(), columns.end(),
                     [role](const Column& column) { return column.role == role; });
}

// The column that a row with more cells than the heading splits.
size_t SpanningColumn(const Columns& columns) {
  for (const ColumnRole role : {ColumnRole::kTask, ColumnRole::kRequirement}) {
    for (size_t i = 0; i < columns.size(); ++i) {
      if (columns[i].role == role) return i;
    }
  }
  return columns.size() - 1;
}

}  // namespace

std::optional<Columns> ParseHeaderRow(const Row& row) {
  if (row.cells.size() < 2) return std::nullopt;
  Columns columns;
  size_t known = 0;
  for (const Cell& cell : row.cells) {
    const auto column = ParseHeading(cell);
    if (!column && !cell.empty() && cell.Joined().size() > 12) return std::nullopt;
    known += column ? 1 : 0;
    // An empty cell in a heading belongs to the heading at its left.
    const bool spanned = cell.empty() && !columns.empty();
    columns.push_back(column ? *column : spanned ? columns.back() : Column{});
  }
  const bool names_work = Has(columns, ColumnRole::kTask) || Has(columns, ColumnRole::kRequirement);
  const bool is_breakdown = Has(columns, ColumnRole::kUnits) || Has(columns, ColumnRole::kDue) ||
                            Has(columns, ColumnRole::kOrdinal);
  if (known < 2 || !names_work || !is_breakdown) return std::nullopt;
  return columns;
}

std::optional<Columns> ParseSecondHeaderRow(const Columns& first, const Row& row) {
  size_t named = 0;
  Columns second;
  for (const Cell& cell : row.cells) {
    const auto column = ParseHeading(cell);
    if (!column && !cell.empty()) return std::nullopt;
    named += column ? 1 : 0;
    second.push_back(column.value_or(Column{}));
  }
  if (named == 0 || named == row.cells.size() || row.cells.size() < first.size()) {
    return std::nullopt;
  }
  const size_t extra = row.cells.size() - first.size();
  size_t left = 0;  // column of the first row above the cell
  size_t split = 0;
  for (size_t i = 0; i < second.size(); ++i) {
    if (row.cells[i].empty()) second[i] = first[std::min(left, first.size() - 1)];
    const bool spans_on = !row.cells[i].empty() && split < extra && i + 1 < second.size() &&
                          !row.cells[i + 1].empty();
    if (spans_on) ++split;
    if (!spans_on) ++left;
  }
  return second;
}

Columns FitColumns(const Columns& columns, size_t cell_count, bool lacks_first) {
  Columns fitted = columns;
  if (cell_count > columns.size()) {
    const size_t at = SpanningColumn(columns);
    fitted.insert(fitted.begin() + static_cast<std::ptrdiff_t>(at), cell_count - columns.size(),
                  columns[at]);
  } else if (lacks_first) {
    fitted.erase(fitted.begin(),
                 fitted.begin() + static_cast<std::ptrdiff_t>(columns.size() - cell_count));
  } else {
    fitted.resize(cell_count);
  }
  return fitted;
}

}  // namespace gongkai::plans::importer
