#include "services/cli/import_command.h"

#include <iostream>
#include <memory>
#include <string>

#include "gongkai/plans/v1/assignments.grpc.pb.h"
#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "services/cli/complaint.h"
#include "services/cli/document_file.h"
#include "services/cli/exit_codes.h"
#include "services/cli/replace_plan.h"
#include "services/cli/service_call.h"
#include "services/common/rpc/server.h"
#include "services/plans/importer/media_type.h"

namespace gongkai::cli {
namespace {

namespace v1 = plans::v1;

struct ImportOptions {
  std::string file;
  std::string division;
  std::string plans = "127.0.0.1:7101";
  std::string issue_date;
  std::string replace;
  std::string reason;
  int year = 0;
  bool issue = false;
  bool yes = false;
  bool diff = false;
};

ServiceAddress ServiceAt(const ImportOptions& options) { return {options.plans, "--plans"}; }

Result<v1::Plan> Import(v1::Plans::Stub& stub, const ImportOptions& options, std::string document) {
  v1::ImportPlanRequest request;
  request.set_parent("divisions/" + options.division);
  request.set_year(options.year);
  request.set_request_id(RequestId());
  request.mutable_document()->set_content_type(plans::importer::MediaTypeOf(document));
  request.mutable_document()->set_data(std::move(document));
  return Call(ServiceAt(options), stub, &v1::Plans::Stub::ImportPlan, request);
}

Result<v1::Plan> Issue(v1::Plans::Stub& stub, const ImportOptions& options, const v1::Plan& plan) {
  v1::IssuePlanRequest request;
  request.set_name(plan.name());
  request.set_issue_date(options.issue_date);
  request.set_etag(plan.etag());
  request.set_request_id(RequestId());
  return Call(ServiceAt(options), stub, &v1::Plans::Stub::IssuePlan, request);
}

Result<int> CountAssignments(v1::Assignments::Stub& stub, const ImportOptions& options,
                             const std::string& plan) {
  v1::ListAssignmentsRequest request;
  request.set_parent(plan + "/tasks/-");
  request.set_page_size(1000);
  int count = 0;
  do {
    const auto page =
        Call(ServiceAt(options), stub, &v1::Assignments::Stub::ListAssignments, request);
    if (!page) return Fail(page.error());
    count += page->assignments_size();
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return count;
}

void PrintIssues(const v1::Plan& plan) {
  for (const auto& issue : plan.issues()) {
    std::cout << "  " << v1::ParseIssue::Severity_Name(issue.severity()) << " " << issue.code()
              << "  " << issue.message() << "\n";
  }
}

int Run(const ImportOptions& options) {
  const auto name = DisplayName(options.file);
  auto document = ReadDocument(options.file);
  if (!document) {
    std::cerr << "gongkai: " << name << ": cannot be read; check the path and its permissions\n";
    return kExitFailed;
  }
  if (!options.replace.empty()) {
    return ReplacePlan({.file = name,
                        .plan = options.replace,
                        .reason = options.reason,
                        .yes = options.yes,
                        .diff_only = options.diff,
                        .service = ServiceAt(options)},
                       *document);
  }
  const auto channel = rpc::MakeChannel(options.plans);
  const auto plans = v1::Plans::NewStub(channel);
  std::cerr << "importing " << name << " …\n";
  auto plan = Import(*plans, options, std::move(*document));
  if (!plan) return Complain(name, plan.error());
  std::cout << plan->name() << "  " << plan->title() << "  " << plan->task_count() << " tasks\n";
  PrintIssues(*plan);
  if (!options.issue) {
    std::cout << "The plan is a draft; `gongkai import --issue` or POST /v1/" << plan->name()
              << ":issue puts it in force.\n";
    return kExitOk;
  }
  std::cerr << "issuing …\n";
  const auto issued = Issue(*plans, options, *plan);
  if (!issued) return Complain(plan->name(), issued.error());
  const auto assignments = v1::Assignments::NewStub(channel);
  const auto count = CountAssignments(*assignments, options, plan->name());
  if (!count) return Complain(plan->name(), count.error());
  std::cout << "issued on " << issued->issue_date() << "  " << *count << " assignments\n";
  return kExitOk;
}

}  // namespace

void AddImportCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ImportOptions>();
  CLI::App* command = app.add_subcommand(
      "import", "Create a plan of a county from its document, and put it in force if asked to.");
  command->add_option("FILE", options->file, kDocumentHelp)->required();
  auto* target = command->add_option_group("target");
  target->require_option(1);
  target->add_option("--division", options->division, "Six-digit code of the county (GB/T 2260).")
      ->check([](const std::string& code) {
        const bool six_digits =
            code.size() == 6 && code.find_first_not_of("0123456789") == std::string::npos;
        return six_digits ? "" : "must be six digits, e.g. 370124";
      });
  auto* replace = target->add_option("--replace", options->replace,
                                     "divisions/…/plans/…: the plan that this is a changed "
                                     "document of. Shows what changes and asks.");
  command->add_flag("--diff", options->diff, "With --replace: only show what changes.")
      ->needs(replace);
  command->add_flag("--yes", options->yes, "With --replace: do not ask.")->needs(replace);
  command
      ->add_option("--reason", options->reason,
                   "With --replace: why; needed for a plan in force, which gets an amendment.")
      ->needs(replace);
  command
      ->add_flag("--issue", options->issue,
                 "Issue the plan: its units get their assignments at once.")
      ->excludes(replace);
  command->add_option("--issue-date", options->issue_date,
                      "YYYY-MM-DD; default: the date in the document, else today.");
  command->add_option("--year", options->year, "Year of the plan where the document does not tell.")
      ->check(CLI::Range(1900, 2199));
  command->add_option("--plans", options->plans, "HOST:PORT of the plans service.")
      ->envname("GONGKAI_PLANS_ADDRESS")
      ->capture_default_str();
  command->footer(
      "Examples:\n"
      "  gongkai import plan.docx --division 370124           a draft, with what needs a look\n"
      "  gongkai import plan.docx --division 370124 --issue   in force at once\n"
      "  gongkai import plan.docx --replace divisions/370124/plans/202601   what changed\n"
      "\n"
      "Exit code: 0 done, 1 refused or service not reachable, 2 wrong usage.");
  command->callback([options, &exit_code] { exit_code = Run(*options); });
}

}  // namespace gongkai::cli
