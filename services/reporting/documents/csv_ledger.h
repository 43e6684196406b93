// A ledger as comma-separated values: one table, for spreadsheets and for programs.
#pragma once

#include <string>
#include <string_view>

#include "services/reporting/documents/temporary_file.h"
#include "services/reporting/domain/ledger_entry.h"

namespace gongkai::reporting {

// UTF-8 with a byte-order mark, lines end with CRLF, quotes as in RFC 4180.
class CsvLedger {
 public:
  // Writes to the end of `file`, which must outlive the ledger.
  CsvLedger(TemporaryFile& file, CivilDate as_of);

  Result<void> Add(const LedgerEntry& entry);
  // Writes what is left; nothing may be added afterwards.
  Result<void> Close();

 private:
  TemporaryFile& file_;
  const CivilDate as_of_;
  std::string buffer_;
};

// A text as one field: `a,b` → `"a,b"`. One that a spreadsheet would take for a formula gets an
// apostrophe: `=1+1` → `'=1+1`.
std::string CsvField(std::string_view text);

}  // namespace gongkai::reporting
