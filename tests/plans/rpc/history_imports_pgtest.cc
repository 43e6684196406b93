// Years of another system over gRPC, on a real PostgreSQL.
#include <google/protobuf/util/time_util.h>
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "gongkai/plans/v1/history_imports.grpc.pb.h"
#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using google::protobuf::util::TimeUtil;
using testing::PlansWorld;
using testing::Unit;

constexpr char kPlan[] = "divisions/370124/plans/201901";

v1::ImportHistoryRequest PlanMessage(const std::string& name, int tasks) {
  v1::ImportHistoryRequest message;
  message.set_import_id("old-system");
  auto& plan = *message.mutable_plan()->mutable_plan();
  plan.set_name(name);
  plan.set_title("2019年政务公开工作要点");
  plan.set_document_number("平政办发〔2019〕7号");
  plan.set_issue_date("2019-04-02");
  plan.set_state(v1::Plan::CLOSED);
  for (int i = 1; i <= tasks; ++i) {
    auto& task = *message.mutable_plan()->add_tasks();
    task.set_ordinal(std::to_string(i));
    task.set_title("公开事项" + std::to_string(i));
    task.set_requirement("按要求公开。");
  }
  return message;
}

// The finance bureau's share of a task, filed, with one occurrence that was verified.
void AddWork(v1::ImportHistoryRequest& message, const std::string& plan, int task, int unit = 2) {
  const auto name = plan + "/tasks/" + std::to_string(task) + "/assignments/" +
                    std::to_string(unit) + "-responsible";
  auto& assignment = *message.add_assignments();
  assignment.set_name(name);
  assignment.set_state(v1::Assignment::FILED);
  assignment.set_source_text("县财政局");
  assignment.set_measures("每月核对目录，\t发现缺漏即补。\n“当日”补齐\\上报。");
  assignment.set_section("办公室");
  *assignment.mutable_claim_time() = TimeUtil::SecondsToTimestamp(1'555'000'000);
  *assignment.mutable_file_time() = TimeUtil::SecondsToTimestamp(1'555'100'000);
  auto& occurrence = *message.add_occurrences();
  occurrence.set_name(name + "/occurrences/1");
  occurrence.set_period("2019");
  occurrence.set_due_date("2019-12-31");
  occurrence.set_due_kind(v1::DueRule::FIXED);
  occurrence.set_state(v1::Occurrence::VERIFIED);
  occurrence.set_report_count(1);
  occurrence.set_evidence_count(2);
  *occurrence.mutable_submit_time() = TimeUtil::SecondsToTimestamp(1'575'000'000);
  *occurrence.mutable_verify_time() = TimeUtil::SecondsToTimestamp(1'576'000'000);
}

v1::ImportHistoryRequest WholePlan(const std::string& name) {
  auto message = PlanMessage(name, 2);
  AddWork(message, name, 1);
  AddWork(message, name, 2);
  return message;
}

class HistoryImports : public ::testing::Test {
 protected:
  Result<v1::ImportHistoryResponse> Import(const std::vector<v1::ImportHistoryRequest>& messages) {
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(30));
    context.AddMetadata("x-gongkai-actor", "migration");
    v1::ImportHistoryResponse response;
    const auto writer = imports_->ImportHistory(&context, &response);
    for (const auto& message : messages) {
      if (!writer->Write(message)) break;
    }
    writer->WritesDone();
    const auto status = writer->Finish();
    if (!status.ok()) return Fail(rpc::FromGrpcStatus(status));
    return response;
  }

  Result<v1::Plan> GetPlan(const std::string& name) {
    v1::GetPlanRequest request;
    request.set_name(name);
    return world_.Call(*world_.plans, &v1::Plans::Stub::GetPlan, request);
  }

  int Count(const std::string& what) {
    pqxx::connection connection(world_.conninfo());
    return pqxx::work(connection).exec1("select count(*) from " + what)[0].as<int>();
  }

  PlansWorld world_;
  std::unique_ptr<v1::HistoryImports::Stub> imports_ =
      v1::HistoryImports::NewStub(world_.channel());
};

TEST_F(HistoryImports, BringAPlanWithWhatBecameOfIt) {
  const auto done = Import({WholePlan(kPlan)});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->plans_written(), 1);
  EXPECT_EQ(done->assignments(), 2);
  EXPECT_EQ(done->occurrences(), 2);

  const auto plan = GetPlan(kPlan);
  ASSERT_TRUE(plan);
  EXPECT_EQ(plan->state(), v1::Plan::CLOSED);
  EXPECT_EQ(plan->year(), 2019);
  EXPECT_EQ(plan->task_count(), 2);
  const auto assignment =
      world_.GetAssignment(std::string(kPlan) + "/tasks/2/assignments/2-responsible");
  EXPECT_EQ(assignment.state(), v1::Assignment::FILED);
  EXPECT_EQ(assignment.measures(), "每月核对目录，\t发现缺漏即补。\n“当日”补齐\\上报。");
  EXPECT_EQ(assignment.claim_time().seconds(), 1'555'000'000);
  const auto occurrence = world_.GetOccurrence(assignment.name() + "/occurrences/1");
  EXPECT_EQ(occurrence.state(), v1::Occurrence::VERIFIED);
  EXPECT_EQ(occurrence.due_date(), "2019-12-31");
  EXPECT_EQ(occurrence.evidence_count(), 2);
  EXPECT_EQ(occurrence.verify_time().seconds(), 1'576'000'000);
}

TEST_F(HistoryImports, StandInTheFeed) {
  ASSERT_TRUE(Import({WholePlan(kPlan)}));
  world_.LetOthersEnd();
  const auto fed = world_.FedWork();
  const auto assignment = std::string(kPlan) + "/tasks/1/assignments/2-responsible";
  EXPECT_EQ(std::count(fed.begin(), fed.end(), assignment + " FILED"), 1);
  EXPECT_EQ(std::count(fed.begin(), fed.end(), assignment + "/occurrences/1 2019-12-31 VERIFIED"),
            1);
}

TEST_F(HistoryImports, TakePlansInSeveralMessages) {
  auto begin = PlanMessage(kPlan, 2);
  v1::ImportHistoryRequest more;
  AddWork(more, kPlan, 1);
  v1::ImportHistoryRequest rest;
  AddWork(rest, kPlan, 2);
  const auto done = Import({begin, more, rest, WholePlan("divisions/370124/plans/202001")});
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(done->plans_written(), 2);
  EXPECT_EQ(done->occurrences(), 4);
}

TEST_F(HistoryImports, SentAgainPassOverWhatIsThere) {
  ASSERT_TRUE(Import({WholePlan(kPlan)}));
  const auto again = Import({WholePlan(kPlan), WholePlan("divisions/370124/plans/202001")});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->plans_present(), 1);
  EXPECT_EQ(again->plans_written(), 1);
  EXPECT_EQ(Count("occurrence"), 4);
}

TEST_F(HistoryImports, ThatAreOnlyTriedChangeNothing) {
  auto trial = WholePlan(kPlan);
  trial.set_validate_only(true);
  const auto tried = Import({trial});
  ASSERT_TRUE(tried) << tried.error().message;
  EXPECT_EQ(tried->plans_written(), 1);
  EXPECT_EQ(Count("plan"), 0);
  EXPECT_EQ(Count("audit_entry where method = 'ImportHistory'"), 0);
}

TEST_F(HistoryImports, DoNotTouchAPlanOfAnotherOrigin) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  const auto refused = Import({WholePlan(plan)});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().reason, "PLAN_EXISTS");
  EXPECT_EQ(refused.error().metadata.at("plan"), plan);
  auto other = WholePlan(kPlan);
  ASSERT_TRUE(Import({other}));
  other.set_import_id("another-system");
  EXPECT_EQ(Import({other}).error().reason, "PLAN_EXISTS");
}

TEST_F(HistoryImports, NameThePlaceOfAFaultAndKeepThePlansBefore) {
  auto wrong = WholePlan("divisions/370124/plans/202001");
  wrong.mutable_occurrences(1)->set_due_date("2020-02-30");
  const auto refused = Import({WholePlan(kPlan), wrong});
  ASSERT_FALSE(refused);
  ASSERT_EQ(refused.error().violations.size(), 1u);
  EXPECT_EQ(refused.error().violations[0].field, "occurrences[1].due_date");
  EXPECT_EQ(refused.error().metadata.at("plan"), "divisions/370124/plans/202001");
  EXPECT_EQ(refused.error().metadata.at("plans_written"), "1");
  EXPECT_TRUE(GetPlan(kPlan));
  EXPECT_FALSE(GetPlan("divisions/370124/plans/202001"));
}

struct FaultCase {
  const char* name;
  void (*spoil)(v1::ImportHistoryRequest&);
  const char* field;
};

class HistoryFaults : public HistoryImports, public ::testing::WithParamInterface<FaultCase> {};

TEST_P(HistoryFaults, AreRefusedWithTheirPlace) {
  auto message = WholePlan(kPlan);
  GetParam().spoil(message);
  const auto refused = Import({message});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kInvalidArgument);
  ASSERT_EQ(refused.error().violations.size(), 1u) << refused.error().message;
  EXPECT_EQ(refused.error().violations[0].field, GetParam().field);
  EXPECT_EQ(Count("plan"), 0);
}

