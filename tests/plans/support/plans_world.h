// The plans service on a database of its own, called over real gRPC.
#pragma once

#include <grpcpp/grpcpp.h>

#include <memory>
#include <string>
#include <vector>

#include "gongkai/plans/v1/activities.grpc.pb.h"
#include "gongkai/plans/v1/amendments.grpc.pb.h"
#include "gongkai/plans/v1/assignments.grpc.pb.h"
#include "gongkai/plans/v1/batches.grpc.pb.h"
#include "gongkai/plans/v1/calendars.grpc.pb.h"
#include "gongkai/plans/v1/change_feed.grpc.pb.h"
#include "gongkai/plans/v1/deadlines.grpc.pb.h"
#include "gongkai/plans/v1/decisions.grpc.pb.h"
#include "gongkai/plans/v1/directory.grpc.pb.h"
#include "gongkai/plans/v1/directory_changes.grpc.pb.h"
#include "gongkai/plans/v1/interpretation_gaps.grpc.pb.h"
#include "gongkai/plans/v1/plan_life.grpc.pb.h"
#include "gongkai/plans/v1/plan_tasks.grpc.pb.h"
#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "gongkai/plans/v1/policies.grpc.pb.h"
#include "gongkai/plans/v1/policy_life.grpc.pb.h"
#include "gongkai/plans/v1/reimports.grpc.pb.h"
#include "gongkai/plans/v1/targets.grpc.pb.h"
#include "gongkai/plans/v1/task_events.grpc.pb.h"
#include "gongkai/plans/v1/upstream_links.grpc.pb.h"
#include "services/common/rpc/status_mapping.h"
#include "services/plans/server.h"
#include "tests/support/test_database.h"

namespace gongkai::plans::testing {

// A small province: 370000, 370100 and the county 370124 with an office (unit 1), a finance bureau
// (2), a town (3) and a street (4); the calendars of 2017 to 2026.
class PlansWorld {
 public:
  PlansWorld();

  const std::string& conninfo() const { return database_.conninfo(); }
  // What the service encrypts contacts with.
  static ContactKeys contact_keys();
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
  std::unique_ptr<v1::DirectoryChanges::Stub> directory_changes;
  std::unique_ptr<v1::Plans::Stub> plans;
  std::unique_ptr<v1::PlanLife::Stub> plan_life;
  std::unique_ptr<v1::PlanTasks::Stub> plan_tasks;
  std::unique_ptr<v1::Reimports::Stub> reimports;
  std::unique_ptr<v1::Amendments::Stub> amendments;
  std::unique_ptr<v1::Assignments::Stub> assignments;
  std::unique_ptr<v1::Policies::Stub> policies;
  std::unique_ptr<v1::PolicyLife::Stub> policy_life;
  std::unique_ptr<v1::InterpretationGaps::Stub> interpretation_gaps;
  std::unique_ptr<v1::Activities::Stub> activities;
  std::unique_ptr<v1::Targets::Stub> targets;
  std::unique_ptr<v1::Batches::Stub> batches;
  std::unique_ptr<v1::Decisions::Stub> decisions;
  std::unique_ptr<v1::Deadlines::Stub> deadlines;
  std::unique_ptr<v1::TaskEvents::Stub> task_events;
  std::unique_ptr<v1::Calendars::Stub> calendars;
  std::unique_ptr<v1::UpstreamLinks::Stub> upstream_links;
  std::unique_ptr<v1::ChangeFeed::Stub> feed;

  // A plan of the county for 2026 with one task of those units, due on 2026-06-30, created and
  // issued on 2026-01-15; its resource name.
  std::string IssuedPlan(std::initializer_list<v1::ParsedUnit> units);
  std::string IssuedPlan(const v1::ParsedPlan& plan);

  v1::Assignment GetAssignment(const std::string& name);
  v1::Occurrence GetOccurrence(const std::string& name);
  // Of the assignment, by number.
  std::vector<v1::Occurrence> OccurrencesOf(const std::string& assignment);
  // Claims the assignment, so that its occurrences can be submitted.
  void Claim(const std::string& assignment);
  Result<v1::Occurrence> Submit(const std::string& occurrence);
  Result<v1::Occurrence> Verify(const std::string& occurrence);
  // Waits until every transaction of the server that began before now has ended. Tests share a
  // server, and what may be deleted or sealed ends at the oldest one, whatever its database.
  void LetOthersEnd();
  // The resources that the feed has told of up to now, by name and state: `… CANCELLED`.
  std::vector<std::string> FedWork();

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
