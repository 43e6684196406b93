// What the names of a plan mean in a directory, over gRPC on a real PostgreSQL.
#include <gtest/gtest.h>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::Group;
using testing::OneTask;
using testing::PlansWorld;
using testing::Unit;

class Resolution : public ::testing::Test {
 protected:
  Result<v1::ResolveUnitsResponse> Resolve(std::initializer_list<v1::ParsedUnit> units,
                                           const std::string& parent = "divisions/370124") {
    v1::ResolveUnitsRequest request;
    request.set_parent(parent);
    for (const auto& unit : units) *request.add_units() = unit;
    return world_.Call(*world_.directory, &v1::Directory::Stub::ResolveUnits, request);
  }

  Result<v1::Plan> Create(const v1::ParsedPlan& parsed) {
    v1::CreatePlanRequest request;
    request.set_parent("divisions/370124");
    *request.mutable_parsed_plan() = parsed;
    return world_.Call(*world_.plans, &v1::Plans::Stub::CreatePlan, request);
  }

  PlansWorld world_;
};

TEST_F(Resolution, TellsHowEachNameIsFound) {
  const auto response = Resolve({Unit("县财政局"), Unit("县府办"), Unit("平阴县财政局"),
                                 Group("各镇（街道）"), Unit("县财审局")});
  ASSERT_TRUE(response) << response.error().message;
  const std::vector<std::pair<v1::UnitResolution::Match, std::vector<std::string>>> expected = {
      {v1::UnitResolution::NAME, {"divisions/370124/units/2"}},
      {v1::UnitResolution::ALIAS, {"divisions/370124/units/1"}},
      {v1::UnitResolution::PREFIX, {"divisions/370124/units/2"}},
      {v1::UnitResolution::GROUP, {"divisions/370124/units/3", "divisions/370124/units/4"}},
      {v1::UnitResolution::NOT_FOUND, {}}};
  ASSERT_EQ(response->resolutions_size(), static_cast<int>(expected.size()));
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const auto& resolution = response->resolutions(static_cast<int>(i));
    EXPECT_EQ(resolution.match(), expected[i].first) << resolution.text();
    EXPECT_EQ(std::vector<std::string>(resolution.units().begin(), resolution.units().end()),
              expected[i].second)
        << resolution.text();
  }
  ASSERT_EQ(response->resolutions(4).candidates_size(), 1);
  EXPECT_EQ(response->resolutions(4).candidates(0).unit(), "divisions/370124/units/2");
  EXPECT_EQ(response->resolutions(4).candidates(0).display_name(), "县财政局");
}

TEST_F(Resolution, RefusesADivisionThatThereIsNotAndNamesThatAreNone) {
  EXPECT_EQ(Resolve({Unit("县财政局")}, "divisions/999999").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(Resolve({}).error().violations.at(0).field, "units");
  EXPECT_EQ(Resolve({Unit("")}).error().violations.at(0).field, "units[0].text");
}

TEST_F(Resolution, IsTheSameForAPlan) {
  const auto plan = Create(OneTask({Unit("平阴县财政局"), Unit("县财审局")}));
  ASSERT_TRUE(plan) << plan.error().message;
  ASSERT_EQ(plan->issues_size(), 1);
  EXPECT_EQ(plan->issues(0).code(), "UNIT_UNKNOWN");
  EXPECT_NE(plan->issues(0).message().find("县财审局（相近：县财政局）"), std::string::npos)
      << plan->issues(0).message();
  v1::IssuePlanRequest issue;
  issue.set_name(plan->name());
  ASSERT_TRUE(world_.Call(*world_.plans, &v1::Plans::Stub::IssuePlan, issue));
  v1::ListAssignmentsRequest request;
  request.set_parent(plan->name() + "/tasks/-");
  const auto assignments =
      world_.Call(*world_.assignments, &v1::Assignments::Stub::ListAssignments, request);
  ASSERT_EQ(assignments->assignments_size(), 2);
  EXPECT_EQ(assignments->assignments(0).unit(), "divisions/370124/units/2");
  EXPECT_EQ(assignments->assignments(0).source_text(), "平阴县财政局");
}

TEST_F(Resolution, IsKeptWithThePlanWhateverTheDirectoryBecomes) {
  const auto plan = world_.IssuedPlan({Group("各镇（街道）")});
  v1::BatchCreateUnitsRequest add;
  add.set_parent("divisions/370124");
  add.add_units()->set_display_name("北岭镇");
  ASSERT_TRUE(world_.Call(*world_.directory, &v1::Directory::Stub::BatchCreateUnits, add));
  EXPECT_EQ(Resolve({Group("各镇（街道）")})->resolutions(0).units_size(), 3);
  v1::ListAssignmentsRequest request;
  request.set_parent(plan + "/tasks/-");
  EXPECT_EQ(world_.Call(*world_.assignments, &v1::Assignments::Stub::ListAssignments, request)
                ->assignments_size(),
            2);
}

}  // namespace
}  // namespace gongkai::plans