INSTANTIATE_TEST_SUITE_P(
    , HistoryFaults,
    ::testing::Values(
        FaultCase{"NoImport", [](auto& m) { m.clear_import_id(); }, "import_id"},
        FaultCase{"NoPlan", [](auto& m) { m.clear_plan(); }, "plan"},
        FaultCase{"ADraft",
                  [](auto& m) { m.mutable_plan()->mutable_plan()->set_state(v1::Plan::DRAFT); },
                  "plan.plan.state"},
        FaultCase{"NoTask", [](auto& m) { m.mutable_plan()->clear_tasks(); }, "plan.tasks"},
        FaultCase{"AnotherPlansAssignment",
                  [](auto& m) {
                    m.mutable_assignments(0)->set_name(
                        "divisions/370124/plans/201902/tasks/1/assignments/2-responsible");
                  },
                  "assignments[0].name"},
        FaultCase{"TwiceTheSame",
                  [](auto& m) { m.mutable_assignments(1)->set_name(m.assignments(0).name()); },
                  "assignments[1].name"},
        FaultCase{"AnUnknownState",
                  [](auto& m) { m.mutable_assignments(0)->set_state(v1::Assignment::State(77)); },
                  "assignments[0].state"},
        FaultCase{"FiledWithoutATime", [](auto& m) { m.mutable_assignments(0)->clear_file_time(); },
                  "assignments[0].file_time"},
        FaultCase{"AnOccurrenceOfNobody",
                  [](auto& m) {
                    m.mutable_occurrences(0)->set_name(
                        std::string(kPlan) + "/tasks/1/assignments/3-responsible/occurrences/1");
                  },
                  "occurrences[0].name"},
        FaultCase{"VerifiedWithoutATime",
                  [](auto& m) { m.mutable_occurrences(0)->clear_verify_time(); },
                  "occurrences[0].verify_time"}),
    [](const auto& tested) { return tested.param.name; });

