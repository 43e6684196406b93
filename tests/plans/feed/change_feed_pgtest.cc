// The change feed over gRPC, on a real PostgreSQL with transactions that commit out of order.
#include <gtest/gtest.h>

#include <pqxx/pqxx>
#include <set>
#include <thread>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

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

std::string NameOf(const v1::Change& change) {
  switch (change.resource_case()) {
    case v1::Change::kDivision:
      return change.division().name();
    case v1::Change::kUnit:
      return change.unit().name();
    case v1::Change::kPlan:
      return change.plan().name();
    case v1::Change::kTask:
      return change.task().name();
    case v1::Change::kAssignment:
      return change.assignment().name();
    case v1::Change::kOccurrence:
      return change.occurrence().name();
    case v1::Change::kPolicyDocument:
      return change.policy_document().name();
    case v1::Change::kInterpretation:
      return change.interpretation().name();
    case v1::Change::RESOURCE_NOT_SET:
      return "";
  }
  return "";
}

class Feed : public ::testing::Test {
 protected:
  // One watcher; every wait has a limit.
  class Watch {
   public:
    Watch(PlansWorld& world, const std::string& token, bool until_current = false,
          const std::string& division = "") {
      context_.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
      v1::WatchRequest request;
      request.set_resume_token(token);
      request.set_until_current(until_current);
      request.set_division(division);
      reader_ = world.feed->Watch(&context_, request);
    }
    ~Watch() { context_.TryCancel(); }

    // The next batch; empty at the end of the stream.
    std::optional<v1::WatchResponse> Next() {
      v1::WatchResponse response;
      if (!reader_->Read(&response)) return std::nullopt;
      return response;
    }

    // The names of changes up to the first batch that says it is current.
    std::vector<std::string> UntilCurrent() {
      std::vector<std::string> names;
      while (auto batch = Next()) {
        for (const auto& change : batch->changes()) names.push_back(NameOf(change));
        token_ = batch->resume_token();
        if (batch->has_current_as_of()) break;
      }
      return names;
    }

    const std::string& token() const { return token_; }
    grpc::Status Finish() { return reader_->Finish(); }

   private:
    grpc::ClientContext context_;
    std::unique_ptr<grpc::ClientReader<v1::WatchResponse>> reader_;
    std::string token_;
  };

  std::string CurrentToken() {
    Watch watch(world_, "", true);
    watch.UntilCurrent();
    return watch.token();
  }

  PlansWorld world_;
};

using Names = std::vector<std::string>;

TEST_F(Feed, TellsEveryCommittedChangeOnceInOrder) {
  const auto token = CurrentToken();
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  Watch watch(world_, token, true);
  EXPECT_EQ(watch.UntilCurrent(),
            (Names{plan, plan + "/tasks/1", plan, plan + "/tasks/1/assignments/2-responsible",
                   plan + "/tasks/1/assignments/2-responsible/occurrences/1"}));
  EXPECT_EQ(watch.Next(), std::nullopt);
  EXPECT_TRUE(watch.Finish().ok());
}

TEST_F(Feed, StartsWithTheDirectory) {
  Watch watch(world_, "", true);
  const auto names = watch.UntilCurrent();
  EXPECT_EQ(names.size(), 7u);
  EXPECT_EQ(names.front(), "divisions/370000");
}

// The trap of sequence numbers: the later one is visible first, and a reader that goes on behind
// it never sees the earlier one.
TEST_F(Feed, LosesNothingWhenAnEarlierTransactionCommitsLater) {
  const auto token = CurrentToken();
  Watch watch(world_, token);
  ASSERT_TRUE(watch.UntilCurrent().empty());

  OpenWrite slow(world_.conninfo(), 1);
  OpenWrite fast(world_.conninfo(), 2);
  fast.Commit();
  // A reader that asks now may not be given the second, since the first may still appear before.
  pqxx::connection connection(world_.conninfo());
  pqxx::nontransaction look(connection);
  EXPECT_EQ(look.exec1("select count(*) from change where actor = 'open'")[0].as<int>(), 1);
  Watch meanwhile(world_, token, true);
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
    Watch watch(world_, "", true);
    while (auto batch = watch.Next()) {
      for (const auto& change : batch->changes()) {
        all.emplace_back(change.resume_token(), NameOf(change));
      }
    }
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    Names expected;
    for (std::size_t j = i + 1; j < all.size(); ++j) expected.push_back(all[j].second);
    Watch watch(world_, all[i].first, true);
    EXPECT_EQ(watch.UntilCurrent(), expected) << i;
  }
}

TEST_F(Feed, WakesAWatcherThatWaits) {
  Watch watch(world_, CurrentToken());
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
    Watch watch(world_, "", true, division);
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
  Watch watch(world_, "", true);
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
    Watch watch(world_, token);
    EXPECT_EQ(watch.Next(), std::nullopt);
    EXPECT_EQ(watch.Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT) << token;
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
  Watch watch(world_, token, true);
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
  EXPECT_EQ(occurrence_changes, 30);
  EXPECT_EQ(revision.size(), 3u);
  for (const auto& [name, last] : revision) EXPECT_EQ(last, 11) << name;
}

}  // namespace
}  // namespace gongkai::plans
