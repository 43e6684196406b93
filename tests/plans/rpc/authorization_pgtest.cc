// Nobody sees or changes what is not theirs: over gRPC, on real rows, as the reader of somebody
// else's name would try.
#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>

#include "gongkai/common/v1/access.pb.h"
#include "gongkai/plans/v1/activities.grpc.pb.h"
#include "gongkai/plans/v1/assignments.grpc.pb.h"
#include "gongkai/plans/v1/audit.grpc.pb.h"
#include "gongkai/plans/v1/change_feed.grpc.pb.h"
#include "gongkai/plans/v1/comments.grpc.pb.h"
#include "gongkai/plans/v1/evidence_files.grpc.pb.h"
#include "gongkai/plans/v1/instructions.grpc.pb.h"
#include "gongkai/plans/v1/plans.grpc.pb.h"
#include "tests/plans/support/guarded_world.h"

namespace gongkai::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Unary or stream: sends one empty message, and waits for the end.
grpc::StatusCode CodeOf(grpc::GenericStub& stub, const std::string& method,
                        const std::string& token) {
  grpc::ClientContext context;
  context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
  if (!token.empty()) context.AddMetadata("authorization", token);
  grpc::CompletionQueue queue;
  const auto call = stub.PrepareCall(&context, method, &queue);
  void* tag = nullptr;
  bool ok = false;
  call->StartCall(nullptr);
  queue.Next(&tag, &ok);
  grpc::Slice nothing;
  call->WriteLast(grpc::ByteBuffer(&nothing, 1), grpc::WriteOptions(), nullptr);
  queue.Next(&tag, &ok);
  grpc::ByteBuffer answer;
  do {
    call->Read(&answer, nullptr);
    queue.Next(&tag, &ok);
  } while (ok);
  grpc::Status status;
  call->Finish(&status, nullptr);
  queue.Next(&tag, &ok);
  queue.Shutdown();
  return status.error_code();
}

// `/gongkai.plans.v1.Plans/GetPlan` … of every service of plans, but what everybody may call.
std::vector<std::string> Methods() {
  google::protobuf::FileDescriptorSet contract;
  std::ifstream file(GONGKAI_DESCRIPTORS, std::ios::binary);
  EXPECT_TRUE(contract.ParseFromIstream(&file));
  std::vector<std::string> methods;
  for (const auto& proto : contract.file()) {
    if (proto.package() != "gongkai.plans.v1") continue;
    for (const auto& service : proto.service()) {
      for (const auto& method : service.method()) {
        const auto& access = method.options().GetExtension(common::v1::access);
        if (access.scope() == common::v1::Access::ANYONE) continue;
        methods.push_back("/gongkai.plans.v1." + service.name() + "/" + method.name());
      }
    }
  }
  return methods;
}

class Authorization : public ::testing::Test {
 protected:
  // The assignment of a unit in the county's first task.
  static std::string AssignmentOf(const std::string& plan, int unit) {
    return plan + "/tasks/1/assignments/" + std::to_string(unit) + "-responsible";
  }

  Result<v1::Assignment> Get(const std::string& token, const std::string& name) {
    v1::GetAssignmentRequest request;
    request.set_name(name);
    return world_.Call(token, *assignments_, &v1::Assignments::Stub::GetAssignment, request);
  }

  Result<v1::Assignment> Claim(const std::string& token, const std::string& name) {
    v1::ClaimAssignmentRequest request;
    request.set_name(name);
    return world_.Call(token, *assignments_, &v1::Assignments::Stub::ClaimAssignment, request);
  }

  std::vector<std::string> Units(const std::string& token, const std::string& parent,
                                 const std::string& filter = "") {
    v1::ListAssignmentsRequest request;
    request.set_parent(parent);
    request.set_filter(filter);
    const auto list =
        world_.Call(token, *assignments_, &v1::Assignments::Stub::ListAssignments, request);
    if (!list) return {list.error().reason};
    std::vector<std::string> units;
    for (const auto& assignment : list->assignments()) units.push_back(assignment.unit());
    return units;
  }

  testing::GuardedWorld world_;
  const std::string plan_ = world_.IssuedPlan(370124);
  const std::string foreign_plan_ = world_.IssuedPlan(370125);
  const std::unique_ptr<v1::Assignments::Stub> assignments_ =
      v1::Assignments::NewStub(world_.channel());
};

TEST_F(Authorization, StandsBeforeEveryMethod) {
  grpc::GenericStub stub(world_.channel());
  const auto nobody = world_.Token("nobody", {});
  const auto methods = Methods();
  ASSERT_THAT(methods, SizeIs(::testing::Ge(150u)));
  for (const auto& method : methods) {
    EXPECT_EQ(CodeOf(stub, method, ""), grpc::StatusCode::UNAUTHENTICATED) << method;
    EXPECT_EQ(CodeOf(stub, method, "Bearer a.b.c"), grpc::StatusCode::UNAUTHENTICATED) << method;
    EXPECT_EQ(CodeOf(stub, method, nobody), grpc::StatusCode::PERMISSION_DENIED) << method;
  }
}

