#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "services/reporting/projector/batch_reader.h"
#include "services/reporting/rpc/figures_service.h"
#include "services/reporting/store/figure_store.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "tests/reporting/change_history.h"
#include "tests/reporting/figure_oracle.h"
#include "tests/support/test_database.h"

namespace gongkai::reporting {
namespace {

using google::protobuf::Message;
using google::protobuf::util::MessageDifferencer;
using plans::v1::Change;
using testing::TestDatabase;
using v1::GetOverviewRequest;

constexpr const char* kProvince = "divisions/370000";

// Equal, or the fields that differ.
::testing::AssertionResult Same(const Message& actual, const Message& expected) {
  std::string difference;
  MessageDifferencer differencer;
  differencer.ReportDifferencesToString(&difference);
  if (differencer.Compare(expected, actual)) return ::testing::AssertionSuccess();
  return ::testing::AssertionFailure() << difference;
}

GetOverviewRequest Request(const std::string& name, int year, const std::string& as_of,
                           GetOverviewRequest::GroupBy group_by) {
  GetOverviewRequest request;
  request.set_name(name);
  request.set_year(year);
  request.set_as_of_date(as_of);
  request.set_group_by(group_by);
  return request;
}

// A projection in a database of its own, fed by hand.
class Projected {
 public:
  explicit Projected(const std::string& more_conninfo = "")
      : database_(kSchema),
        store_({.conninfo = database_.conninfo() + more_conninfo, .connections = 1}),
        service_(store_, kRules2026, std::chrono::system_clock::now) {}

  Result<Position> Apply(const std::vector<Change>& changes, const std::string& after,
                         const std::string& resume) {
    plans::v1::WatchResponse message;
    message.mutable_changes()->Add(changes.begin(), changes.end());
    message.set_resume_token(resume);
    return store_.Apply(*ReadBatch(after, message));
  }
  // After the position, whatever it is.
  void Apply(const std::vector<Change>& changes) {
    const auto position = *store_.ReadPosition();
    const auto next = std::to_string(++batches_);
    ASSERT_TRUE(Apply(changes, position.resume_token, next));
  }

  v1::Overview Overview(const GetOverviewRequest& request) {
    auto overview = service_.GetOverview(request);
    EXPECT_TRUE(overview) << overview.error().message;
    return overview ? *overview : v1::Overview();
  }
  // Everything there is, at one look.
  v1::Overview Everything() {
    return Overview(Request(kProvince, 2023, "2023-09-01", GetOverviewRequest::COUNTY));
  }

  PostgresFigureStore& store() { return store_; }
  FiguresService& service() { return service_; }
  const std::string& conninfo() const { return database_.conninfo(); }

