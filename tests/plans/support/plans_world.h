// The plans service on a database of its own, called over real gRPC.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>

#include "gongkai/plans/v1/assignments.grpc.pb.h"
#include "gongkai/plans/v1/change_feed.grpc.pb.h"
#include "gongkai/plans/v1/directory.grpc.pb.h"
#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "gongkai/plans/v1/policies.grpc.pb.h"
#include "services/common/rpc/status_mapping.h"
#include "services/plans/server.h"
#include "tests/support/test_database.h"

namespace gongkai::plans::testing {

// A small province: 370000, 370100 and the county 370124 with an office (unit 1), a finance bureau
// (2), a town (3) and a street (4).
class PlansWorld {
 public:
  PlansWorld();

  const std::string& conninfo() const { return database_.conninfo(); }
  std::shared_ptr<grpc::Channel> channel() const { return channel_; }

  // Calls `stub->method(request)` with a deadline; the answer or its error.
  template <typename Stub, typename Request, typename Response>
  Result<Response> Call(Stub& stub,
                        grpc::Status (Stub::*method)(grpc::ClientContext*, const Request&,
                                                     Response*),
                        const Request& request) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    context.AddMetadata("x-gongkai-actor", "tester");
    Response response;
    const auto status = (stub.*method)(&context, request, &response);
    if (!status.ok()) return Fail(rpc::FromGrpcStatus(status));
    return response;
  }

  std::unique_ptr<v1::Directory::Stub> directory;
  std::unique_ptr<v1::Plans::Stub> plans;
  std::unique_ptr<v1::Assignments::Stub> assignments;
  std::unique_ptr<v1::Policies::Stub> policies;
  std::unique_ptr<v1::ChangeFeed::Stub> feed;

  // A plan of the county for 2026 with one task of those units, due on 2026-06-30, created and
  // issued on 2026-01-15; its resource name.
  std::string IssuedPlan(std::initializer_list<v1::ParsedUnit> units);

 private:
  gongkai::testing::TestDatabase database_;
  std::unique_ptr<Server> server_;
  std::shared_ptr<grpc::Channel> channel_;
};

v1::ParsedUnit Unit(std::string text, v1::ParsedUnit::Role role = v1::ParsedUnit::RESPONSIBLE);
v1::ParsedUnit Group(std::string text, v1::ParsedUnit::Role role = v1::ParsedUnit::RESPONSIBLE);

// A plan of one task.
v1::ParsedPlan OneTask(std::initializer_list<v1::ParsedUnit> units);

}  // namespace gongkai::plans::testing
