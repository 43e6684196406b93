// The change feed over gRPC, on a real PostgreSQL with transactions that commit out of order.
#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <set>
#include <thread>

#include "tests/plans/support/feed_watch.h"

namespace gongkai::plans {
namespace {

using testing::FeedWatch;
using testing::NameOf;
using testing::PlansWorld;
using testing::Unit;

// Writes one change as the service does, in a transaction that the test commits when it likes.
class OpenWrite {
 public:
  explicit OpenWrite(const std::string& conninfo, int unit) : connection_(conninfo) {
    transaction_ = std::make_unique<pqxx::work>(connection_);
    transaction_->exec_params(
        "with changed as (update unit u set revision = revision + 1 where division = 370124 and "
        "unit = $1 returning u) insert into change (division, kind, resource, actor) select "
        "370124, 'unit', resource(u), 'open' from changed",
        unit);
  }
  void Commit() { transaction_->commit(); }

 private:
  pqxx::connection connection_;
  std::unique_ptr<pqxx::work> transaction_;
};

class Feed : public ::testing::Test {
 protected:
  std::string CurrentToken() { return testing::CurrentToken(world_); }

  PlansWorld world_;
};

using Names = std::vector<std::string>;

TEST_F(Feed, TellsEveryCommittedChangeOnceInOrder) {
  const auto token = CurrentToken();
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  FeedWatch watch(world_, {.token = token, .until_current = true});
  EXPECT_EQ(watch.UntilCurrent(),
            (Names{plan, plan + "/tasks/1", plan, plan + "/tasks/1/assignments/2-responsible",
                   plan + "/tasks/1/assignments/2-responsible/occurrences/1"}));
  EXPECT_EQ(watch.Next(), std::nullopt);
  EXPECT_TRUE(watch.Finish().ok());
}

TEST_F(Feed, StartsWithTheDirectory) {
  FeedWatch watch(world_, {.until_current = true});
  const auto names = watch.UntilCurrent();
  EXPECT_EQ(names.size(), 7u);
  EXPECT_EQ(names.front(), "divisions/370000");
}

// The trap of sequence numbers: the later one is visible first, and a reader that goes on behind
// it never sees the earlier one.
TEST_F(Feed, LosesNothingWhenAnEarlierTransactionCommitsLater) {
  const auto token = CurrentToken();
  FeedWatch watch(world_, {.token = token});
  ASSERT_TRUE(watch.UntilCurrent().empty());

  OpenWrite slow(world_.conninfo(), 1);
  OpenWrite fast(world_.conninfo(), 2);
  fast.Commit();
  // A reader that asks now may not be given the second, since the first may still appear before.
  pqxx::connection connection(world_.conninfo());
  pqxx::nontransaction look(connection);
  EXPECT_EQ(look.exec1("select count(*) from change where actor = 'open'")[0].as<int>(), 1);
  FeedWatch meanwhile(world_, {.token = token, .until_current = true});
  std::thread committer([&] {
    // The waiting stream proves that nothing was given out: it has no batch before the commit.
    slow.Commit();
  });
  EXPECT_EQ(meanwhile.UntilCurrent(),
            (Names{"divisions/370124/units/1", "divisions/370124/units/2"}));
  committer.join();
  EXPECT_EQ(watch.UntilCurrent(), (Names{"divisions/370124/units/1", "divisions/370124/units/2"}));
}

TEST_F(Feed, GoesOnBehindAnyToken) {
  const auto plan = world_.IssuedPlan({Unit("县财政局"), Unit("县府办")});
  std::vector<std::pair<std::string, std::string>> all;  // token, name
  {
    FeedWatch watch(world_, {.until_current = true});
    while (auto batch = watch.Next()) {
      for (const auto& change : batch->changes()) {
        all.emplace_back(change.resume_token(), NameOf(change));
      }
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    Names expected;
    for (std::size_t j = i + 1; j < all.size(); ++j) expected.push_back(all[j].second);
    FeedWatch watch(world_, {.token = all[i].first, .until_current = true});
    EXPECT_EQ(watch.UntilCurrent(), expected) << i;
  }
}

TEST_F(Feed, WakesAWatcherThatWaits) {
  FeedWatch watch(world_, {.token = CurrentToken()});
  ASSERT_TRUE(watch.UntilCurrent().empty());
  const auto begin = std::chrono::steady_clock::now();
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  std::set<std::string> seen;
  while (!seen.contains(plan + "/tasks/1/assignments/2-responsible/occurrences/1")) {
    const auto batch = watch.Next();
    ASSERT_TRUE(batch);
    for (const auto& change : batch->changes()) seen.insert(NameOf(change));
  }
  // Far below the tick that covers a lost signal would be flaky; far below the deadline is not.
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
}

TEST_F(Feed, IsNarrowedToASubtree) {
  for (const auto& [division, count] :
       {std::pair("divisions/370000", 7), std::pair("divisions/370100", 6),
        std::pair("divisions/370124", 5), std::pair("divisions/110000", 0)}) {
    FeedWatch watch(world_, {.until_current = true, .division = division});
    EXPECT_EQ(watch.UntilCurrent().size(), static_cast<std::size_t>(count)) << division;
  }
}

TEST_F(Feed, TellsNothingAboutPersons) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  const auto assignment = plan + "/tasks/1/assignments/2-responsible";
  v1::ClaimAssignmentRequest claim;
  claim.set_name(assignment);
  ASSERT_TRUE(world_.Call(*world_.assignments, &v1::Assignments::Stub::ClaimAssignment, claim));
  v1::FileMeasuresRequest file;
  file.set_name(assignment);
  file.set_measures("措施");
  file.set_section("科室");
  file.set_person("甲某");
  file.set_contact("13800001234");
  ASSERT_TRUE(world_.Call(*world_.assignments, &v1::Assignments::Stub::FileMeasures, file));
  FeedWatch watch(world_, {.until_current = true});
  bool filed = false;
  while (auto batch = watch.Next()) {
    for (const auto& change : batch->changes()) {
      filed |= change.assignment().state() == v1::Assignment::FILED;
      EXPECT_EQ(change.assignment().person(), "");
      EXPECT_EQ(change.assignment().contact(), "");
    }
  }
  EXPECT_TRUE(filed);
}

TEST_F(Feed, RefusesATokenThatItDidNotGiveOut) {
  for (const char* token : {"x", "v1.", "v1.1", "v1.1.x", "v2.1.1", "v1.1.1.1"}) {
    FeedWatch watch(world_, {.token = token});
    EXPECT_EQ(watch.Next(), std::nullopt);
    EXPECT_EQ(watch.Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT) << token;
  }
}

TEST_F(Feed, IsNarrowedToKinds) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  FeedWatch watch(world_, {.until_current = true, .kinds = {"task", "plan"}});
  EXPECT_EQ(watch.UntilCurrent(), (Names{plan, plan + "/tasks/1", plan}));
}

TEST_F(Feed, RefusesAKindThatItDoesNotHaveAndNamesThoseThatItHas) {
  FeedWatch watch(world_, {.kinds = {"plan", "actor"}});
  EXPECT_EQ(watch.Next(), std::nullopt);
  const auto error = rpc::FromGrpcStatus(watch.Finish());
  EXPECT_EQ(error.code, ErrorCode::kInvalidArgument);
  EXPECT_NE(error.message.find("kinds[1]: must be one of division, unit, plan"), std::string::npos)
      << error.message;
}

// Whoever follows a quiet county is not left behind by the others' changes.
TEST_F(Feed, MovesTheTokenOfAFilteredWatcherPastWhatItLeavesOut) {
  const auto beginning = CurrentToken();
  world_.IssuedPlan({Unit("县财政局")});
  FeedWatch watch(world_,
                  {.token = beginning, .until_current = true, .division = "divisions/110000"});
  EXPECT_EQ(watch.UntilCurrent(), Names{});
  FeedWatch rest(world_, {.token = watch.token(), .until_current = true});
  EXPECT_EQ(rest.UntilCurrent(), Names{});
}

TEST_F(Feed, TellsManyFollowersTheSame) {
  const auto token = CurrentToken();
  std::vector<std::unique_ptr<FeedWatch>> followers;
  for (int i = 0; i < 20; ++i) {
    // Every other one with a filter that all that happens passes.
    followers.push_back(std::make_unique<FeedWatch>(
        world_, testing::Wish{.token = token, .division = i % 2 ? "divisions/370124" : ""}));
    ASSERT_TRUE(followers.back()->UntilCurrent().empty());
  }
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  const Names expected{plan, plan + "/tasks/1", plan, plan + "/tasks/1/assignments/2-responsible",
                       plan + "/tasks/1/assignments/2-responsible/occurrences/1"};
  for (const auto& follower : followers) {
    Names seen;
    while (seen.size() < expected.size()) {
      const auto batch = follower->Next();
      ASSERT_TRUE(batch);
      for (const auto& change : batch->changes()) seen.push_back(NameOf(change));
    }
    EXPECT_EQ(seen, expected);
  }
}

TEST_F(Feed, EqualsTheTablesAfterConcurrentWork) {
  const auto plan = world_.IssuedPlan({Unit("县财政局"), Unit("县府办"), Unit("东山镇")});
  const auto token = CurrentToken();
  std::vector<std::thread> workers;
  for (const char* id : {"1-responsible", "2-responsible", "3-responsible"}) {
    workers.emplace_back([&, id] {
      const auto assignment = plan + "/tasks/1/assignments/" + id;
      v1::ClaimAssignmentRequest claim;
      claim.set_name(assignment);
      EXPECT_TRUE(world_.Call(*world_.assignments, &v1::Assignments::Stub::ClaimAssignment, claim));
      for (int i = 0; i < 10; ++i) {
        v1::CreateProgressReportRequest report;
        report.set_parent(assignment + "/occurrences/1");
        report.mutable_progress_report()->set_text("进展");
        EXPECT_TRUE(
            world_.Call(*world_.assignments, &v1::Assignments::Stub::CreateProgressReport, report));
      }
    });
  }
  for (auto& worker : workers) worker.join();
  FeedWatch watch(world_, {.token = token, .until_current = true});
  std::map<std::string, int> revision;
  int occurrence_changes = 0;
  while (auto batch = watch.Next()) {
    for (const auto& change : batch->changes()) {
      if (!change.has_occurrence()) continue;
      ++occurrence_changes;
      // In the order in which the occurrence changed.
      auto& last = revision[change.occurrence().name()];
      EXPECT_GT(change.occurrence().revision(), last);
      last = change.occurrence().revision();
    }
  }
  EXPECT_EQ(testing::Folded(world_, {}, {}), testing::Listed(world_));
  EXPECT_EQ(occurrence_changes, 30);
  EXPECT_EQ(revision.size(), 3u);
  for (const auto& [name, last] : revision) EXPECT_EQ(last, 11) << name;
}

}  // namespace
}  // namespace gongkai::plans
