#include "services/cli/document_commands.h"

#include <iostream>
#include <memory>
#include <string>

#include "gongkai/reporting/v1/documents.grpc.pb.h"
#include "services/cli/complaint.h"
#include "services/cli/download.h"
#include "services/cli/exit_codes.h"
#include "services/common/rpc/server.h"

namespace gongkai::cli {
namespace {

namespace v1 = reporting::v1;

// What both commands take.
struct DocumentOptions {
  std::string division;
  std::string as_of;
  std::string month;
  std::string output;
  std::string reporting = "127.0.0.1:7102";
  int year = 0;

  template <typename Request>
  void Fill(Request& request) const {
    request.set_parent("divisions/" + division);
    request.set_year(year);
    request.set_as_of_date(as_of);
    request.set_month(month);
  }
};

struct LedgerOptions : DocumentOptions {
  std::string unit;
  std::string section;
  std::string format;
};

struct BulletinOptions : DocumentOptions {
  std::string number;
  std::string title;
  std::string issuer;
  bool write_template = false;
};

void AddDocumentOptions(CLI::App& command, DocumentOptions& options) {
  command.add_option("--year", options.year, "Year of the plans; default: the newest.");
  auto* as_of = command.add_option(
      "--as-of", options.as_of, "Everything as it was known at the end of this day, YYYY-MM-DD.");
  command.add_option("--month", options.month, "The same for the last day of a month, YYYY-MM.")
      ->excludes(as_of);
  command.add_option("-o,--output", options.output,
                     "File to write, - for standard output; default: the document's own name.");
  command.add_option("--reporting", options.reporting, "HOST:PORT of the reporting service.")
      ->envname("GONGKAI_REPORTING_ADDRESS")
      ->capture_default_str();
}

int Save(const DocumentOptions& options,
         const std::function<PieceReader(v1::Documents::Stub&, grpc::ClientContext*)>& start) {
  const auto documents = v1::Documents::NewStub(rpc::MakeChannel(options.reporting));
  const auto saved = Download(
      {options.reporting, "--reporting"},
      [&](grpc::ClientContext* context) { return start(*documents, context); }, options.output);
  if (!saved) return Complain("divisions/" + options.division, saved.error());
  if (*saved != "-") std::cout << *saved << "\n";
  return kExitOk;
}

int Run(const LedgerOptions& options) {
  v1::ExportLedgerRequest request;
  options.Fill(request);
  if (!options.unit.empty()) {
    request.set_unit("divisions/" + options.division + "/units/" + options.unit);
  }
  request.set_section(options.section);
  const bool csv =
      options.format.empty() ? options.output.ends_with(".csv") : options.format == "csv";
  request.set_format(csv ? v1::ExportLedgerRequest::CSV : v1::ExportLedgerRequest::XLSX);
  return Save(options, [&](auto& documents, auto* context) {
    return documents.ExportLedger(context, request);
  });
}

int Run(const BulletinOptions& options) {
  if (options.write_template) {
    return Save(options, [](auto& documents, auto* context) {
      return documents.GetBulletinTemplate(context, v1::GetBulletinTemplateRequest());
    });
  }
  v1::ExportBulletinRequest request;
  options.Fill(request);
  request.set_document_number(options.number);
  request.set_title(options.title);
  request.set_issuer(options.issuer);
  return Save(options, [&](auto& documents, auto* context) {
    return documents.ExportBulletin(context, request);
  });
}

constexpr char kExitCodes[] =
    "\nExit code: 0 done, 1 refused or service not reachable, 2 wrong usage.";

}  // namespace

void AddLedgerCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<LedgerOptions>();
  CLI::App* command = app.add_subcommand("ledger", "Save the ledger (台账) of a division.");
  command->add_option("DIVISION", options->division, "Six-digit code (GB/T 2260).")->required();
  AddDocumentOptions(*command, *options);
  command->add_option("--unit", options->unit, "Only the unit with this number.");
  command->add_option("--section", options->section, "Only tasks under this heading of the plan.");
  command->add_option("--format", options->format, "xlsx or csv; default: by the file's name.")
      ->check(CLI::IsMember({"xlsx", "csv"}));
  command->footer(std::string("Examples:\n"
                              "  gongkai ledger 370124 --month 2026-06\n"
                              "  gongkai ledger 370124 --year 2026 -o ledger.csv\n") +
                  kExitCodes);
  command->callback([options, &exit_code] { exit_code = Run(*options); });
}

void AddBulletinCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<BulletinOptions>();
  CLI::App* command = app.add_subcommand("bulletin", "Save the bulletin (通报) of a division.");
  auto* division =
      command->add_option("DIVISION", options->division, "Six-digit code (GB/T 2260).");
  AddDocumentOptions(*command, *options);
  command->add_option("--number", options->number, "Its number (发文字号).");
  command->add_option("--title", options->title, "Its title; default: names division and year.");
  command->add_option("--issuer", options->issuer,
                      "Who issues it; default: the division's office.");
  auto* write_template = command->add_flag(
      "--template", options->write_template,
      "Save the template that bulletins are filled into, to be edited with an office program.");
  write_template->excludes(division);
  command->footer(
      std::string("Examples:\n"
                  "  gongkai bulletin 370124 --month 2026-06 --number 平公开办〔2026〕3号\n"
                  "  gongkai bulletin --template -o bulletin.docx\n") +
      kExitCodes);
  command->callback([options, &exit_code] {
    if (options->division.empty() && !options->write_template) {
      throw CLI::RequiredError("DIVISION or --template");
    }
    exit_code = Run(*options);
  });
}

}  // namespace gongkai::cli
