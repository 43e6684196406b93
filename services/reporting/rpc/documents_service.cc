#include "services/reporting/rpc/documents_service.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "services/reporting/documents/csv_ledger.h"
#include "services/reporting/documents/ledger_workbook.h"
#include "services/reporting/domain/period.h"
#include "services/reporting/rpc/request_reader.h"

namespace gongkai::reporting {
namespace {

using std::chrono::year_month;

constexpr const char* kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr const char* kCsv = "text/csv; charset=utf-8";

// Lines of a bulletin's list of what is overdue.
constexpr std::size_t kMostOverdue = 50;
// Between two looks whether anybody still waits.
constexpr int kRowsBetweenLooks = 1000;

constexpr std::size_t kMostDocumentNumber = 60;
constexpr std::size_t kMostTitle = 120;
constexpr std::size_t kMostIssuer = 60;

Error NobodyWaits() {
  return {.code = ErrorCode::kCancelled, .reason = "CANCELLED", .message = "the caller has left"};
}

// A month as RequestReader::Month gives it → its last day.
CivilDate LastDayOf(int month) {
  const std::chrono::year year(month / 12);
  const std::chrono::month in_year(static_cast<unsigned>(month % 12 + 1));
  return year / in_year / std::chrono::last;
}

// The day that a request names by `as_of_date` or `month`.
CivilDate ReadDay(RequestReader& reader, const std::string& as_of_date, const std::string& month,
                  CivilDate today) {
  const auto day = reader.Date("as_of_date", as_of_date);
  const auto number = reader.Month("month", month);
  if (day && number) {
    reader.Violate("month", "stands beside as_of_date; expected one of them");
  }
  if (day && *day > today) {
    reader.Violate("as_of_date", "\"" + as_of_date + "\" has not come; expected " +
                                     FormatDate(today) + " or an earlier day");
  }
  if (!number) return day.value_or(today);
  const auto last = LastDayOf(*number);
  if (CivilDate(last.year() / last.month() / 1) > today) {
    reader.Violate("month", "\"" + month + "\" has not come; expected " +
                                FormatDate(today).substr(0, 7) + " or an earlier month");
  }
  return std::min(last, today);
}

void CheckText(RequestReader& reader, const char* field, const std::string& text,
               std::size_t most) {
  const auto characters = static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  const bool has_control =
      std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (characters > most || has_control) {
    reader.Violate(field, "must be one line of at most " + std::to_string(most) + " characters");
  }
}

// "平阴县2026年政务公开工作".
std::string WorkTitle(const std::string& division, int year) {
  return division + std::to_string(year) + "年政务公开工作";
}

// What is overdue the longest, in the order of the ledger.
class LongestOverdue {
 public:
  explicit LongestOverdue(CivilDate as_of) : as_of_(as_of) {}

  void Add(const LedgerEntry& entry) {
    entries_.push_back(entry);
    if (entries_.size() == 4 * kMostOverdue) Shorten();
  }

  std::vector<LedgerEntry> Take() {
    Shorten();
    return std::move(entries_);
  }

 private:
  void Shorten() {
    std::stable_sort(entries_.begin(), entries_.end(), [&](const auto& one, const auto& other) {
      return DaysLate(one, as_of_) > DaysLate(other, as_of_);
    });
    if (entries_.size() > kMostOverdue) {
      entries_.erase(entries_.begin() + kMostOverdue, entries_.end());
    }
  }

