// What passes the gate, by requests as attackers and clerks send them.
#include "services/common/auth/gate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gongkai/plans/v1/activities.pb.h"
#include "gongkai/plans/v1/assignments.pb.h"
#include "gongkai/plans/v1/batches.pb.h"
#include "gongkai/plans/v1/calendars.pb.h"
#include "gongkai/plans/v1/change_feed.pb.h"
#include "gongkai/plans/v1/comments.pb.h"
#include "gongkai/plans/v1/decisions.pb.h"
#include "gongkai/plans/v1/evidence_files.pb.h"
#include "gongkai/plans/v1/plans.pb.h"
#include "gongkai/plans/v1/reminders.pb.h"
#include "gongkai/plans/v1/upstream_links.pb.h"
#include "gongkai/reporting/v1/figures.pb.h"
#include "services/common/auth/name_place.h"

namespace gongkai::auth {
namespace {

using plans::v1::ListAssignmentsRequest;
using plans::v1::WatchRequest;

constexpr char kTask[] = "divisions/370124/plans/202601/tasks/1";
constexpr char kForeignTask[] = "divisions/370125/plans/202601/tasks/1";

const Grant kOffice{Role::kCountyOffice, 370124, 0};
const Grant kClerk{Role::kUnitClerk, 370124, 17};
const Grant kSupervisor{Role::kSupervisor, 370100, 0};

class FixedUnits final : public UnitLookup {
 public:
  Result<std::vector<int>> UnitsOf(std::string_view name) const override {
    asked.emplace_back(name);
    return units;
  }
  std::vector<int> units;
  mutable std::vector<std::string> asked;
};

// A caller with grants before the gate.
class GateTest : public ::testing::Test, private Authenticator {
 protected:
  Result<Admission> Admit(std::vector<Grant> grants, const google::protobuf::Message& request) {
    principal_ = std::make_shared<const Principal>(
        Principal{.subject = "caller", .grants = std::move(grants)});
    return TokenGate(*this, &units_).Admit("Bearer x", request);
  }

  // OK, or the code; of NOT_FOUND what is not found.
  std::string Outcome(std::vector<Grant> grants, const google::protobuf::Message& request) {
    const auto admission = Admit(std::move(grants), request);
    if (admission) return "OK";
    const auto& error = admission.error();
    if (error.code == ErrorCode::kNotFound) return "no " + error.metadata.at("resource");
    return std::string(CodeName(error.code));
  }

  // The request that the caller may make instead.
  template <typename Request>
  Request Narrowed(std::vector<Grant> grants, const Request& request) {
    auto admission = Admit(std::move(grants), request);
    EXPECT_TRUE(admission && admission->narrowed);
    if (!admission || !admission->narrowed) return {};
    return static_cast<const Request&>(*admission->narrowed);
  }

  FixedUnits units_;

