// What is kept for a time only, on a real PostgreSQL.
#include <gtest/gtest.h>

#include <pqxx/pqxx>

#include "services/plans/feed/retention.h"
#include "services/plans/store/postgres/stores.h"
#include "tests/plans/support/feed_watch.h"

namespace gongkai::plans {
namespace {

using std::chrono_literals::operator""h;
using testing::CurrentToken;
using testing::FeedWatch;
using testing::PlansWorld;
using testing::Unit;

class RetentionTest : public ::testing::Test {
 protected:
  int Ask(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    return pqxx::nontransaction(connection).exec1(sql)[0].as<int>();
  }
  void Run(const std::string& sql) {
    pqxx::connection connection(world_.conninfo());
    pqxx::nontransaction(connection).exec(sql);
  }
  int Changes() { return Ask("select count(*) from change"); }

  Error RefusalOf(const testing::Wish& wish) {
    FeedWatch watch(world_, wish);
    EXPECT_EQ(watch.Next(), std::nullopt);
    return rpc::FromGrpcStatus(watch.Finish());
  }

  PlansWorld world_;
  postgres::Database database_{{.conninfo = world_.conninfo(), .connections = 1}};
  const std::unique_ptr<RetentionStore> store_ = MakeRetentionStore(database_);
};

TEST_F(RetentionTest, DeletesChangesFromTheOldEndAndNeverAYoungerOne) {
  const int old = Changes();
  Run("update change set change_time = now() - interval '3 hours'");
  world_.IssuedPlan({Unit("县财政局")});
  // Old again, but behind younger ones: the feed is cut at one place only.
  Run("update change set change_time = now() - interval '3 hours' "
      "where seq = (select max(seq) from change)");
  const int all = Changes();
  world_.LetOthersEnd();

  EXPECT_EQ(*store_->DeleteChanges(4h, 1000), 0);
  EXPECT_EQ(*store_->DeleteChanges(2h, old - 1), old - 1);
  EXPECT_EQ(*store_->DeleteChanges(2h, 1000), 1);
  EXPECT_EQ(*store_->DeleteChanges(2h, 1000), 0);
  EXPECT_EQ(Changes(), all - old);
}

TEST_F(RetentionTest, KeepsWhatNoReaderMaySeeYet) {
  Run("update change set change_time = now() - interval '3 hours'");
  world_.LetOthersEnd();
  pqxx::connection connection(world_.conninfo());
  pqxx::work open(connection);
  open.exec("select pg_current_xact_id()");
  const int before = Changes();
  world_.IssuedPlan({Unit("县财政局")});
  Run("update change set change_time = now() - interval '3 hours'");
  EXPECT_EQ(*store_->DeleteChanges(2h, 1000), before);
}

TEST_F(RetentionTest, RefusesATokenThatIsTooOldWithTheRemedy) {
  const auto at_end = CurrentToken(world_);
  world_.IssuedPlan({Unit("县财政局")});
  const auto later = CurrentToken(world_);
  Run("update change set change_time = now() - interval '3 hours'");
  world_.LetOthersEnd();
  ASSERT_GT(*store_->DeleteChanges(2h, 1000), 0);
  world_.IssuedPlan({Unit("县府办")});

  for (const auto& token : {std::string(), at_end}) {
    const auto error = RefusalOf({.token = token});
    EXPECT_EQ(error.code, ErrorCode::kOutOfRange) << token;
    EXPECT_EQ(error.reason, "TOKEN_EXPIRED");
    EXPECT_NE(error.message.find("`snapshot` and an empty resume_token"), std::string::npos);
    EXPECT_TRUE(error.metadata.contains("kept_since"));
  }
  // Whoever had read everything that was deleted goes on as if nothing had happened.
  FeedWatch watch(world_, {.token = later, .until_current = true});
  EXPECT_EQ(watch.UntilCurrent().size(), 5u);
}

TEST_F(RetentionTest, LeavesTheSnapshotWhole) {
  world_.IssuedPlan({Unit("县财政局")});
  Run("update change set change_time = now() - interval '3 hours'");
  world_.LetOthersEnd();
  ASSERT_GT(*store_->DeleteChanges(2h, 1000), 0);
  EXPECT_EQ(Changes(), 0);
  EXPECT_EQ(testing::Folded(world_, {}, {.snapshot = true}), testing::Listed(world_));
}

TEST_F(RetentionTest, DeletesAnswersByAge) {
  const auto plan = world_.IssuedPlan({Unit("县财政局"), Unit("县府办")});
  const auto claim = [&](const std::string& assignment) {
    v1::ClaimAssignmentRequest request;
    request.set_name(plan + "/tasks/1/assignments/" + assignment);
    request.set_request_id(assignment);
    return world_.Call(*world_.assignments, &v1::Assignments::Stub::ClaimAssignment, request);
  };
  ASSERT_TRUE(claim("1-responsible"));
  Run("update answered_request set create_time = now() - interval '3 hours'");
  ASSERT_TRUE(claim("2-responsible"));
  EXPECT_EQ(*store_->DeleteAnswers(4h, 1000), 0);
  EXPECT_EQ(*store_->DeleteAnswers(2h, 1000), 1);
  EXPECT_EQ(*store_->DeleteAnswers(2h, 1000), 0);
  // The younger one is still answered, the older one has become a new request.
  EXPECT_TRUE(claim("2-responsible"));
  EXPECT_EQ(claim("1-responsible").error().reason, "STATE_NOT_ALLOWED");
}

TEST_F(RetentionTest, GoesOnByItselfUntilNothingOldIsLeft) {
  Run("insert into change (division, kind, resource, actor, change_time) "
      "select 370124, 'unit', '{}', 'x', now() - interval '1 day' from generate_series(1, 12000)");
  Run("update change set change_time = now() - interval '1 day'");
  // It looks again after minutes only.
  world_.LetOthersEnd();
  Retention retention(*store_, {.changes = 2h, .answers = 2h});
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(30);
  while (Changes() > 0 && std::chrono::steady_clock::now() < limit) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(Changes(), 0);
}

}  // namespace
}  // namespace gongkai::plans
