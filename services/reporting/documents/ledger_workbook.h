// A ledger as a workbook (.xlsx): a summary, then a sheet for each unit or county.
#pragma once

#include <memory>
#include <string>

#include "services/common/status/error.h"
#include "services/reporting/documents/ledger_summary.h"
#include "services/reporting/domain/ledger_entry.h"

namespace gongkai::reporting {

class LedgerSheets;

// Writes line by line: memory does not grow with the lines. Dates are dates and numbers numbers;
// the states are in words, with colours that follow the words.
class LedgerWorkbook {
 public:
  enum class SheetPer { kUnit, kDivision };
  struct Options {
    std::string path;   // of the file that is written
    std::string title;  // above every table, and of the file's properties
    CivilDate as_of;
    SheetPer sheet_per = SheetPer::kUnit;
    int most_rows = 1'000'000;  // of a sheet; what is more goes on in another
  };

  explicit LedgerWorkbook(Options options);
  ~LedgerWorkbook();

  // The lines of a unit or county must come one after another. UNAVAILABLE with reason
  // DISK_UNAVAILABLE if the disk does not take it.
  Result<void> Add(const LedgerEntry& entry);
  // Writes the file; nothing may be added afterwards. Errors as Add.
  Result<void> Close();

 private:
  using Subject = std::pair<int, int>;  // division, and unit or 0

  const Options options_;
  LedgerSummary summary_;
  std::unique_ptr<LedgerSheets> sheets_;
  Subject subject_{};
};

}  // namespace gongkai::reporting
