#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "services/reporting/beside/beside.h"
#include "services/reporting/projector/projector.h"
#include "services/reporting/rpc/figures_service.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "tests/reporting/change_history.h"
#include "tests/reporting/scripted_feed.h"
#include "tests/support/test_database.h"

namespace gongkai::reporting {
namespace {

using plans::v1::Change;
using std::chrono_literals::operator""ms;
using testing::TestDatabase;

std::vector<Change> WholeHistory(unsigned seed) {
  ChangeHistory history(seed);
  auto changes = history.Beginning();
  for (int i = 0; i < 200; ++i) {
    const auto step = history.Step();
    changes.insert(changes.end(), step.begin(), step.end());
  }
  return changes;
}

class BesideTest : public ::testing::Test {
 protected:
  void WaitForEndOfFeed() {
    const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (store_.ReadPosition()->resume_token != feed_.EndToken()) {
      ASSERT_LT(std::chrono::steady_clock::now(), limit);
      std::this_thread::sleep_for(10ms);
    }
  }

  v1::Overview Overview() {
    v1::GetOverviewRequest request;
    request.set_name("divisions/370000");
    request.set_year(2023);
    request.set_as_of_date("2023-09-01");
    request.set_group_by(v1::GetOverviewRequest::COUNTY);
    auto overview = *service_.GetOverview(request);
    overview.clear_current_as_of();
    return overview;
  }

  void Spoil(const std::string& statement) {
    pqxx::connection connection(database_.conninfo());
    pqxx::nontransaction(connection).exec(statement);
  }

  BesideOptions Options() {
    return {.database = database_.conninfo(), .plans = feed_.Channel(), .agreement = 300ms};
  }

  TestDatabase database_{kSchema};
  ScriptedFeed feed_{{.changes = WholeHistory(51), .seed = 51}};
  PostgresFigureStore store_{{.conninfo = database_.conninfo(), .connections = 2}};
  FiguresService service_{store_, kRules2026, std::chrono::system_clock::now};
  std::optional<Projector> projector_{std::in_place, store_, feed_.Channel(),
                                      Projector::Options{.least_back_off = 2ms}};
};

TEST_F(BesideTest, FindsNothingWhereTheProjectionIsRight) {
  WaitForEndOfFeed();
  const auto before = Overview();
  const auto disparities = CheckParity(Options());
  ASSERT_TRUE(disparities) << disparities.error().message;
  EXPECT_TRUE(disparities->empty()) << disparities->front().subject;
  EXPECT_EQ(Overview().SerializeAsString(), before.SerializeAsString());
}

TEST_F(BesideTest, NamesWhatIsWrong) {
  WaitForEndOfFeed();
  Spoil(
      "delete from cell where (division, topic, number, unit) in "
      "(select division, topic, number, unit from cell where topic = 1 and unit = 0 limit 1)");
  Spoil("update unit set display_name = '另一个' where division = 370124 and unit = 1");
  const auto disparities = CheckParity(Options());
  ASSERT_TRUE(disparities) << disparities.error().message;
  ASSERT_EQ(disparities->size(), 2u);
  EXPECT_TRUE((*disparities)[0].subject.starts_with("cell 37")) << (*disparities)[0].subject;
  EXPECT_EQ((*disparities)[1].subject, "unit 370124/1");
}

TEST_F(BesideTest, PutsARebuiltProjectionInThePlaceOfTheServedOne) {
  WaitForEndOfFeed();
  auto right = Overview();
  Spoil("delete from cell");
  Spoil("update projection set epoch = 'spoilt'");
  EXPECT_EQ(Overview().total().completion().denominator(), 0);
  std::atomic<bool> stop = false;
  std::thread reader([&] {
    while (!stop) Overview();
  });
  const auto rebuilt = Rebuild(Options());
  stop = true;
  reader.join();
  ASSERT_TRUE(rebuilt) << rebuilt.error().message;
  auto now = Overview();
  right.clear_known_since();
  now.clear_known_since();
  EXPECT_GT(right.total().completion().denominator(), 30);
  EXPECT_EQ(now.SerializeAsString(), right.SerializeAsString());
  WaitForEndOfFeed();  // the projector goes on from there
  EXPECT_TRUE(CheckParity(Options())->empty());
}

TEST_F(BesideTest, RunsOnceAtATime) {
  pqxx::connection other(database_.conninfo());
  pqxx::nontransaction(other).exec("select pg_advisory_lock(7046253)");
  const auto rebuilt = Rebuild(Options());
  ASSERT_FALSE(rebuilt);
  EXPECT_EQ(rebuilt.error().reason, "BESIDE_BUSY");
}

}  // namespace
}  // namespace gongkai::reporting