 private:
  TestDatabase database_;
  PostgresFigureStore store_;
  FiguresService service_;
  int batches_ = 0;
};

std::vector<Change> WholeHistory(unsigned seed, int steps) {
  ChangeHistory history(seed);
  auto changes = history.Beginning();
  for (int i = 0; i < steps; ++i) {
    const auto step = history.Step();
    changes.insert(changes.end(), step.begin(), step.end());
  }
  return changes;
}

class RandomHistory : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomHistory, AgreesWithTheObviousCountAfterEveryStep) {
  Projected projected;
  FigureOracle oracle;
  ChangeHistory history(GetParam());
  auto changes = history.Beginning();
  for (int step = 0; step < 300; ++step) {
    projected.Apply(changes);
    for (const auto& change : changes) oracle.See(change);
    SCOPED_TRACE("seed " + std::to_string(GetParam()) + ", step " + std::to_string(step));
    const auto any = history.PickOf(ChangeHistory::Divisions());
    const int year = history.Chance(80) ? 2023 : 2024;
    for (const auto& request :
         {Request(kProvince, year, history.Date(), GetOverviewRequest::DIVISION),
          Request(kProvince, year, history.Date(), GetOverviewRequest::COUNTY),
          Request(any, year, history.Date(), GetOverviewRequest::GROUP_BY_UNSPECIFIED),
          Request(any, year, history.Date(), GetOverviewRequest::UNIT),
          Request(any, year, history.Date(), GetOverviewRequest::PLAN)}) {
      SCOPED_TRACE(request.ShortDebugString());
      ASSERT_TRUE(Same(projected.Overview(request), oracle.Overview(request)));
    }
    v1::ListHeadInterpretationsRequest heads;
    heads.set_parent(any);
    heads.set_year(year);
    ASSERT_TRUE(Same(*projected.service().ListHeadInterpretations(heads), oracle.Heads(any, year)));
    v1::ListDocumentFormsRequest documents;
    documents.set_parent(any);
    documents.set_year(year);
    ASSERT_TRUE(
        Same(*projected.service().ListDocumentForms(documents), oracle.DocumentForms(any, year)));
    changes = history.Step();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomHistory, ::testing::Range(1u, 9u));

TEST(FigureStore, ShowsTheSameFiguresHoweverTheFeedWasCut) {
  const auto changes = WholeHistory(21, 300);
  ChangeHistory random(22);
  Projected at_once;
  at_once.Apply(changes);
  Projected in_pieces;
  for (auto begin = changes.begin(); begin != changes.end();) {
    const auto left = static_cast<int>(changes.end() - begin);
    const auto end = begin + std::min(left, random.Pick(1, 20));
    in_pieces.Apply({begin, end});
    begin = end;
  }
  EXPECT_EQ(in_pieces.store().ReadPosition()->applied_changes,
            at_once.store().ReadPosition()->applied_changes);
  EXPECT_GT(at_once.Everything().total().completion().denominator(), 50);
  EXPECT_TRUE(Same(in_pieces.Everything(), at_once.Everything()));
}

TEST(FigureStore, IsNotMovedByChangesThatItHasSeenBefore) {
  const auto changes = WholeHistory(23, 200);
  Projected projected;
  projected.Apply(changes);
  const auto before = projected.Everything();
  ChangeHistory random(24);
  for (int redelivery = 0; redelivery < 20; ++redelivery) {
    const int from = random.Pick(0, static_cast<int>(changes.size()) - 1);
    projected.Apply({changes.begin() + from, changes.end()});
    projected.Apply({changes[from], changes[from]});
  }
  EXPECT_TRUE(Same(projected.Everything(), before));
}

TEST(FigureStore, RefusesABatchThatDoesNotBeginWhereTheProjectionStands) {
  ChangeHistory history(25);
  Projected projected;
  ASSERT_TRUE(projected.Apply(history.Beginning(), "", "a"));
  const auto again = projected.Apply(history.Step(), "", "b");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().reason, "PROJECTION_MOVED");
  EXPECT_EQ(projected.store().ReadPosition()->resume_token, "a");
}

TEST(FigureStore, LeavesNothingOfABatchThatEndedBeforeItsCommit) {
  const auto changes = WholeHistory(26, 100);
  Projected projected(" options='-c statement_timeout=200'");
  const auto half = changes.begin() + static_cast<int>(changes.size()) / 2;
  ASSERT_TRUE(projected.Apply({changes.begin(), half}, "", "half"));
  const auto before = projected.Everything();
  {
    pqxx::connection other(projected.conninfo());
    pqxx::work lock(other);
    lock.exec("lock table head_bucket in share mode");  // written last: all else is done by then
    EXPECT_FALSE(projected.Apply({half, changes.end()}, "half", "whole"));
  }
  EXPECT_EQ(projected.store().ReadPosition()->resume_token, "half");
  EXPECT_TRUE(Same(projected.Everything(), before));

  ASSERT_TRUE(projected.Apply({half, changes.end()}, "half", "whole"));
  Projected untroubled;
  untroubled.Apply(changes);
  EXPECT_TRUE(Same(projected.Everything(), untroubled.Everything()));
}

// Waits until a statement of the database waits for a lock, ends its connection, and says whether
// there was one.
bool EndConnectionThatWaits(pqxx::connection& administrator) {
  const auto limit = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (std::chrono::steady_clock::now() < limit) {
    const auto ended = pqxx::nontransaction(administrator)
                           .exec(
                               "select pg_terminate_backend(pid, 5000) from pg_stat_activity "
                               "where datname = current_database() and wait_event_type = 'Lock'");
    if (!ended.empty()) return true;
  }
  return false;
}

TEST(FigureStore, AppliesABatchOnceAlthoughItsConnectionWasCutInTheMiddle) {
  const auto changes = WholeHistory(27, 100);
  Projected projected;
  pqxx::connection other(projected.conninfo());
  pqxx::connection administrator(projected.conninfo());
  auto lock = std::make_unique<pqxx::work>(other);
  lock->exec("lock table head_bucket in share mode");
  std::thread applier([&] { projected.Apply(changes); });
  EXPECT_TRUE(EndConnectionThatWaits(administrator));
  lock.reset();
  applier.join();
  Projected untroubled;
  untroubled.Apply(changes);
  EXPECT_TRUE(Same(projected.Everything(), untroubled.Everything()));
}

TEST(FigureStore, LeadsOneReplicaAtATime) {
  Projected projected;
  PostgresFigureStore other({.conninfo = projected.conninfo()});
  auto lease = projected.store().TryLead();
  ASSERT_TRUE(lease && *lease);
  EXPECT_TRUE((*lease)->Held());
  EXPECT_EQ(*other.TryLead(), nullptr);
  lease->reset();
  EXPECT_NE(*other.TryLead(), nullptr);
}

TEST(FigureStore, KnowsThatItsLeaseWentWithTheConnection) {
  Projected projected;
  auto lease = *projected.store().TryLead();
  pqxx::connection administrator(projected.conninfo());
  pqxx::nontransaction(administrator)
      .exec(
          "select pg_terminate_backend(l.pid, 5000) from pg_locks l "
          "join pg_database d on d.oid = l.database "
          "where l.locktype = 'advisory' and d.datname = current_database()");
  EXPECT_FALSE(lease->Held());
  EXPECT_NE(*projected.store().TryLead(), nullptr);
}

TEST(FigureStore, NeverTakesBackHowFarItIsCurrent) {
  using std::chrono::system_clock;
  const auto noon = system_clock::time_point(std::chrono::seconds(1700000000));
  Projected projected;
  auto& store = projected.store();
  EXPECT_FALSE(store.ReadPosition()->current_as_of);
  EXPECT_EQ(store.Apply({.resume_token = "a", .current_as_of = noon})->current_as_of, noon);
  EXPECT_EQ(store.Apply({.after_token = "a", .resume_token = "b"})->current_as_of, noon);
  const auto earlier = noon - std::chrono::hours(1);
  EXPECT_EQ(store.Apply({.after_token = "b", .resume_token = "c", .current_as_of = earlier})
                ->current_as_of,
            noon);
}

}  // namespace
}  // namespace gongkai::reporting