TEST_F(Authorization, TellsTheSameOfForeignAndAbsent) {
  const auto office = world_.Office(370124);
  const auto own = AssignmentOf(plan_, 2);
  EXPECT_TRUE(Get(office, own));
  const auto foreign = AssignmentOf(foreign_plan_, 2);
  const auto absent = AssignmentOf("divisions/370124/plans/202699", 2);
  const auto seen = Get(office, foreign), missing = Get(office, absent);
  ASSERT_FALSE(seen || missing);
  EXPECT_EQ(seen.error().code, missing.error().code);
  EXPECT_EQ(seen.error().reason, missing.error().reason);
  EXPECT_EQ(seen.error().message, foreign + " does not exist");
  EXPECT_EQ(missing.error().message, absent + " does not exist");
  EXPECT_EQ(seen.error().metadata.size(), missing.error().metadata.size());
}

TEST_F(Authorization, LetsAClerkDoTheOwnUnitsWorkOnly) {
  const auto clerk = world_.Clerk(370124, 2);
  EXPECT_TRUE(Claim(clerk, AssignmentOf(plan_, 2)));
  EXPECT_EQ(Claim(clerk, AssignmentOf(plan_, 3)).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Claim(clerk, AssignmentOf(foreign_plan_, 2)).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Get(world_.Office(370124), AssignmentOf(plan_, 3))->state(), v1::Assignment::ASSIGNED);
  EXPECT_EQ(Claim(world_.Office(370124), AssignmentOf(plan_, 3)).error().code,
            ErrorCode::kPermissionDenied);
}

TEST_F(Authorization, ListsTheOwnUnitsRowsOnly) {
  const auto clerk = world_.Clerk(370124, 2);
  const std::string own = "divisions/370124/units/2", other = "divisions/370124/units/3";
  EXPECT_THAT(Units(world_.Office(370124), plan_ + "/tasks/-"), ElementsAre(own, other));
  EXPECT_THAT(Units(clerk, plan_ + "/tasks/-"), ElementsAre(own));
  EXPECT_THAT(Units(clerk, "divisions/370125/plans/-/tasks/-"), ElementsAre("NOT_FOUND"));
  // Whatever the filter says, and however it is put.
  for (const char* filter :
       {"state = ASSIGNED", R"(unit = "divisions/370124/units/3" OR state = ASSIGNED)",
        "state = ASSIGNED) OR (state = ASSIGNED", "NOT state = CLAIMED"}) {
    EXPECT_THAT(Units(clerk, plan_ + "/tasks/-", filter), ElementsAre(own)) << filter;
  }
  EXPECT_THAT(Units(clerk, plan_ + "/tasks/-", R"(unit = "divisions/370124/units/3")"), IsEmpty());
  EXPECT_THAT(Units(clerk, plan_ + "/tasks/-", "state = ASSIGNED) OR NOT (state = CLAIMED"),
              ::testing::Not(::testing::Contains(other)));
}

TEST_F(Authorization, LetsASupervisorReadAllAndSubmitNothing) {
  const auto supervisor = world_.Supervisor();
  EXPECT_TRUE(Get(supervisor, AssignmentOf(plan_, 2)));
  EXPECT_TRUE(Get(supervisor, AssignmentOf(foreign_plan_, 2)));
  EXPECT_EQ(Claim(supervisor, AssignmentOf(plan_, 2)).error().code, ErrorCode::kPermissionDenied);
}

TEST_F(Authorization, NamesWhoSignedInInTheAuditTrail) {
  ASSERT_TRUE(Claim(world_.Clerk(370124, 2), AssignmentOf(plan_, 2)));
  const auto audit = v1::Audit::NewStub(world_.channel());
  v1::ListAuditEntriesRequest request;
  request.set_parent("divisions/370124");
  request.set_resource(AssignmentOf(plan_, 2));
  const auto list =
      world_.Call(world_.Office(370124), *audit, &v1::Audit::Stub::ListAuditEntries, request);
  ASSERT_TRUE(list) << list.error().message;
  std::set<std::string> actors;
  for (const auto& entry : list->audit_entries()) actors.insert(entry.actor());
  EXPECT_THAT(actors, ElementsAre("clerk-370124-2", "office-370124"));
}

