#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <thread>

#include "services/reporting/projector/projector.h"
#include "services/reporting/rpc/figures_service.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "tests/reporting/change_history.h"
#include "tests/reporting/figure_oracle.h"
#include "tests/reporting/scripted_feed.h"
#include "tests/support/test_database.h"

namespace gongkai::reporting {
namespace {

using google::protobuf::util::MessageDifferencer;
using plans::v1::Change;
using std::chrono_literals::operator""ms;
using testing::TestDatabase;

constexpr Projector::Options kHasty{.standby = 20ms, .least_back_off = 2ms, .most_back_off = 50ms};

std::vector<Change> WholeHistory(unsigned seed) {
  ChangeHistory history(seed);
  auto changes = history.Beginning();
  for (int i = 0; i < 200; ++i) {
    const auto step = history.Step();
    changes.insert(changes.end(), step.begin(), step.end());
  }
  return changes;
}

// One process of the service as far as the projection goes.
struct Replica {
  Replica(const std::string& conninfo, const ScriptedFeed& feed)
      : store({.conninfo = conninfo, .connections = 1}), projector(store, feed.Channel(), kHasty) {}

  PostgresFigureStore store;
  Projector projector;
};

bool WaitFor(const std::function<bool()>& condition) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (std::chrono::steady_clock::now() < limit) {
    if (condition()) return true;
    std::this_thread::sleep_for(10ms);
  }
  return false;
}

class ProjectorTest : public ::testing::Test {
 protected:
  bool Reaches(const std::string& token) {
    return WaitFor([&] { return store_.ReadPosition()->resume_token == token; });
  }

  bool PassesHalf(const std::vector<Change>& changes) {
    return WaitFor([&] {
      return store_.ReadPosition()->applied_changes > static_cast<int>(changes.size()) / 2;
    });
  }

  void ExpectFiguresOf(const std::vector<Change>& changes) {
    ExpectOverviewOf(changes);
    EXPECT_EQ(store_.ReadPosition()->applied_changes, static_cast<int>(changes.size()));
  }

  void ExpectOverviewOf(const std::vector<Change>& changes) {
    FigureOracle oracle;
    for (const auto& change : changes) oracle.See(change);
    v1::GetOverviewRequest request;
    request.set_name("divisions/370000");
    request.set_year(2023);
    request.set_as_of_date("2023-09-01");
    request.set_group_by(v1::GetOverviewRequest::COUNTY);
    FiguresService service(store_, kRules2026, std::chrono::system_clock::now);
    auto overview = *service.GetOverview(request);
    EXPECT_EQ(overview.current_as_of().seconds(), 1700000000);
    overview.clear_current_as_of();
    overview.clear_known_since();
    EXPECT_GT(overview.total().completion().denominator(), 30);
    EXPECT_TRUE(MessageDifferencer::Equals(overview, oracle.Overview(request)));
  }

  TestDatabase database_{kSchema};
  PostgresFigureStore store_{{.conninfo = database_.conninfo(), .connections = 1}};
};

TEST_F(ProjectorTest, AppliesEachChangeOnceAlthoughTheStreamIsCutAgainAndAgain) {
  const auto changes = WholeHistory(31);
  ScriptedFeed feed({.changes = changes, .most_batches_per_stream = 4, .seed = 31});
  Replica replica(database_.conninfo(), feed);
  ASSERT_TRUE(Reaches(feed.EndToken()));
  ExpectFiguresOf(changes);
}

TEST_F(ProjectorTest, LetsOnlyOneOfTwoReplicasApply) {
  const auto changes = WholeHistory(32);
  ScriptedFeed feed({.changes = changes, .most_batches_per_stream = 4, .seed = 32});
  Replica one(database_.conninfo(), feed);
  Replica other(database_.conninfo(), feed);
  ASSERT_TRUE(Reaches(feed.EndToken()));
  ExpectFiguresOf(changes);
}

TEST_F(ProjectorTest, GoesOnInTheOtherReplicaWhenOneStops) {
  const auto changes = WholeHistory(33);
  ScriptedFeed feed({.changes = changes, .most_batches_per_stream = 4, .seed = 33});
  std::optional<Replica> one(std::in_place, database_.conninfo(), feed);
  Replica other(database_.conninfo(), feed);
  ASSERT_TRUE(PassesHalf(changes));
  one.reset();
  ASSERT_TRUE(Reaches(feed.EndToken()));
  ExpectFiguresOf(changes);
}

TEST_F(ProjectorTest, GoesOnAfterTheDatabaseEndedEveryConnection) {
  const auto changes = WholeHistory(34);
  ScriptedFeed feed({.changes = changes, .most_batches_per_stream = 4, .seed = 34});
  Replica replica(database_.conninfo(), feed);
  ASSERT_TRUE(PassesHalf(changes));
  pqxx::connection administrator(database_.conninfo());
  pqxx::nontransaction(administrator)
      .exec(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
          "where datname = current_database() and pid <> pg_backend_pid()");
  ASSERT_TRUE(Reaches(feed.EndToken()));
  ExpectFiguresOf(changes);
}

TEST_F(ProjectorTest, WaitsAtAChangeThatItCannotReadInsteadOfSkippingIt) {
  auto changes = WholeHistory(35);
  const auto whole = changes;
  changes[0].mutable_division()->clear_level();
  ScriptedFeed feed({.changes = changes, .seed = 35});
  Replica replica(database_.conninfo(), feed);
  ASSERT_TRUE(feed.WaitForWatches("", 3));
  EXPECT_EQ(store_.ReadPosition()->applied_changes, 0);

  feed.Replace(0, whole[0]);
  ASSERT_TRUE(Reaches(feed.EndToken()));
  ExpectFiguresOf(whole);
}

TEST_F(ProjectorTest, BeginsWithASnapshotWhereTheFeedHasForgottenItsBeginning) {
  const auto changes = WholeHistory(37);
  ScriptedFeed feed({.changes = changes, .most_batches_per_stream = 4, .seed = 37});
  feed.Forget(changes.size() / 2);
  Replica replica(database_.conninfo(), feed);
  ASSERT_TRUE(Reaches(feed.EndToken()));
  ExpectOverviewOf(changes);
}

TEST_F(ProjectorTest, ReadsEverythingAnewWhenItsTokenHasExpired) {
  const auto changes = WholeHistory(38);
  const std::vector<Change> missed_after(changes.begin(), changes.begin() + changes.size() / 3);
  {
    ScriptedFeed feed({.changes = missed_after, .seed = 38});
    Replica replica(database_.conninfo(), feed);
    ASSERT_TRUE(Reaches(feed.EndToken()));
  }
  ScriptedFeed feed({.changes = changes, .most_batches_per_stream = 4, .seed = 39});
  feed.Forget(changes.size() / 2);
  Replica replica(database_.conninfo(), feed);
  ASSERT_TRUE(Reaches(feed.EndToken()));
  ExpectOverviewOf(changes);
}

TEST_F(ProjectorTest, StopsAtOnceWhileItWaitsForTheFeed) {
  ScriptedFeed feed({.changes = WholeHistory(36), .seed = 36});
  std::optional<Replica> replica(std::in_place, database_.conninfo(), feed);
  ASSERT_TRUE(Reaches(feed.EndToken()));
  const auto begin = std::chrono::steady_clock::now();
  replica.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
}

}  // namespace
}  // namespace gongkai::reporting
