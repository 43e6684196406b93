#include "services/cli/replace_plan.h"

#include <iostream>

#include "gongkai/plans/v1/amendments.grpc.pb.h"
#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "gongkai/plans/v1/reimports.grpc.pb.h"
#include "services/cli/complaint.h"
#include "services/cli/diff_table.h"
#include "services/cli/exit_codes.h"
#include "services/common/rpc/server.h"
#include "services/plans/importer/media_type.h"

namespace gongkai::cli {
namespace {

namespace v1 = plans::v1;

void SetDocument(const std::string& document, google::api::HttpBody& body) {
  body.set_content_type(plans::importer::MediaTypeOf(document));
  body.set_data(document);
}

bool Confirmed(const Replacement& replacement) {
  if (replacement.yes) return true;
  std::cerr << "take this over into " << replacement.plan << "? [y/N] ";
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "yes";
}

int Reimport(const Replacement& replacement, const std::string& document, const std::string& etag,
             v1::Reimports::Stub& stub) {
  v1::ReimportPlanRequest request;
  request.set_name(replacement.plan);
  SetDocument(document, *request.mutable_document());
  request.set_comment(replacement.reason);
  request.set_etag(etag);
  request.set_request_id(RequestId());
  const auto done = Call(replacement.service, stub, &v1::Reimports::Stub::ReimportPlan, request);
  if (!done) return Complain(replacement.plan, done.error());
  std::cout << done->plan().name() << "  revision " << done->plan().revision() << "  "
            << done->plan().task_count() << " tasks\n";
  return kExitOk;
}

int Amend(const Replacement& replacement, const std::string& document,
          const std::shared_ptr<grpc::Channel>& channel) {
  v1::CreateAmendmentRequest request;
  request.set_parent(replacement.plan);
  SetDocument(document, *request.mutable_document());
  request.set_reason(replacement.reason);
  request.set_request_id(RequestId());
  const auto stub = v1::Amendments::NewStub(channel);
  const auto proposed =
      Call(replacement.service, *stub, &v1::Amendments::Stub::CreateAmendment, request);
  if (!proposed) return Complain(replacement.plan, proposed.error());
  std::cout << proposed->name() << "  proposed; POST /v1/" << proposed->name()
            << ":approve and then :apply put it in force.\n";
  return kExitOk;
}

}  // namespace

int ReplacePlan(const Replacement& replacement, const std::string& document) {
  const auto channel = rpc::MakeChannel(replacement.service.address);
  const auto reimports = v1::Reimports::NewStub(channel);
  v1::DiffPlanRequest request;
  request.set_name(replacement.plan);
  SetDocument(document, *request.mutable_document());
  const auto diff = Call(replacement.service, *reimports, &v1::Reimports::Stub::DiffPlan, request);
  if (!diff) return Complain(replacement.file, diff.error());
  std::cout << DiffTable(diff->diff());
  if (replacement.diff_only) return kExitOk;

  v1::GetPlanRequest get;
  get.set_name(replacement.plan);
  const auto plans = v1::Plans::NewStub(channel);
  const auto plan = Call(replacement.service, *plans, &v1::Plans::Stub::GetPlan, get);
  if (!plan) return Complain(replacement.plan, plan.error());
  const bool in_force = plan->state() == v1::Plan::ISSUED;
  if (in_force && replacement.reason.empty()) {
    std::cerr << "gongkai: " << replacement.plan
              << " is in force: give --reason to propose this as an amendment\n";
    return kExitFailed;
  }
  if (!Confirmed(replacement)) {
    std::cerr << "nothing was changed\n";
    return kExitFailed;
  }
  return in_force ? Amend(replacement, document, channel)
                  : Reimport(replacement, document, diff->etag(), *reimports);
}

}  // namespace gongkai::cli
