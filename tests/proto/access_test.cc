// Every RPC of the contract says who may call it, and is reachable over HTTP.
#include <google/protobuf/descriptor.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "gongkai/common/v1/access.pb.h"
#include "gongkai/plans/v1/amendments.pb.h"
#include "gongkai/plans/v1/assignments.pb.h"
#include "gongkai/plans/v1/batches.pb.h"
#include "gongkai/plans/v1/calendars.pb.h"
#include "gongkai/plans/v1/change_feed.pb.h"
#include "gongkai/plans/v1/deadlines.pb.h"
#include "gongkai/plans/v1/decisions.pb.h"
#include "gongkai/plans/v1/directory.pb.h"
#include "gongkai/plans/v1/plan_life.pb.h"
#include "gongkai/plans/v1/plan_tasks.pb.h"
#include "gongkai/plans/v1/plans.pb.h"
#include "gongkai/plans/v1/policies.pb.h"
#include "gongkai/plans/v1/reimports.pb.h"
#include "gongkai/plans/v1/task_events.pb.h"
#include "gongkai/reporting/v1/figures.pb.h"
#include "google/api/annotations.pb.h"

namespace gongkai {
namespace {

std::vector<const google::protobuf::MethodDescriptor*> EveryMethod() {
  const google::protobuf::FileDescriptor* files[] = {
      plans::v1::GetDivisionRequest::descriptor()->file(),
      plans::v1::GetPlanRequest::descriptor()->file(),
      plans::v1::GetPlanRevisionRequest::descriptor()->file(),
      plans::v1::CreateTaskRequest::descriptor()->file(),
      plans::v1::DiffPlanRequest::descriptor()->file(),
      plans::v1::GetAmendmentRequest::descriptor()->file(),
      plans::v1::GetAssignmentRequest::descriptor()->file(),
      plans::v1::GetPolicyDocumentRequest::descriptor()->file(),
      plans::v1::BatchClaimAssignmentsRequest::descriptor()->file(),
      plans::v1::GetCalendarRequest::descriptor()->file(),
      plans::v1::DeclineAssignmentRequest::descriptor()->file(),
      plans::v1::RequestExtensionRequest::descriptor()->file(),
      plans::v1::CreateTaskEventRequest::descriptor()->file(),
      plans::v1::WatchRequest::descriptor()->file(),
      reporting::v1::GetOverviewRequest::descriptor()->file()};
  std::vector<const google::protobuf::MethodDescriptor*> methods;
  for (const auto* file : files) {
    for (int i = 0; i < file->service_count(); ++i) {
      for (int j = 0; j < file->service(i)->method_count(); ++j) {
        methods.push_back(file->service(i)->method(j));
      }
    }
  }
  return methods;
}

TEST(Contract, EveryMethodDeclaresItsPermissionAndScope) {
  const auto methods = EveryMethod();
  ASSERT_GE(methods.size(), 38u);
  for (const auto* method : methods) {
    const auto& access = method->options().GetExtension(common::v1::access);
    EXPECT_NE(access.permission(), "") << method->full_name();
    EXPECT_NE(access.scope(), common::v1::Access::SCOPE_UNSPECIFIED) << method->full_name();
  }
}

TEST(Contract, EveryMethodHasARouteOfItsOwn) {
  std::map<std::string, std::string> methods;
  for (const auto* method : EveryMethod()) {
    const auto& http = method->options().GetExtension(google::api::http);
    const std::string route = http.get() + http.post() + http.put() + http.patch() + http.delete_();
    ASSERT_NE(route, "") << method->full_name();
    const auto verb = std::to_string(http.pattern_case());
    EXPECT_TRUE(methods.emplace(verb + route, method->full_name()).second)
        << method->full_name() << " and " << methods[verb + route];
  }
}

TEST(Contract, EveryWriteCanBeRepeatedAndTried) {
  const std::set<std::string> reads = {"DiffPlanRequest", "ParsePlanRequest", "ResolveUnitsRequest",
                                       "WatchRequest"};
  for (const auto* method : EveryMethod()) {
    const auto& http = method->options().GetExtension(google::api::http);
    const auto* request = method->input_type();
    if (!http.get().empty() || reads.contains(request->name())) continue;
    EXPECT_TRUE(request->FindFieldByName("request_id")) << method->full_name();
    EXPECT_TRUE(request->FindFieldByName("validate_only")) << method->full_name();
  }
}

}  // namespace
}  // namespace gongkai
