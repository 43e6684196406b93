#include "services/reporting/documents/ledger_sheets.h"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace gongkai::reporting {
namespace {

constexpr lxw_row_t kTitleRow = 0;
constexpr lxw_row_t kHeadingRow = 1;
constexpr lxw_row_t kFirstRow = 2;
constexpr lxw_col_t kFrozenColumns = 5;  // up to the task
constexpr std::size_t kMostSheetName = 31;
constexpr std::size_t kMostCell = 32000;  // characters; the format allows 32,767
constexpr int kCellFontSize = 10;
constexpr double kLineHeight = 14;   // points
constexpr double kMostHeight = 400;  // the format allows 409

constexpr lxw_color_t kGreen = 0xE2F0D9;
constexpr lxw_color_t kAmber = 0xFFF2CC;
constexpr lxw_color_t kRed = 0xF8CBAD;
constexpr lxw_color_t kGrey = 0xE7E6E6;
constexpr lxw_color_t kHeadingColour = 0xDDEBF7;

struct WordColour {
  std::string_view words;
  lxw_color_t colour;
};

const WordColour kColours[] = {
    {WordsOf(OccurrenceState::kVerified), kGreen}, {WordsOf(OccurrenceState::kSubmitted), kAmber},
    {WordsOf(OccurrenceState::kReturned), kRed},   {WordsOf(OccurrenceState::kCancelled), kGrey},
    {WordsOf(Lateness::kInTime), kGreen},          {WordsOf(Lateness::kDoneLate), kAmber},
    {WordsOf(Lateness::kOverdue), kRed},           {WordsOf(Lateness::kDueBeforeIssue), kGrey},
};

// At most `most` characters of a text in UTF-8.
std::string Cut(std::string_view text, std::size_t most) {
  std::size_t characters = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if ((text[i] & 0xC0) == 0x80) continue;
    if (characters++ == most) return std::string(text.substr(0, i));
  }
  return std::string(text);
}

// How many lines a text takes in a column of that width; a Chinese character is two wide.
int LinesOf(const LedgerValue& value, double width) {
  const auto* text = std::get_if<std::string>(&value);
  if (!text) return 1;
  int units = 0;
  for (const char c : *text) {
    if ((c & 0xC0) != 0x80) units += (c & 0x80) != 0 ? 2 : 1;
  }
  const int room = static_cast<int>(width) - 1;
  return (units + room - 1) / room;
}

lxw_datetime DayOf(CivilDate day) {
  return {.year = static_cast<int>(day.year()),
          .month = static_cast<int>(static_cast<unsigned>(day.month())),
          .day = static_cast<int>(static_cast<unsigned>(day.day())),
          .hour = 0,
          .min = 0,
          .sec = 0};
}

lxw_workbook* NewWorkbook(const std::string& path) {
  auto directory = std::filesystem::temp_directory_path().string();
  lxw_workbook_options options{
      .constant_memory = LXW_TRUE, .tmpdir = directory.data(), .use_zip64 = LXW_FALSE};
  return workbook_new_opt(path.c_str(), &options);
}

}  // namespace

std::string SheetName(std::string_view name, const std::set<std::string>& taken) {
  std::string clean;
  for (const char c : name) {
    clean += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : '_';
  }
  if (clean.empty()) clean = "未命名";
  auto candidate = Cut(clean, kMostSheetName);
  for (int number = 2; taken.contains(candidate); ++number) {
    const auto suffix = " (" + std::to_string(number) + ")";
    candidate = Cut(clean, kMostSheetName - suffix.size()) + suffix;
  }
  return candidate;
}

LedgerSheets::LedgerSheets(const std::string& path, std::string title, CivilDate as_of,
                           int most_rows)
    : title_(std::move(title)),
      as_of_(as_of),
      most_rows_(static_cast<lxw_row_t>(most_rows)),
      workbook_(NewWorkbook(path)) {
  auto text = title_;
  lxw_doc_properties properties{};
  properties.title = text.data();
  // The same ledger has the same bytes, whenever it is made.
  properties.created =
      std::chrono::system_clock::to_time_t(std::chrono::sys_days(as_of_) + std::chrono::hours(0));
  workbook_set_properties(workbook_.get(), &properties);
  MakeLooks();
  summary_ = NewSheet("汇总");
}

