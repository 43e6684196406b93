#include "services/reporting/documents/ledger_workbook.h"

#include <utility>

#include "services/reporting/documents/ledger_sheets.h"
#include "services/reporting/documents/temporary_file.h"

namespace gongkai::reporting {

LedgerWorkbook::LedgerWorkbook(Options options)
    : options_(std::move(options)),
      summary_(options_.as_of),
      sheets_(std::make_unique<LedgerSheets>(options_.path, options_.title, options_.as_of,
                                             options_.most_rows)) {}

LedgerWorkbook::~LedgerWorkbook() = default;

Result<void> LedgerWorkbook::Add(const LedgerEntry& entry) {
  const bool per_unit = options_.sheet_per == SheetPer::kUnit;
  const Subject subject(entry.occurrence.division, per_unit ? entry.occurrence.unit : 0);
  if (subject != subject_) {
    subject_ = subject;
    const auto& name = per_unit ? entry.unit_name : entry.division_name;
    summary_.Begin(name);
    sheets_->BeginSheet(name);
  }
  summary_.Add(entry);
  return sheets_->AddRow(entry) ? Result<void>() : Fail(DiskUnavailable());
}

Result<void> LedgerWorkbook::Close() {
  const std::string_view subject = options_.sheet_per == SheetPer::kUnit ? "责任单位" : "地区";
  sheets_->WriteSummary(subject, summary_.Finish());
  return sheets_->Close() ? Result<void>() : Fail(DiskUnavailable());
}

}  // namespace gongkai::reporting
