#include "services/cli/service_call.h"

#include <gtest/gtest.h>

#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "services/common/rpc/server.h"

namespace gongkai::cli {
namespace {

TEST(ServiceCall, SaysWhereNothingAnswersAndWhatToDo) {
  const ServiceAddress nowhere{"127.0.0.1:1", "--plans"};
  const auto stub = plans::v1::Plans::NewStub(rpc::MakeChannel(nowhere.address));
  const auto plan =
      Call(nowhere, *stub, &plans::v1::Plans::Stub::GetPlan, plans::v1::GetPlanRequest());
  ASSERT_FALSE(plan);
  EXPECT_EQ(plan.error().reason, "SERVICE_UNREACHABLE");
  EXPECT_NE(plan.error().message.find("127.0.0.1:1"), std::string::npos);
  EXPECT_NE(plan.error().message.find("--plans"), std::string::npos);
}

}  // namespace
}  // namespace gongkai::cli