TEST_F(HistoryImports, NeedTheirUnitsInTheDirectory) {
  auto message = PlanMessage(kPlan, 1);
  AddWork(message, kPlan, 1, 99);
  const auto refused = Import({message});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::kNotFound);
  EXPECT_NE(refused.error().message.find("divisions/370124/units/99"), std::string::npos);
  EXPECT_EQ(Count("plan"), 0);
}

TEST_F(HistoryImports, LeaveNoPartOfAPlanWhoseStreamBreaksOff) {
  {
    grpc::ClientContext context;
    v1::ImportHistoryResponse response;
    const auto writer = imports_->ImportHistory(&context, &response);
    ASSERT_TRUE(writer->Write(WholePlan(kPlan)));
    context.TryCancel();
    EXPECT_EQ(writer->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
  // Behind the broken one on the server: streams end in any order, but this plan is another one.
  ASSERT_TRUE(Import({WholePlan("divisions/370124/plans/202001")}));
  EXPECT_FALSE(GetPlan(kPlan));
}

TEST_F(HistoryImports, LeaveOneEntryInTheAuditTrailAndLaterChangesTheirs) {
  ASSERT_TRUE(Import({WholePlan(kPlan)}));
  EXPECT_EQ(Count("audit_entry where method = 'ImportHistory'"), 1);
  EXPECT_EQ(Count("audit_entry where resource = '" + std::string(kPlan) +
                  "' and actor = 'migration' and (after ->> 'occurrences')::int = 2"),
            1);
  const auto next = world_.IssuedPlan({Unit("县财政局")});
  EXPECT_EQ(Count("audit_entry where action = 'CREATE' and resource = '" + next + "'"), 1);
  world_.Claim(next + "/tasks/1/assignments/2-responsible");
  EXPECT_EQ(Count("audit_entry where action = 'UPDATE' and resource = '" + next +
                  "/tasks/1/assignments/2-responsible'"),
            1);
}

}  // namespace
}  // namespace gongkai::plans
