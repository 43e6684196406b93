#include "services/cli/report_command.h"

#include <google/protobuf/util/json_util.h>

#include <iostream>
#include <map>
#include <memory>
#include <string>

#include "gongkai/reporting/v1/figures.grpc.pb.h"
#include "services/cli/complaint.h"
#include "services/cli/exit_codes.h"
#include "services/cli/report_table.h"
#include "services/cli/service_call.h"
#include "services/common/rpc/server.h"

namespace gongkai::cli {
namespace {

namespace v1 = reporting::v1;

struct ReportOptions {
  std::string division;
  std::string by = "default";
  std::string as_of;
  std::string format = "table";
  std::string reporting = "127.0.0.1:7102";
  int year = 0;
};

const std::map<std::string, v1::GetOverviewRequest::GroupBy> kGroupings = {
    {"default", v1::GetOverviewRequest::GROUP_BY_UNSPECIFIED},
    {"division", v1::GetOverviewRequest::DIVISION},
    {"county", v1::GetOverviewRequest::COUNTY},
    {"unit", v1::GetOverviewRequest::UNIT},
    {"plan", v1::GetOverviewRequest::PLAN},
};

std::string ToJson(const v1::Overview& overview) {
  google::protobuf::util::JsonPrintOptions options;
  options.add_whitespace = true;
  std::string json;
  // Fails only for an Any of an unknown type, which the message does not have.
  (void)google::protobuf::util::MessageToJsonString(overview, &json, options);
  return json;
}

int Run(const ReportOptions& options) {
  v1::GetOverviewRequest request;
  request.set_name("divisions/" + options.division);
  request.set_year(options.year);
  request.set_as_of_date(options.as_of);
  request.set_group_by(kGroupings.at(options.by));
  const auto figures = v1::Figures::NewStub(rpc::MakeChannel(options.reporting));
  const auto overview =
      Call({options.reporting, "--reporting"}, *figures, &v1::Figures::Stub::GetOverview, request);
  if (!overview) return Complain(request.name(), overview.error());
  std::cout << (options.format == "json" ? ToJson(*overview) : FormatReport(*overview));
  return kExitOk;
}

}  // namespace

void AddReportCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ReportOptions>();
  CLI::App* command =
      app.add_subcommand("report", "Show the figures of a province, city or county.");
  command->add_option("DIVISION", options->division, "Six-digit code (GB/T 2260).")->required();
  command->add_option("--year", options->year, "Year of the plans; default: the newest.");
  command->add_option("--by", options->by, "default: what stands directly below the division.")
      ->check(CLI::IsMember({"default", "division", "county", "unit", "plan"}))
      ->capture_default_str();
  command->add_option("--as-of", options->as_of,
                      "Day by which lateness is judged, YYYY-MM-DD; default: today.");
  command->add_option("--format", options->format, "table, or json for programs.")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
  command->add_option("--reporting", options->reporting, "HOST:PORT of the reporting service.")
      ->envname("GONGKAI_REPORTING_ADDRESS")
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  gongkai report 370000 --by county     the province's counties\n"
      "  gongkai report 370124                 a county's units\n"
      "  gongkai report 370124 --by plan --as-of 2026-06-30\n"
      "\n"
      "Exit code: 0 done, 1 refused or service not reachable, 2 wrong usage.");
  command->callback([options, &exit_code] { exit_code = Run(*options); });
}

}  // namespace gongkai::cli
