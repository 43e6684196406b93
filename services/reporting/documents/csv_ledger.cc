#include "services/reporting/documents/csv_ledger.h"

#include "services/reporting/documents/ledger_columns.h"

namespace gongkai::reporting {
namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

// With what a formula can begin, in the characters of wide keyboards too.
bool LooksLikeFormula(std::string_view text) {
  if (text.empty()) return false;
  if (std::string_view("=+-@\t\r\n").find(text.front()) != std::string_view::npos) return true;
  for (const std::string_view wide : {"＝", "＋", "－", "＠"}) {
    if (text.starts_with(wide)) return true;
  }
  return false;
}

struct FieldOf {
  std::string operator()(std::monostate) const { return ""; }
  std::string operator()(const std::string& text) const { return CsvField(text); }
  std::string operator()(int number) const { return std::to_string(number); }
  std::string operator()(CivilDate day) const { return FormatDate(day); }
};

}  // namespace

std::string CsvField(std::string_view text) {
  std::string field = LooksLikeFormula(text) ? "'" : "";
  field += text;
  if (field.find_first_of(",\"\r\n") == std::string::npos) return field;
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

CsvLedger::CsvLedger(TemporaryFile& file, CivilDate as_of)
    : file_(file), as_of_(as_of), buffer_("\xEF\xBB\xBF") {
  for (const auto& column : LedgerColumns()) {
    if (&column != &LedgerColumns().front()) buffer_ += ',';
    buffer_ += column.heading;
  }
  buffer_ += "\r\n";
}

Result<void> CsvLedger::Add(const LedgerEntry& entry) {
  for (const auto& column : LedgerColumns()) {
    if (&column != &LedgerColumns().front()) buffer_ += ',';
    buffer_ += std::visit(FieldOf(), column.value(entry, as_of_));
  }
  buffer_ += "\r\n";
  return buffer_.size() < kBufferBytes ? Result<void>() : Close();
}

Result<void> CsvLedger::Close() {
  auto written = file_.Append(buffer_);
  buffer_.clear();
  return written;
}

}  // namespace gongkai::reporting