lxw_format* LedgerSheets::NewCell(lxw_format_alignments alignment, const char* number_format) {
  auto* format = workbook_add_format(workbook_.get());
  format_set_font_name(format, "仿宋");
  format_set_font_size(format, kCellFontSize);
  format_set_border(format, LXW_BORDER_THIN);
  format_set_align(format, alignment);
  format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
  if (number_format) format_set_num_format(format, number_format);
  return format;
}

void LedgerSheets::MakeLooks() {
  looks_.title = workbook_add_format(workbook_.get());
  format_set_font_name(looks_.title, "黑体");
  format_set_font_size(looks_.title, 14);
  looks_.heading = NewCell(LXW_ALIGN_CENTER);
  format_set_bold(looks_.heading);
  format_set_text_wrap(looks_.heading);
  format_set_bg_color(looks_.heading, kHeadingColour);
  looks_.text = NewCell(LXW_ALIGN_LEFT);
  format_set_text_wrap(looks_.text);
  looks_.word = NewCell(LXW_ALIGN_CENTER);
  looks_.number = NewCell(LXW_ALIGN_RIGHT, "0");
  looks_.percent = NewCell(LXW_ALIGN_RIGHT, "0.0%");
  looks_.day = NewCell(LXW_ALIGN_CENTER, "yyyy-mm-dd");
  for (const auto& [words, colour] : kColours) {
    auto* format = workbook_add_format(workbook_.get());
    format_set_bg_color(format, colour);
    looks_.by_words[words] = format;
  }
}

lxw_worksheet* LedgerSheets::NewSheet(const std::string& name) {
  const auto own = SheetName(name, taken_);
  taken_.insert(own);
  auto* sheet = workbook_add_worksheet(workbook_.get(), own.c_str());
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, kTitleRow, kHeadingRow);
  worksheet_set_footer(sheet, "&C第 &P 页，共 &N 页");
  return sheet;
}

void LedgerSheets::WriteHeading(lxw_worksheet* sheet,
                                const std::vector<std::pair<std::string, double>>& names) {
  lxw_col_t column = 0;
  for (const auto& [name, width] : names) {
    worksheet_set_column(sheet, column, column, width, nullptr);
    ++column;
  }
  const auto title =
      title_ + (sheet == summary_ ? "" : "（" + name_ + "）") + "　截至" + FormatDate(as_of_);
  worksheet_write_string(sheet, kTitleRow, 0, title.c_str(), looks_.title);
  column = 0;
  for (const auto& [name, width] : names) {
    worksheet_write_string(sheet, kHeadingRow, column++, name.c_str(), looks_.heading);
  }
}

void LedgerSheets::BeginSheet(const std::string& name) {
  EndSheet();
  name_ = name;
  sheet_ = NewSheet(name);
  std::vector<std::pair<std::string, double>> names;
  for (const auto& column : LedgerColumns()) names.emplace_back(column.heading, column.width);
  WriteHeading(sheet_, names);
  worksheet_freeze_panes(sheet_, kFirstRow, kFrozenColumns);
  row_ = kFirstRow;
}

void LedgerSheets::EndSheet() {
  if (!sheet_) return;
  const auto columns = LedgerColumns();
  worksheet_autofilter(sheet_, kHeadingRow, 0, row_ - 1,
                       static_cast<lxw_col_t>(columns.size() - 1));
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const auto heading = columns[i].heading;
    if (heading == kStateHeading || heading == kLatenessHeading) ColourWords(static_cast<int>(i));
  }
  sheet_ = nullptr;
}

void LedgerSheets::ColourWords(int column) {
  for (const auto& [words, format] : looks_.by_words) {
    auto quoted = "\"" + std::string(words) + "\"";
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_TYPE_CELL;
    rule.criteria = LXW_CONDITIONAL_CRITERIA_EQUAL_TO;
    rule.value_string = quoted.data();
    rule.format = format;
    worksheet_conditional_format_range(sheet_, kFirstRow, static_cast<lxw_col_t>(column), row_ - 1,
                                       static_cast<lxw_col_t>(column), &rule);
  }
}

