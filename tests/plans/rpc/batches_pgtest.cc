// Many at once, over gRPC, on a real PostgreSQL.
#include <gtest/gtest.h>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using testing::PlansWorld;
using testing::Unit;

class Batches : public ::testing::Test {
 protected:
  Result<v1::BatchClaimAssignmentsResponse> Claim(std::initializer_list<std::string> names,
                                                  const std::string& request_id = "",
                                                  bool validate_only = false) {
    v1::BatchClaimAssignmentsRequest request;
    request.set_parent("divisions/370124/units/2");
    for (const auto& name : names) request.add_names(name);
    request.set_request_id(request_id);
    request.set_validate_only(validate_only);
    return world_.Call(*world_.batches, &v1::Batches::Stub::BatchClaimAssignments, request);
  }

  Result<v1::BatchVerifyOccurrencesResponse> Verify(std::initializer_list<std::string> names) {
    v1::BatchVerifyOccurrencesRequest request;
    request.set_parent("divisions/370124");
    for (const auto& name : names) request.add_names(name + "/occurrences/1");
    return world_.Call(*world_.batches, &v1::Batches::Stub::BatchVerifyOccurrences, request);
  }

  std::string Assignment() {
    return world_.IssuedPlan({Unit("县财政局")}) + "/tasks/1/assignments/2-responsible";
  }

  v1::Assignment::State StateOf(const std::string& name) {
    return world_.GetAssignment(name).state();
  }

  PlansWorld world_;
  const std::string first_ = Assignment();
  const std::string second_ = Assignment();
};

TEST_F(Batches, ClaimAllInTheOrderOfTheirNames) {
  const auto claimed = Claim({second_, first_});
  ASSERT_TRUE(claimed) << claimed.error().message;
  ASSERT_EQ(claimed->assignments_size(), 2);
  EXPECT_EQ(claimed->assignments(0).name(), second_);
  EXPECT_EQ(StateOf(first_), v1::Assignment::CLAIMED);
}

TEST_F(Batches, ChangeNothingIfOneCannotBeChangedAndSayWhich) {
  world_.Claim(second_);
  const auto refused = Claim({first_, second_});
  EXPECT_EQ(refused.error().reason, "STATE_NOT_ALLOWED");
  EXPECT_EQ(refused.error().metadata.at("index"), "1");
  EXPECT_EQ(refused.error().metadata.at("state"), "CLAIMED");
  EXPECT_EQ(StateOf(first_), v1::Assignment::ASSIGNED);
}

TEST_F(Batches, AreDoneOnceForOneRequestIdAndNotAtAllWhenOnlyTried) {
  ASSERT_TRUE(Claim({first_, second_}, "", true));
  EXPECT_EQ(StateOf(first_), v1::Assignment::ASSIGNED);
  const auto once = Claim({first_, second_}, "batch-1");
  ASSERT_TRUE(once) << once.error().message;
  const auto again = Claim({first_, second_}, "batch-1");
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(again->assignments(1).revision(), once->assignments(1).revision());
}

TEST_F(Batches, NameEveryMemberThatIsNotOfTheParentOrStandsTwice) {
  const auto refused = Claim({first_, first_, "divisions/370124/plans/202601/tasks/1",
                              "divisions/370124/plans/202601/tasks/1/assignments/3-responsible"});
  std::vector<std::string> fields;
  for (const auto& violation : refused.error().violations) fields.push_back(violation.field);
  EXPECT_EQ(fields, (std::vector<std::string>{"names[1]", "names[2]", "names[3]"}));
  EXPECT_EQ(Claim({}).error().violations[0].field, "names");
}

TEST_F(Batches, VerifyAllThatWasSubmitted) {
  for (const auto& name : {first_, second_}) {
    world_.Claim(name);
    ASSERT_TRUE(world_.Submit(name + "/occurrences/1"));
  }
  const auto verified = Verify({first_, second_});
  ASSERT_TRUE(verified) << verified.error().message;
  EXPECT_EQ(verified->occurrences(1).state(), v1::Occurrence::VERIFIED);
  EXPECT_EQ(Verify({first_}).error().metadata.at("index"), "0");
}

}  // namespace
}  // namespace gongkai::plans
