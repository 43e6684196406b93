#include "services/plans/importer/table_columns.h"

#include <algorithm>
#include <initializer_list>

#include "services/plans/importer/numbering.h"

namespace gongkai::plans::importer {
namespace {

constexpr size_t kLongestHeading = 24;

struct HeaderWord {
  TextView text;
  ColumnRole role;
  UnitColumn units = UnitColumn::kResponsible;
};

// In the order of testing: what is filled in later comes first, since 责任科室 is no 责任单位.
constexpr HeaderWord kHeaderWords[] = {
    {U"联系", ColumnRole::kOther},
    {U"电话", ColumnRole::kOther},
    {U"责任科室", ColumnRole::kOther},
    {U"责任人", ColumnRole::kOther},
    {U"领导", ColumnRole::kOther},
    {U"备注", ColumnRole::kOther},
    {U"完成情况", ColumnRole::kOther},
    {U"进展", ColumnRole::kOther},
    {U"落实情况", ColumnRole::kOther},
    {U"进度情况", ColumnRole::kOther},
    {U"完成进度", ColumnRole::kOther},
    {U"来源", ColumnRole::kOther},
    {U"依据", ColumnRole::kOther},
    {U"计量单位", ColumnRole::kOther},
    {U"分值", ColumnRole::kOther},
    {U"得分", ColumnRole::kOther},
    {U"权重", ColumnRole::kOther},
    {U"序号", ColumnRole::kOrdinal},
    {U"编号", ColumnRole::kOrdinal},
    {U"时限", ColumnRole::kDue},
    {U"时间", ColumnRole::kDue},
    {U"期限", ColumnRole::kDue},
    {U"进度", ColumnRole::kDue},
    {U"频次", ColumnRole::kDue},
    {U"频率", ColumnRole::kDue},
    {U"周期", ColumnRole::kDue},
    {U"配合", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"协办", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"协同", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"协助", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"参与单位", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"参加单位", ColumnRole::kUnits, UnitColumn::kSupporting},
    {U"责任单位", ColumnRole::kUnits},
    {U"责任部门", ColumnRole::kUnits},
    {U"责任主体", ColumnRole::kUnits},
    {U"责任分工", ColumnRole::kUnits},
    {U"任务分工", ColumnRole::kUnits},
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
    {U"做法", ColumnRole::kRequirement},
    {U"工作目标", ColumnRole::kRequirement},
    {U"任务", ColumnRole::kTask},
    {U"重点工作", ColumnRole::kTask},
    {U"工作重点", ColumnRole::kTask},
    {U"主要工作", ColumnRole::kTask},
    {U"事项", ColumnRole::kTask},
    {U"项目", ColumnRole::kTask},
    {U"类别", ColumnRole::kTask},
    {U"分类", ColumnRole::kTask},
    {U"领域", ColumnRole::kTask},
    {U"板块", ColumnRole::kTask},
    {U"方面", ColumnRole::kTask},
    {U"指标", ColumnRole::kTask},
    {U"要点", ColumnRole::kTask},
    {U"目标", ColumnRole::kTask},
    {U"名称", ColumnRole::kTask},
    {U"工作", ColumnRole::kTask},
};

bool ContainsAny(TextView text, std::initializer_list<TextView> words) {
  return std::any_of(words.begin(), words.end(),
                     [text](TextView word) { return Contains(text, word); });
}

// `责任科室`, `牵头处室`: offices within a unit.
bool NamesOffices(TextView heading) {
  return ContainsAny(heading, {U"科室", U"处室", U"股室"}) &&
         !ContainsAny(heading, {U"单位", U"部门", U"联系", U"责任人"});
}

// Headings that stand for two columns at once.
std::optional<Column> ParseCombinedHeading(TextView text) {
  const bool units = ContainsAny(text, {U"单位", U"部门", U"主体", U"牵头", U"责任分工"});
  if (!units || ContainsAny(text, {U"联系", U"电话", U"领导"})) return std::nullopt;
  const bool due = ContainsAny(text, {U"时限", U"时间", U"期限"});
  const bool supports = ContainsAny(text, {U"配合", U"协办", U"协同", U"协助", U"参与"});
  const bool leads = ContainsAny(text, {U"牵头", U"主办"});
  const bool both = supports && (leads || ContainsAny(text, {U"责任", U"负责", U"承办"}));
  if (due || both) {
    return Column{.role = due ? ColumnRole::kUnitsAndDue : ColumnRole::kUnits,
                  .units = both && leads ? UnitColumn::kFirstLeads : UnitColumn::kResponsible,
                  .leads_and_supports = both};
  }
  if (Contains(text, U"责任人")) return Column{.role = ColumnRole::kUnits};
  return std::nullopt;
}

// A row of short tasks is no heading row: their texts are numbered, or have commas and stops, which
// headings have in brackets only (责任单位（列第一位的牵头，下同）).
bool ReadsLikeASentence(TextView text) {
  if (ParseNumbering(text)) return true;
  const size_t bracket = text.find_first_of(U"（(");
  return text.substr(0, bracket).find_first_of(U"。；，,") != TextView::npos ||
         EndsWith(text, U"。");
}

// The column under a heading, or nothing for text that heads none.
std::optional<Column> ParseHeading(const Cell& cell) {
  const Text text = cell.Joined();
  if (text.empty() || text.size() > kLongestHeading || ReadsLikeASentence(text)) {
    return std::nullopt;
  }
  if (const auto combined = ParseCombinedHeading(text)) return combined;
  if (NamesOffices(text)) return Column{.role = ColumnRole::kOther};
  for (const HeaderWord& word : kHeaderWords) {
    if (!Contains(text, word.text)) continue;
    Column column{word.role, word.units};
    if (word.role != ColumnRole::kUnits) return column;
    // `县直各部门` are units and head none.
    if (Contains(text, U"各")) return std::nullopt;
    const bool ranked =
        Contains(text, U"第一") || Contains(text, U"首位") || Contains(text, U"排名");
    if (ranked && Contains(text, U"牵头")) column.units = UnitColumn::kFirstLeads;
    return column;
  }
  return std::nullopt;
}

bool NamesUnits(const Columns& columns) {
  return Has(columns, ColumnRole::kUnits) || Has(columns, ColumnRole::kUnitsAndDue);
}

// Whether a cell has more text than any heading: most rows of tasks, told at little cost.
bool HasLongCell(const Row& row) {
  return std::any_of(row.cells.begin(), row.cells.end(), [](const Cell& cell) {
    size_t length = 0;
    for (const Text& line : cell.lines) length += line.size();
    return length > kLongestHeading;
  });
}

// A catalogue of what is published is set in such columns; a breakdown has one of them at most.
bool IsCatalogue(const Row& row) {
  size_t columns = 0;
  for (const Cell& cell : row.cells) {
    const Text text = cell.Joined();
    const bool matches = ContainsAny(text, {U"公开依据", U"公开渠道", U"公开对象", U"公开方式",
                                            U"公开主体", U"公开层级", U"公开形式", U"公开载体"});
    columns += matches ? 1 : 0;
  }
  return columns >= 2;
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

// The columns of a row whose cells are all headings, short or empty; else nothing.
std::optional<Columns> ParseHeadings(const Row& row) {
  if (row.cells.size() < 2 || HasLongCell(row) || IsCatalogue(row)) return std::nullopt;
  Columns columns;
  size_t known = 0;
  for (const Cell& cell : row.cells) {
    const auto column = ParseHeading(cell);
    // Neither the number of a task nor a short sentence stands in a heading.
    const Text text = cell.Joined();
    if (!column && (text.size() > 12 || EndsWith(text, U"。") || IsBareNumber(text))) {
      return std::nullopt;
    }
    known += column ? 1 : 0;
    // An empty cell in a heading belongs to the heading at its left.
    const bool spanned = cell.empty() && !columns.empty();
    columns.push_back(column    ? *column
                      : spanned ? columns.back()
                                : Column{.role = ColumnRole::kUnknown});
  }
  const bool names_units = NamesUnits(columns);
  for (size_t i = 0; i < columns.size() && !names_units; ++i) {
    if (NamesOffices(row.cells[i].Joined())) columns[i].role = ColumnRole::kUnits;
  }
  if (known < 2) return std::nullopt;
  return columns;
}

bool NamesWork(const Columns& columns) {
  return Has(columns, ColumnRole::kTask) || Has(columns, ColumnRole::kRequirement);
}

}  // namespace

bool Has(const Columns& columns, ColumnRole role) {
  return std::any_of(columns.begin(), columns.end(),
                     [role](const Column& column) { return column.role == role; });
}

bool IsColumnHeading(const Cell& cell) { return ParseHeading(cell).has_value(); }

std::optional<Columns> ParseHeaderRow(const Row& row) {
  auto columns = ParseHeadings(row);
  if (!columns || !NamesWork(*columns)) return std::nullopt;
  const bool is_breakdown = NamesUnits(*columns) || Has(*columns, ColumnRole::kDue) ||
                            Has(*columns, ColumnRole::kOrdinal);
  return is_breakdown ? columns : std::nullopt;
}

bool LacksTaskColumn(const Row& row) {
  const auto columns = ParseHeadings(row);
  return columns && !NamesWork(*columns) && NamesUnits(*columns) && Has(*columns, ColumnRole::kDue);
}

bool HeadsOtherTable(const Row& row) {
  constexpr size_t kLongestOfPersons = 10;
  if (row.cells.size() < 2 || HasLongCell(row)) return false;
  if (IsCatalogue(row)) return true;
  bool names_persons = false;
  for (const Cell& cell : row.cells) {
    const Text text = cell.Joined();
    if (text.empty() || text.size() > kLongestOfPersons) return false;
    names_persons = names_persons || ContainsAny(text, {U"姓名", U"职务", U"电话", U"手机",
                                                        U"联系人", U"联系方式", U"得分"});
  }
  return names_persons && !ParseHeaderRow(row);
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

std::optional<Columns> WithOrdinal(const Columns& columns, const Row& row) {
  if (row.cells.size() != columns.size() + 1 || Has(columns, ColumnRole::kOrdinal)) {
    return std::nullopt;
  }
  for (size_t i = 0; i < row.cells.size(); ++i) {
    if (!IsBareNumber(row.cells[i].Joined())) continue;
    Columns wider = columns;
    wider.insert(wider.begin() + static_cast<std::ptrdiff_t>(i),
                 Column{.role = ColumnRole::kOrdinal});
    return wider;
  }
  return std::nullopt;
}

Columns FitColumns(const Columns& columns, size_t cell_count) {
  Columns fitted = columns;
  if (cell_count > columns.size()) {
    const size_t at = SpanningColumn(columns);
    fitted.insert(fitted.begin() + static_cast<std::ptrdiff_t>(at), cell_count - columns.size(),
                  columns[at]);
  } else {
    fitted.resize(cell_count);
  }
  return fitted;
}

}  // namespace gongkai::plans::importer
