// The sheets of a ledger's workbook, by libxlsxwriter.
#pragma once

#include <xlsxwriter.h>

#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "services/reporting/documents/ledger_columns.h"
#include "services/reporting/documents/ledger_summary.h"

namespace gongkai::reporting {

// Every sheet has a frozen heading, filters and widths that fit, and prints across.
class LedgerSheets {
 public:
  LedgerSheets(const std::string& path, std::string title, CivilDate as_of, int most_rows);

  // The rows that follow are on a sheet of this name, or one like it where the name is taken or
  // cannot be a sheet's.
  void BeginSheet(const std::string& name);
  // False if the disk does not take it.
  bool AddRow(const LedgerEntry& entry);
  // On the first sheet; `subject` is the heading of its first column.
  void WriteSummary(std::string_view subject, const std::vector<LedgerSummary::Row>& rows);
  // Writes the file. False if the disk does not take it.
  bool Close();

 private:
  struct Free {
    void operator()(lxw_workbook* workbook) const { lxw_workbook_free(workbook); }
  };
  // How cells look.
  struct Looks {
    lxw_format* title = nullptr;
    lxw_format* heading = nullptr;
    lxw_format* text = nullptr;
    lxw_format* word = nullptr;  // a short text, in the middle
    lxw_format* number = nullptr;
    lxw_format* percent = nullptr;
    lxw_format* day = nullptr;
    std::map<std::string_view, lxw_format*> by_words;  // of a state or lateness
  };

  lxw_format* NewCell(lxw_format_alignments alignment, const char* number_format = nullptr);
  void MakeLooks();
  lxw_worksheet* NewSheet(const std::string& name);
  void WriteHeading(lxw_worksheet* sheet, const std::vector<std::pair<std::string, double>>& names);
  void EndSheet();
  void ColourWords(int column);
  lxw_error Write(int column, const LedgerValue& value);
  void WriteRatio(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const Ratio& ratio);

  const std::string title_;
  const CivilDate as_of_;
  const lxw_row_t most_rows_;
  std::unique_ptr<lxw_workbook, Free> workbook_;
  Looks looks_;
  lxw_worksheet* summary_ = nullptr;
  std::set<std::string> taken_;  // names of sheets
  std::string name_;             // of the present sheet's subject
  lxw_worksheet* sheet_ = nullptr;
  lxw_row_t row_ = 0;  // the next one
};

// A name that a sheet can have, 31 characters at most, and that is not among those taken:
// `a/b` → `a_b`, then `a_b (2)`.
std::string SheetName(std::string_view name, const std::set<std::string>& taken);

}  // namespace gongkai::reporting