  const CivilDate as_of_;
  std::vector<LedgerEntry> entries_;
};

// Adds every line to `ledger`, as long as somebody waits.
template <typename Ledger>
Result<void> WriteLedger(LedgerStore& store, const LedgerQuery& query,
                         const DocumentsService::Cancelled& cancelled, Ledger& ledger) {
  int rows = 0;
  auto read = store.ReadLedger(query, [&](const LedgerEntry& entry) -> Result<void> {
    if (rows++ % kRowsBetweenLooks == 0 && cancelled()) return Fail(NobodyWaits());
    return ledger.Add(entry);
  });
  return read ? ledger.Close() : read;
}

Result<Document> Packed(const char* type, std::string file_name, const std::string& bytes) {
  auto content = TemporaryFile::Create();
  if (!content) return Fail(content.error());
  if (auto written = content->Append(bytes); !written) return Fail(written.error());
  return Document{type, std::move(file_name), *std::move(content)};
}

}  // namespace

Result<DocumentsService::BulletinTemplate> DocumentsService::BulletinTemplate::Read(
    std::string bytes) {
  if (bytes.empty()) {
    auto own = DefaultBulletinTemplate();
    if (!own) return Fail(own.error());
    bytes = *std::move(own);
  }
  auto parsed = DocxTemplate::Read(bytes, BulletinNames());
  if (!parsed) return Fail(parsed.error());
  return BulletinTemplate{std::move(bytes), *std::move(parsed)};
}

DocumentsService::DocumentsService(FigureStore& figures, LedgerStore& ledgers, const Rules& rules,
                                   BulletinTemplate bulletin_template, Clock now)
    : figures_(figures),
      ledgers_(ledgers),
      rules_(rules),
      template_(std::move(bulletin_template)),
      now_(std::move(now)) {}

template <typename Request>
Result<DocumentsService::Scope> DocumentsService::ReadScope(const Request& request) {
  RequestReader reader;
  LedgerQuery query{
      .division = reader.Division("parent", request.parent()),
      .year = reader.Year(request.year()),
      .as_of = ReadDay(reader, request.as_of_date(), request.month(), ShanghaiDate(now_()))};
  if constexpr (requires { request.unit(); }) {
    query.unit = reader.Of(query.division, "unit", "units", request.unit());
    if (!request.section().empty()) query.section = request.section();
    if (!Request::Format_IsValid(request.format())) {
      reader.Violate("format",
                     std::to_string(request.format()) + " is unknown; expected XLSX or CSV");
    }
  } else {
    CheckText(reader, "document_number", request.document_number(), kMostDocumentNumber);
    CheckText(reader, "title", request.title(), kMostTitle);
    CheckText(reader, "issuer", request.issuer(), kMostIssuer);
  }
  if (!reader.violations().empty()) return Fail(InvalidArguments(reader.violations()));
  auto division = figures_.ReadDivision(query.division);
  if (!division) return Fail(division.error());
  if (query.year == 0) {
    query.year = division->newest_year.value_or(static_cast<int>(query.as_of.year()));
  }
  return Scope{*std::move(division), std::move(query)};
}

Result<Document> DocumentsService::ExportLedger(const v1::ExportLedgerRequest& request,
                                                const Cancelled& cancelled) {
  const auto scope = ReadScope(request);
  if (!scope) return Fail(scope.error());
  const auto& [division, query] = *scope;
  auto content = TemporaryFile::Create();
  if (!content) return Fail(content.error());
  const auto title = WorkTitle(division.display_name, query.year) + "台账";
  const auto file_name = title + "（" + FormatDate(query.as_of) + "）";
  if (request.format() == v1::ExportLedgerRequest::CSV) {
    CsvLedger ledger(*content, query.as_of);
    if (auto written = WriteLedger(ledgers_, query, cancelled, ledger); !written) {
      return Fail(written.error());
    }
    return Document{kCsv, file_name + ".csv", *std::move(content)};
  }
  const bool per_unit = division.level == DivisionLevel::kCounty || query.unit;
  LedgerWorkbook ledger({.path = content->path(),
                         .title = title,
                         .as_of = query.as_of,
                         .sheet_per = per_unit ? LedgerWorkbook::SheetPer::kUnit
                                               : LedgerWorkbook::SheetPer::kDivision});
  if (auto written = WriteLedger(ledgers_, query, cancelled, ledger); !written) {
    return Fail(written.error());
  }
  return Document{kXlsx, file_name + ".xlsx", *std::move(content)};
}

Result<void> DocumentsService::ReadFigures(const LedgerQuery& query, Bulletin& bulletin) {
  OverviewQuery overview{.division = query.division,
                         .year = query.year,
                         .as_of = query.as_of,
                         .known_day = query.as_of,
                         .grouping = bulletin.grouping};
  auto counts = figures_.ReadOverview(overview, rules_);
  if (!counts) return Fail(counts.error());
  bulletin.total = counts->total;
  bulletin.subjects = std::move(counts->rows);
  if (bulletin.grouping == Grouping::kUnit) {
    // An overview names units as they are called now.
    const auto names = ledgers_.ReadUnitNames(query.division, query.as_of);
    if (!names) return Fail(names.error());
    for (auto& subject : bulletin.subjects) {
      const auto name = names->find(subject.subject);
      if (name != names->end()) subject.display_name = name->second;
    }
  }

  bulletin.compared_day = ComparedDay(query.as_of, Comparison::kPreviousMonth);
  overview.as_of = bulletin.compared_day;
  overview.known_day = bulletin.compared_day;
  auto earlier = figures_.ReadOverview(overview, rules_);
  if (earlier) {
    bulletin.compared = earlier->total;
  } else if (earlier.error().code != ErrorCode::kOutOfRange) {
    return Fail(earlier.error());
  }
  return {};
}

Result<void> DocumentsService::ReadOverdue(LedgerQuery query, const Cancelled& cancelled,
                                           Bulletin& bulletin) {
  query.overdue_only = true;
  LongestOverdue longest(query.as_of);
  int rows = 0;
  auto read = ledgers_.ReadLedger(query, [&](const LedgerEntry& entry) -> Result<void> {
    if (rows++ % kRowsBetweenLooks == 0 && cancelled()) return Fail(NobodyWaits());
    longest.Add(entry);
    return {};
  });
  if (!read) return read;
  bulletin.overdue = longest.Take();
  return {};
}

Result<Document> DocumentsService::ExportBulletin(const v1::ExportBulletinRequest& request,
                                                  const Cancelled& cancelled) {
  const auto scope = ReadScope(request);
  if (!scope) return Fail(scope.error());
  const auto& [division, query] = *scope;
  const bool of_units = division.level == DivisionLevel::kCounty;
  const auto title = "关于" + WorkTitle(division.display_name, query.year) + "进展情况的通报";
  Bulletin bulletin{.division_name = division.display_name,
                    .grouping = of_units ? Grouping::kUnit : Grouping::kDivision,
                    .year = query.year,
                    .as_of = query.as_of,
                    .document_number = request.document_number(),
                    .title = request.title().empty() ? title : request.title(),
                    .issuer = request.issuer().empty() ? division.display_name + "政务公开办公室"
                                                       : request.issuer(),
                    .rule_version = rules_.version};
  if (bulletin.document_number.empty()) {
    bulletin.document_number =
        "〔" + std::to_string(static_cast<int>(query.as_of.year())) + "〕　　号";
  }
  if (auto read = ReadFigures(query, bulletin); !read) return Fail(read.error());
  if (auto read = ReadOverdue(query, cancelled, bulletin); !read) return Fail(read.error());
  auto left_out = ledgers_.ReadLeftOut(query.division, query.year, query.as_of);
  if (!left_out) return Fail(left_out.error());
  bulletin.left_out = *std::move(left_out);
  const auto bytes = template_.parsed.Fill(ValuesOf(bulletin));
  if (!bytes) return Fail(bytes.error());
  return Packed(kDocx, title + "（" + FormatDate(query.as_of) + "）.docx", *bytes);
}

Result<Document> DocumentsService::GetBulletinTemplate() {
  return Packed(kDocx, "通报模板.docx", template_.bytes);
}

}  // namespace gongkai::reporting
