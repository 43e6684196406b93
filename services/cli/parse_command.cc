#include "services/cli/parse_command.h"

#include <google/protobuf/util/json_util.h>

#include <cstdint>
#include <iostream>
#include <memory>
#include <string>

#include "services/cli/complaint.h"
#include "services/cli/document_file.h"
#include "services/cli/exit_codes.h"
#include "services/cli/parse_table.h"
#include "services/plans/importer/document_converter.h"
#include "services/plans/importer/plan_importer.h"
#include "services/plans/rpc/parsed_plan_proto.h"

namespace gongkai::cli {
namespace {

struct ParseOptions {
  std::string file;
  std::string format = "table";
  int32_t year = 0;
};

std::string ToJson(const plans::ParsedPlan& plan) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  // Fails for Any and for malformed well-known types only, of which the message has none.
  const auto status =
      google::protobuf::util::MessageToJsonString(plans::ToProto(plan), &json, options);
  return status.ok() ? json : std::string(status.message());
}

int Parse(const ParseOptions& options) {
  const std::string name = DisplayName(options.file);
  const auto document = ReadDocument(options.file);
  if (!document) {
    std::cerr << "gongkai: " << name << ": cannot be read; check the path and its permissions\n";
    return kExitFailed;
  }
  plans::importer::DocumentConverter converter;
  const auto plan =
      plans::importer::ImportPlan(*document, {.year = options.year, .converter = &converter});
  if (!plan) {
    return Complain(name, plan.error());
  }
  std::cout << (options.format == "json" ? ToJson(*plan) : FormatPlanTable(*plan));
  return kExitOk;
}

}  // namespace

void AddParseCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ParseOptions>();
  CLI::App* command = app.add_subcommand(
      "parse", "Show the tasks, units, due dates and targets that the importer reads from a plan.");
  command->add_option("FILE", options->file, kDocumentHelp)->required();
  command
      ->add_option("--format", options->format,
                   "table: an overview to read; json: gongkai.plans.v1.ParsedPlan as JSON.")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_option("--year", options->year, "Year of the plan where the document does not tell.")
      ->check(CLI::Range(1900, 2199));
  command->footer(
      "Examples:\n"
      "  gongkai parse plan.docx                       overview with what needs a look\n"
      "  gongkai parse plan.docx --format json         everything, for programs\n"
      "  gongkai parse - --year 2024 < plan.txt        a plan that does not print its year\n"
      "\n"
      "Exit code: 0 read, 1 not readable or without tasks, 2 wrong usage.");
  command->callback([options, &exit_code] { exit_code = Parse(*options); });
}

}  // namespace gongkai::cli