bool LedgerSheets::AddRow(const LedgerEntry& entry) {
  if (row_ - kFirstRow == most_rows_) BeginSheet(name_);
  int column = 0;
  int lines = 1;
  for (const auto& each : LedgerColumns()) {
    const auto value = each.value(entry, as_of_);
    if (each.wraps) lines = std::max(lines, LinesOf(value, each.width));
    if (Write(column++, value) != LXW_NO_ERROR) return false;
  }
  // Not every program makes room for texts that wrap.
  worksheet_set_row(sheet_, row_, std::min(lines * kLineHeight, kMostHeight), nullptr);
  ++row_;
  return true;
}

lxw_error LedgerSheets::Write(int at, const LedgerValue& value) {
  const auto column = static_cast<lxw_col_t>(at);
  if (const auto* text = std::get_if<std::string>(&value)) {
    const bool wraps = LedgerColumns()[static_cast<std::size_t>(at)].wraps;
    const auto fitting = text->size() <= kMostCell ? *text : Cut(*text, kMostCell);
    if (fitting.empty()) return worksheet_write_blank(sheet_, row_, column, looks_.text);
    return worksheet_write_string(sheet_, row_, column, fitting.c_str(),
                                  wraps ? looks_.text : looks_.word);
  }
  if (const auto* number = std::get_if<int>(&value)) {
    return worksheet_write_number(sheet_, row_, column, *number, looks_.number);
  }
  if (const auto* day = std::get_if<CivilDate>(&value)) {
    auto moment = DayOf(*day);
    return worksheet_write_datetime(sheet_, row_, column, &moment, looks_.day);
  }
  return worksheet_write_blank(sheet_, row_, column, looks_.text);
}

void LedgerSheets::WriteRatio(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column,
                              const Ratio& ratio) {
  if (ratio.denominator == 0) {
    worksheet_write_string(sheet, row, column, "—", looks_.number);
    return;
  }
  worksheet_write_number(
      sheet, row, column,
      static_cast<double>(ratio.numerator) / static_cast<double>(ratio.denominator),
      looks_.percent);
}

void LedgerSheets::WriteSummary(std::string_view subject,
                                const std::vector<LedgerSummary::Row>& rows) {
  EndSheet();
  WriteHeading(summary_, {{std::string(subject), 24},
                          {"应完成", 10},
                          {"已提交", 10},
                          {"有佐证", 10},
                          {"已核验", 10},
                          {"完成率", 10},
                          {"按时完成率", 12},
                          {"逾期未完成", 12},
                          {"逾期完成", 10},
                          {"早于印发日期", 14},
                          {"长期坚持类", 12},
                          {"长期坚持类已核验", 18}});
  worksheet_freeze_panes(summary_, kFirstRow, 1);
  lxw_row_t row = kFirstRow;
  for (const auto& [name, counts] : rows) {
    const auto figures = FiguresOf(counts);
    worksheet_write_string(summary_, row, 0, name.c_str(), looks_.text);
    const std::pair<lxw_col_t, std::int64_t> numbers[] = {
        {1, counts.occurrences},      {2, counts.self_reported},    {3, counts.with_evidence},
        {4, counts.verified},         {7, counts.overdue_not_done}, {8, counts.done_late},
        {9, counts.due_before_issue}, {10, counts.ongoing},         {11, counts.ongoing_verified}};
    for (const auto& [column, number] : numbers) {
      worksheet_write_number(summary_, row, column, static_cast<double>(number), looks_.number);
    }
    WriteRatio(summary_, row, 5, figures.completion);
    WriteRatio(summary_, row, 6, figures.on_time);
    ++row;
  }
  // All but the line of all.
  worksheet_autofilter(summary_, kHeadingRow, 0, row > kFirstRow + 1 ? row - 2 : kHeadingRow, 11);
}

bool LedgerSheets::Close() { return workbook_close(workbook_.release()) == LXW_NO_ERROR; }

}  // namespace gongkai::reporting