TEST_F(Authorization, FeedsWhatTheWatcherReaches) {
  const auto feed = v1::ChangeFeed::NewStub(world_.channel());
  const auto divisions_of = [&](const std::string& token, const std::string& division) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    context.AddMetadata("authorization", token);
    v1::WatchRequest request;
    request.set_division(division);
    request.set_until_current(true);
    request.add_kinds("plan");
    const auto stream = feed->Watch(&context, request);
    std::set<std::string> plans;
    for (v1::WatchResponse message; stream->Read(&message);) {
      for (const auto& change : message.changes()) plans.insert(change.plan().name());
    }
    const auto status = stream->Finish();
    if (!status.ok()) plans.insert(std::to_string(status.error_code()));
    return plans;
  };
  EXPECT_THAT(divisions_of(world_.Office(370124), ""), ElementsAre(plan_));
  EXPECT_THAT(divisions_of(world_.Supervisor(), ""), ElementsAre(plan_, foreign_plan_));
  EXPECT_THAT(divisions_of(world_.Office(370124), "divisions/370125"),
              ElementsAre(std::to_string(grpc::StatusCode::NOT_FOUND)));
}

TEST_F(Authorization, FindsWhoseAnActivityIsThoughItsNameDoesNotTell) {
  const auto activities = v1::Activities::NewStub(world_.channel());
  v1::CreateActivityRequest create;
  create.set_parent("divisions/370124");
  auto* activity = create.mutable_activity();
  activity->set_kind(v1::Activity::OPEN_DAY);
  activity->set_title("政务公开日");
  activity->set_date("2026-03-02");
  activity->add_units("divisions/370124/units/2");
  const auto add = [&](const std::string& token) {
    return world_.Call(token, *activities, &v1::Activities::Stub::CreateActivity, create);
  };
  EXPECT_EQ(add(world_.Clerk(370124, 3)).error().code, ErrorCode::kNotFound);
  const auto added = add(world_.Clerk(370124, 2));
  ASSERT_TRUE(added) << added.error().message;
  v1::DeleteActivityRequest remove;
  remove.set_name(added->name());
  const auto deleted = [&](const std::string& token) {
    return world_.Call(token, *activities, &v1::Activities::Stub::DeleteActivity, remove);
  };
  EXPECT_EQ(deleted(world_.Clerk(370124, 3)).error().message, added->name() + " does not exist");
  EXPECT_EQ(deleted(world_.Clerk(370125, 2)).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(deleted(world_.Clerk(370124, 2)));
}

TEST_F(Authorization, ShowsCommentsAndInstructionsToTheUnitsOfTheTask) {
  const auto comments = v1::Comments::NewStub(world_.channel());
  const auto list_comments = [&](const std::string& token) {
    v1::ListCommentsRequest request;
    request.set_parent(plan_ + "/tasks/1");
    return world_.Call(token, *comments, &v1::Comments::Stub::ListComments, request).has_value();
  };
  EXPECT_TRUE(list_comments(world_.Clerk(370124, 2)));
  EXPECT_FALSE(list_comments(world_.Clerk(370124, 1))) << "has no part in the task";
  EXPECT_FALSE(list_comments(world_.Clerk(370125, 2)));

  const auto instructions = v1::Instructions::NewStub(world_.channel());
  const auto instruct = [&](std::vector<std::string> units) {
    v1::CreateInstructionRequest request;
    request.set_parent(plan_ + "/tasks/1");
    auto* instruction = request.mutable_instruction();
    instruction->set_leader_post("县长");
    instruction->set_text("请抓紧。");
    instruction->set_instruct_date("2026-03-02");
    for (auto& unit : units) instruction->add_units(std::move(unit));
    const auto made = world_.Call(world_.Office(370124), *instructions,
                                  &v1::Instructions::Stub::CreateInstruction, request);
    EXPECT_TRUE(made) << made.error().message;
    return made ? made->name() : "";
  };
  const auto to_all = instruct({}), to_one = instruct({"divisions/370124/units/3"});
  const auto seen_by = [&](const std::string& token) {
    v1::ListInstructionsRequest request;
    request.set_parent(plan_ + "/tasks/1");
    const auto list =
        world_.Call(token, *instructions, &v1::Instructions::Stub::ListInstructions, request);
    EXPECT_TRUE(list) << list.error().message;
    std::set<std::string> names;
    for (const auto& instruction : list->instructions()) names.insert(instruction.name());
    return names;
  };
  EXPECT_THAT(seen_by(world_.Clerk(370124, 2)), ElementsAre(to_all));
  EXPECT_THAT(seen_by(world_.Clerk(370124, 3)), ElementsAre(to_all, to_one));
  EXPECT_THAT(seen_by(world_.Clerk(370124, 1)), IsEmpty());
  v1::GetInstructionRequest get;
  get.set_name(to_one);
  EXPECT_FALSE(world_.Call(world_.Clerk(370124, 2), *instructions,
                           &v1::Instructions::Stub::GetInstruction, get));
}

}  // namespace
}  // namespace gongkai::plans
