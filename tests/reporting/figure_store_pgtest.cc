#include <google/protobuf/util/message_differencer.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <set>
#include <thread>

#include "services/reporting/projector/batch_reader.h"
#include "services/reporting/rpc/figure_order.h"
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

// A projection in a database of its own, fed by hand. One replica writes and another answers.
class Projected {
 public:
  explicit Projected(const std::string& more_conninfo = "")
      : database_(kSchema),
        store_({.conninfo = database_.conninfo() + more_conninfo, .connections = 1}),
        answering_({.conninfo = database_.conninfo(), .connections = 1}),
        service_(answering_, kRules2026, std::chrono::system_clock::now) {}

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
    if (!overview) return {};
    overview->clear_known_since();
    return *overview;
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
  PostgresFigureStore answering_;
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

// Any grouping with any filter.
GetOverviewRequest AnyRequest(ChangeHistory& history, const std::string& division, int year) {
  auto request = Request(history.Chance(50) ? kProvince : division, year, history.Date(),
                         static_cast<GetOverviewRequest::GroupBy>(history.Pick(0, 8)));
  if (history.Chance(15)) {
    request.set_plan(request.name() + "/plans/" + std::to_string(year * 100 + history.Pick(1, 2)));
  }
  if (history.Chance(15)) request.set_role(static_cast<v1::Role>(history.Pick(1, 3)));
  if (history.Chance(15)) request.set_due_month(history.Date().substr(0, 7));
  if (history.Chance(20)) {
    request.set_unit(request.name() + "/units/" + std::to_string(history.Pick(1, 2)));
  }
  if (history.Chance(20)) {
    request.set_unit_kind(
        plans::v1::Unit::Kind_Name(static_cast<plans::v1::Unit::Kind>(history.Pick(1, 4))));
  }
  return request;
}

// All members of a figure, page by page.
std::vector<v1::FigureMember> Members(FiguresService& service,
                                      v1::ListFigureMembersRequest request) {
  std::vector<v1::FigureMember> members;
  do {
    const auto page = service.ListFigureMembers(request);
    EXPECT_TRUE(page) << page.error().message;
    if (!page) break;
    members.insert(members.end(), page->members().begin(), page->members().end());
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  return members;
}

int CountOf(const std::vector<v1::FigureMember>& members, v1::FigureMember::Part part) {
  return static_cast<int>(std::count_if(members.begin(), members.end(),
                                        [&](const auto& member) { return member.part() == part; }));
}

// The members of any figure are as many as it says, and each is there once.
void ExpectMembersOf(const v1::FigureSet& figures, const GetOverviewRequest& overview,
                     ChangeHistory& history, FiguresService& service) {
  if (!overview.unit_kind().empty()) return;  // members are of a division or of one unit
  const auto& field = *v1::FigureSet::descriptor()->field(
      history.Pick(0, v1::FigureSet::descriptor()->field_count() - 1));
  const auto figure = FigureIn(figures, field);
  v1::ListFigureMembersRequest request;
  request.set_parent(overview.name());
  request.set_figure(field.name());
  request.set_year(overview.year());
  request.set_as_of_date(overview.as_of_date());
  request.set_known_date(overview.known_date());
  request.set_plan(overview.plan());
  request.set_role(overview.role());
  request.set_due_month(overview.due_month());
  request.set_unit(overview.unit());
  request.set_page_size(history.Pick(5, 80));
  SCOPED_TRACE(request.ShortDebugString());
  const auto first = service.ListFigureMembers(request);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(first->value().numerator(), figure.numerator());
  EXPECT_EQ(first->value().denominator(), figure.denominator());
  const auto members = Members(service, request);
  const auto counted = CountOf(members, v1::FigureMember::NUMERATOR);
  const auto only_denominator = CountOf(members, v1::FigureMember::DENOMINATOR_ONLY);
  EXPECT_EQ(counted, figure.numerator());
  const bool is_count = field.cpp_type() != google::protobuf::FieldDescriptor::CPPTYPE_MESSAGE;
  EXPECT_EQ(only_denominator, is_count ? 0 : figure.denominator() - figure.numerator());
  std::set<std::string> names;
  for (const auto& member : members) {
    EXPECT_TRUE(names.insert(member.name()).second) << member.name();
    EXPECT_EQ(member.reason().empty(), member.part() == v1::FigureMember::NUMERATOR);
  }
  const auto part = static_cast<v1::FigureMember::Part>(history.Pick(1, 3));
  request.set_part(part);
  EXPECT_EQ(static_cast<int>(Members(service, request).size()), CountOf(members, part));
}

class RandomHistory : public ::testing::TestWithParam<unsigned> {};

TEST_P(RandomHistory, AgreesWithTheObviousCountAfterEveryStep) {
  Projected projected;
  FigureOracle oracle;
  std::map<std::string, FigureOracle> known;  // at the end of each day that is over
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
    auto request = AnyRequest(history, any, year);
    SCOPED_TRACE(request.ShortDebugString());
    ASSERT_TRUE(Same(projected.Overview(request), oracle.Overview(request)));
    if (!known.empty()) {
      auto day = known.begin();
      std::advance(day, history.Pick(0, static_cast<int>(known.size()) - 1));
      request.set_known_date(day->first);
      ASSERT_TRUE(Same(projected.Overview(request), day->second.Overview(request)))
          << "as known on " << day->first;
    }
    if (step % 5 == 0) {
      ExpectMembersOf(projected.Overview(request).total(), request, history, projected.service());
    }
    ASSERT_FALSE(HasFailure());
    v1::ListHeadInterpretationsRequest heads;
    heads.set_parent(any);
    heads.set_year(year);
    ASSERT_TRUE(Same(*projected.service().ListHeadInterpretations(heads), oracle.Heads(any, year)));
    v1::ListDocumentFormsRequest documents;
    documents.set_parent(any);
    documents.set_year(year);
    ASSERT_TRUE(
        Same(*projected.service().ListDocumentForms(documents), oracle.DocumentForms(any, year)));
    const auto today = history.Today();
    changes = history.Step();
    if (history.Today() != today) known.insert_or_assign(today, oracle);
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

// A request for what was known at the end of a day.
GetOverviewRequest KnownOn(const std::string& day) {
  auto request = Request(kProvince, 2023, "2023-09-01", GetOverviewRequest::COUNTY);
  request.set_known_date(day);
  return request;
}

TEST(FigureStore, DoesNotRewriteADayThatIsOver) {
  ChangeHistory history(28);
  Projected projected;
  projected.Apply(history.Beginning());
  for (int i = 0; i < 100; ++i) projected.Apply(history.Step());
  const auto day = history.Today();
  while (history.Today() == day) projected.Apply(history.Step());
  const auto then = projected.Overview(KnownOn(day));
  EXPECT_GT(then.total().completion().denominator(), 20);
  // The correction was made on that day, and reaches the feed behind changes of a later one.
  auto late = history.Step();
  for (int i = 0; i < 50; ++i) {
    for (const auto& change : history.Step()) late.push_back(change);
  }
  for (auto& change : late) change.mutable_change_time()->set_seconds(1675300000);
  projected.Apply(late);
  EXPECT_TRUE(Same(projected.Overview(KnownOn(day)), then));
  EXPECT_FALSE(MessageDifferencer::Equals(projected.Everything(), then));
}

TEST(FigureStore, SaysSinceWhenItKnows) {
  ChangeHistory history(29);
  Projected projected;
  EXPECT_FALSE(projected.store().ReadPosition()->known_since);
  projected.Apply(history.Beginning());
  EXPECT_EQ(projected.store().ReadPosition()->known_since, ParseDate("2023-02-01"));
  const auto before = projected.service().GetOverview(KnownOn("2023-01-31"));
  ASSERT_FALSE(before);
  EXPECT_EQ(before.error().code, ErrorCode::kOutOfRange);
  EXPECT_EQ(before.error().reason, "NOT_KNOWN_THEN");
  EXPECT_EQ(before.error().metadata.at("known_since"), "2023-02-01");
  EXPECT_TRUE(projected.service().GetOverview(KnownOn("2023-02-01")));
}

TEST(FigureStore, DrawsATrendOfWhatWasKnownOnEachDay) {
  ChangeHistory history(30);
  Projected projected;
  FigureOracle oracle;
  std::map<std::string, FigureOracle> known;
  auto changes = history.Beginning();
  for (int i = 0; i < 120; ++i) {
    projected.Apply(changes);
    for (const auto& change : changes) oracle.See(change);
    known.insert_or_assign(history.Today(), oracle);
    changes = history.Step();
  }
  v1::GetTrendRequest request;
  request.set_name(kProvince);
  request.set_year(2023);
  request.set_step(v1::GetTrendRequest::DAY);
  request.set_to_date(known.rbegin()->first);
  const auto trend = projected.service().GetTrend(request);
  ASSERT_TRUE(trend) << trend.error().message;
  EXPECT_EQ(trend->points(0).date(), "2023-02-01");
  EXPECT_EQ(trend->points().rbegin()->date(), known.rbegin()->first);
  for (const std::string unit : {"", "divisions/370000/units/1"}) {
    request.set_unit(unit);
    const auto points = projected.service().GetTrend(request)->points();
    EXPECT_EQ(points.size(), trend->points_size());
    for (const auto& point : points) {
      const auto& then = std::prev(known.upper_bound(point.date()))->second;
      auto expected = Request(kProvince, 2023, point.date(), GetOverviewRequest::COUNTY);
      expected.set_unit(unit);
      ASSERT_TRUE(Same(point.figures(), then.Overview(expected).total()))
          << unit << " on " << point.date();
    }
  }
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

TEST(FigureStore, ShowsTheSameFiguresThoughReplicasTakeTurnsToWrite) {
  const auto changes = WholeHistory(40, 200);
  Projected projected;
  PostgresFigureStore other({.conninfo = projected.conninfo(), .connections = 1});
  const auto count = static_cast<int>(changes.size());
  for (int begin = 0; begin < count; begin += 25) {
    plans::v1::WatchResponse message;
    message.mutable_changes()->Add(changes.begin() + begin,
                                   changes.begin() + std::min(count, begin + 25));
    message.set_resume_token("turn " + std::to_string(begin));
    auto& writer = begin % 50 == 0 ? other : projected.store();
    ASSERT_TRUE(writer.Apply(*ReadBatch(writer.ReadPosition()->resume_token, message)));
  }
  Projected untroubled;
  untroubled.Apply(changes);
  EXPECT_GT(untroubled.Everything().total().completion().denominator(), 30);
  EXPECT_TRUE(Same(projected.Everything(), untroubled.Everything()));
}

TEST(FigureStore, AnswersWithTheFiguresOfADatabaseThatWasPutInTheOldOnesPlace) {
  Projected projected;
  projected.Apply(WholeHistory(41, 100));
  const auto before = projected.Everything();
  {
    pqxx::connection connection(projected.conninfo());
    pqxx::work work(connection);
    work.exec("update projection set epoch = 'another', version = 1, directory_version = 1");
    work.exec("delete from cell");
    work.commit();
  }
  const auto after = projected.Everything();
  EXPECT_GT(before.total().completion().denominator(), 0);
  EXPECT_EQ(after.total().completion().denominator(), 0);
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
  Projected projected(" options='-c statement_timeout=2000'");
  const auto half = changes.begin() + static_cast<int>(changes.size()) / 2;
  ASSERT_TRUE(projected.Apply({changes.begin(), half}, "", "half"));
  const auto before = projected.Everything();
  {
    pqxx::connection other(projected.conninfo());
    pqxx::work lock(other);
    lock.exec("lock table cell in share mode");  // written last: all else is done by then
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
  lock->exec("lock table cell in share mode");
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