 private:
  Result<std::shared_ptr<const Principal>> Authenticate(std::string_view) const override {
    return principal_;
  }
  std::shared_ptr<const Principal> principal_;
};

std::string Assignment(const std::string& task, const std::string& id) {
  return task + "/assignments/" + id;
}

TEST_F(GateTest, ChecksEveryNameOfABatch) {
  plans::v1::BatchVerifyOccurrencesRequest request;
  request.set_parent("divisions/370124");
  request.add_names(Assignment(kTask, "17-lead") + "/occurrences/1");
  EXPECT_EQ(Outcome({kOffice}, request), "OK");
  const auto foreign = Assignment(kForeignTask, "17-lead") + "/occurrences/1";
  request.add_names(foreign);
  EXPECT_EQ(Outcome({kOffice}, request), "no " + foreign);
}

TEST_F(GateTest, ChecksTheNamesOfABatchByUnitToo) {
  plans::v1::BatchClaimAssignmentsRequest request;
  request.set_parent("divisions/370124/units/17");
  request.add_names(Assignment(kTask, "17-lead"));
  EXPECT_EQ(Outcome({kClerk}, request), "OK");
  request.add_names(Assignment(kTask, "18-lead"));
  EXPECT_EQ(Outcome({kClerk}, request), "no " + Assignment(kTask, "18-lead"));
}

TEST_F(GateTest, ChecksNamesDeepInTheBody) {
  plans::v1::CreateProgressReportRequest request;
  request.set_parent(Assignment(kTask, "17-lead") + "/occurrences/1");
  auto* evidence = request.mutable_progress_report()->add_evidence();
  evidence->set_file("divisions/370124/units/17/evidenceFiles/1");
  EXPECT_EQ(Outcome({kClerk}, request), "OK");
  evidence->set_file("divisions/370124/units/18/evidenceFiles/1");
  EXPECT_EQ(Outcome({kClerk}, request), "no divisions/370124/units/18/evidenceFiles/1");
}

TEST_F(GateTest, DoesNotLetABodyMoveAResourceElsewhere) {
  units_.units = {17};
  plans::v1::UpdateActivityRequest request;
  request.mutable_activity()->set_name("divisions/370124/activities/5");
  EXPECT_EQ(Outcome({kClerk}, request), "OK");
  EXPECT_THAT(units_.asked, ::testing::ElementsAre("divisions/370124/activities/5"));
  request.mutable_activity()->add_units("divisions/370124/units/18");
  EXPECT_EQ(Outcome({kClerk}, request), "no divisions/370124/units/18");
  units_.units = {18};
  request.mutable_activity()->clear_units();
  EXPECT_EQ(Outcome({kClerk}, request), "no divisions/370124/activities/5");
}

TEST_F(GateTest, WantsTheUnitWhoseActItIs) {
  plans::v1::CreateActivityRequest request;
  request.set_parent("divisions/370124");
  EXPECT_EQ(Outcome({kClerk}, request), "INVALID_ARGUMENT");
  request.mutable_activity()->add_units("divisions/370124/units/17");
  EXPECT_EQ(Outcome({kClerk}, request), "OK");
  request.mutable_activity()->add_units("divisions/370124/units/18");
  EXPECT_EQ(Outcome({kClerk}, request), "no divisions/370124/units/18");
}

TEST_F(GateTest, AnswersAListOfTheDivisionWithTheOwnUnitsOnly) {
  ListAssignmentsRequest request;
  request.set_parent(kTask);
  EXPECT_EQ(Narrowed({kClerk}, request).filter(), R"(unit="divisions/370124/units/17")");
  request.set_filter("state = CLAIMED OR state = FILED");
  const auto narrowed = Narrowed({kClerk, {Role::kUnitHead, 370124, 20}}, request);
  EXPECT_EQ(narrowed.filter(),
            R"(unit="divisions/370124/units/17" OR unit="divisions/370124/units/20" AND )"
            "(state = CLAIMED OR state = FILED)");
  EXPECT_EQ(narrowed.parent(), kTask);
  EXPECT_EQ(Admit({kOffice}, request)->narrowed, nullptr);
  request.set_unit("divisions/370124/units/18");
  EXPECT_EQ(Outcome({kClerk}, request), "no divisions/370124/units/18");
}

TEST_F(GateTest, DoesNotLetSubdivisionsWidenAGrant) {
  ListAssignmentsRequest request;
  request.set_parent("divisions/370100/plans/-/tasks/-");
  const Grant city_office{Role::kCountyOffice, 370100, 0};
  const Grant city_clerk{Role::kUnitClerk, 370100, 3};
  EXPECT_EQ(Outcome({city_office}, request), "OK");
  request.set_include_subdivisions(true);
  EXPECT_EQ(Outcome({kSupervisor}, request), "OK");
  EXPECT_EQ(Outcome({city_office}, request), "no divisions/370100/plans/-/tasks/-");
  EXPECT_EQ(Outcome({city_clerk}, request), "no divisions/370100/plans/-/tasks/-");
}

TEST_F(GateTest, KeepsASupervisorWithinTheSubtree) {
  reporting::v1::GetOverviewRequest request;
  for (const char* inside : {"divisions/370100", "divisions/370124"}) {
    request.set_name(inside);
    EXPECT_EQ(Outcome({kSupervisor}, request), "OK");
  }
  for (const char* outside : {"divisions/370000", "divisions/370200", "divisions/370224"}) {
    request.set_name(outside);
    EXPECT_EQ(Outcome({kSupervisor}, request), "no " + std::string(outside));
  }
}

TEST_F(GateTest, LetsACountyLinkWithThoseAboveItOnly) {
  plans::v1::ReviewUpstreamPlanRequest request;
  request.set_parent("divisions/370124/plans/202601");
  for (const char* above : {"divisions/370100/plans/202601", "divisions/370000/plans/202601"}) {
    request.set_upstream_plan(above);
    EXPECT_EQ(Outcome({kOffice}, request), "OK");
  }
  request.set_upstream_plan("divisions/370125/plans/202601");
  EXPECT_EQ(Outcome({kOffice}, request), "no divisions/370125/plans/202601");
}

TEST_F(GateTest, WatchesWhatTheCallerReaches) {
  const WatchRequest everything;
  EXPECT_EQ(Narrowed({kSupervisor}, everything).division(), "divisions/370100");
  EXPECT_EQ(Narrowed({kOffice}, everything).division(), "divisions/370124");
  EXPECT_EQ(Narrowed({kSupervisor, kOffice}, everything).division(), "divisions/370100");
  EXPECT_EQ(Admit({{Role::kSystemClient, 0, 0}}, everything)->narrowed, nullptr);
  EXPECT_EQ(Outcome({kClerk}, everything), "PERMISSION_DENIED");
  EXPECT_EQ(Outcome({kSupervisor, {Role::kSupervisor, 370200, 0}}, everything), "INVALID_ARGUMENT");
  EXPECT_EQ(Outcome({{Role::kCountyOffice, 370100, 0}}, everything), "INVALID_ARGUMENT");
  WatchRequest foreign;
  foreign.set_division("divisions/370200");
  EXPECT_EQ(Outcome({kSupervisor}, foreign), "no divisions/370200");
}

TEST_F(GateTest, LooksForTheUnitsOfATaskWhoseCommentsAreRead) {
  plans::v1::ListCommentsRequest request;
  request.set_parent(kTask);
  units_.units = {5, 17};
  EXPECT_EQ(Outcome({kClerk}, request), "OK");
  units_.units = {5};
  EXPECT_EQ(Outcome({kClerk}, request), "no " + std::string(kTask));
  EXPECT_EQ(Outcome({kOffice}, request), "OK");
  request.set_parent(kForeignTask);
  units_.units = {17};
  EXPECT_EQ(Outcome({kClerk}, request), "no " + std::string(kForeignTask)) << "another county's 17";
}

TEST_F(GateTest, TakesAnyUnitOfADivisionForNoUnit) {
  plans::v1::ListEvidenceFilesRequest request;
  request.set_parent("divisions/370124/units/-");
  EXPECT_EQ(Outcome({kOffice}, request), "OK");
  EXPECT_EQ(Outcome({kClerk}, request), "no divisions/370124/units/-");
}

TEST_F(GateTest, RefusesATargetWithoutADivision) {
  plans::v1::GetPlanRequest request;
  for (const char* name : {"", "plans/202601", "divisions/-/plans/1", "divisions//plans/1",
                           "divisions/370124x/plans/1", "/divisions/370124/plans/1",
                           "divisions/99999999999/plans/1", "divisions/-370124/plans/1"}) {
    request.set_name(name);
    EXPECT_EQ(Outcome({kOffice}, request), "INVALID_ARGUMENT") << name;
  }
}

TEST_F(GateTest, LetsWhoEntersForAllUnitsActForEachOfTheDivision) {
  const Grant any{Role::kUnitClerk, 370124, kAnyUnit};
  plans::v1::ClaimAssignmentRequest request;
  for (const char* id : {"17-lead", "18-lead"}) {
    request.set_name(Assignment(kTask, id));
    EXPECT_EQ(Outcome({any}, request), "OK");
  }
  request.set_name(Assignment(kForeignTask, "17-lead"));
  EXPECT_EQ(Outcome({any}, request), "no " + Assignment(kForeignTask, "17-lead"));
}

TEST_F(GateTest, TakesWordsForWords) {
  plans::v1::DeclineAssignmentRequest request;
  request.set_name(Assignment(kTask, "17-lead"));
  request.set_reason("divisions/370125 负责此项");
  EXPECT_EQ(Outcome({kClerk}, request), "OK");
}

TEST_F(GateTest, LetsOnlyWhoHasTheProvinceChangeItsCalendar) {
  plans::v1::LoadCalendarRequest request;
  request.set_name("calendars/2026");
  EXPECT_EQ(Outcome({{Role::kSystemAdministrator, 0, 0}}, request), "OK");
  EXPECT_EQ(Outcome({{Role::kSystemAdministrator, 370000, 0}}, request), "OK");
  EXPECT_EQ(Outcome({{Role::kSystemAdministrator, 370100, 0}}, request), "PERMISSION_DENIED");
  EXPECT_EQ(Outcome({kOffice}, request), "PERMISSION_DENIED");
}

TEST_F(GateTest, TellsTheSameOfWhatIsForeignAsOfWhatIsAbsent) {
  plans::v1::GetPlanRequest request;
  request.set_name("divisions/370125/plans/202601");
  const auto admission = Admit({kOffice}, request);
  ASSERT_FALSE(admission);
  EXPECT_EQ(admission.error().message, NotFound(request.name()).message);
  EXPECT_EQ(admission.error().reason, NotFound(request.name()).reason);
}

TEST_F(GateTest, LetsNobodyInWhoHasNoGrant) {
  plans::v1::GetPlanRequest request;
  request.set_name("divisions/370124/plans/202601");
  EXPECT_EQ(Outcome({}, request), "PERMISSION_DENIED");
}

}  // namespace
}  // namespace gongkai::auth
