// The start with a snapshot, on a real PostgreSQL while others write.
#include <gtest/gtest.h>

#include <atomic>
#include <pqxx/pqxx>
#include <set>
#include <thread>

#include "services/plans/store/postgres/stores.h"
#include "tests/plans/support/feed_watch.h"

namespace gongkai::plans {
namespace {

using testing::FeedWatch;
using testing::Folded;
using testing::Listed;
using testing::NameOf;
using testing::PlansWorld;
using testing::Resources;
using testing::Unit;
using Names = std::vector<std::string>;

class Snapshot : public ::testing::Test {
 protected:
  // More plans and tasks, those of the first, than fit on a page, without a word in the feed: what
  // only the snapshot can tell.
  void FillUntold(int count) {
    pqxx::connection connection(world_.conninfo());
    pqxx::work work(connection);
    work.exec_params(
        "insert into plan (division, plan, title, document_number, year, task_count, issues) "
        "select 370124, 100000 + n, 'p', '', 2000, 1, '[]' from generate_series(1, $1) n",
        count);
    work.exec_params(
        "insert into task (division, plan, task, content) "
        "select 370124, 100001, n, json_build_object('title', repeat('t', 600)) "
        "from generate_series(1, $1) n",
        count);
    work.commit();
  }

  v1::CreatePolicyDocumentRequest Document(int number) {
    v1::CreatePolicyDocumentRequest request;
    request.set_parent("divisions/370124");
    auto& document = *request.mutable_policy_document();
    document.set_title("第" + std::to_string(number) + "号文件");
    document.set_unit("divisions/370124/units/2");
    document.set_issuing_level(v1::PolicyDocument::UNIT);
    document.set_publish_date("2026-03-01");
    document.set_disclosure(v1::PolicyDocument::PROACTIVE);
    return request;
  }

  PlansWorld world_;
};

TEST_F(Snapshot, TellsEveryResourceOnceWithoutHistoryThenIsCurrent) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  FeedWatch watch(world_, {.until_current = true, .snapshot = true});
  Names names;
  bool changes_began = false;
  while (auto batch = watch.Next()) {
    EXPECT_FALSE(changes_began && batch->snapshot());
    changes_began |= !batch->snapshot();
    EXPECT_NE(batch->snapshot(), batch->has_current_as_of());
    for (const auto& change : batch->changes()) {
      if (changes_began) {
        // A transaction of another database can hold the horizon back: then the last ones repeat.
        EXPECT_NE(std::find(names.begin(), names.end(), NameOf(change)), names.end());
        continue;
      }
      names.push_back(NameOf(change));
      EXPECT_EQ(change.actor(), "");
      EXPECT_FALSE(change.has_change_time());
    }
  }
  EXPECT_TRUE(watch.Finish().ok());
  EXPECT_TRUE(changes_began);
  const auto assignment = plan + "/tasks/1/assignments/2-responsible";
  EXPECT_EQ(names, (Names{"divisions/370000", "divisions/370100", "divisions/370124",
                          "divisions/370124/units/1", "divisions/370124/units/2",
                          "divisions/370124/units/3", "divisions/370124/units/4", plan,
                          plan + "/tasks/1", assignment, assignment + "/occurrences/1"}));
}

TEST_F(Snapshot, EqualsTheTablesOverManyPages) {
  world_.IssuedPlan({Unit("县财政局"), Unit("县府办")});
  FillUntold(2300);
  const auto listed = Listed(world_);
  EXPECT_GT(listed.size(), 4600u);
  EXPECT_EQ(Folded(world_, {}, {.snapshot = true}), listed);
}

TEST_F(Snapshot, KeepsEveryMessageFarBelowWhatClientsAccept) {
  FillUntold(5000);
  FeedWatch watch(world_, {.until_current = true, .snapshot = true});
  while (auto batch = watch.Next()) EXPECT_LT(batch->ByteSizeLong(), 2u << 20);
  EXPECT_TRUE(watch.Finish().ok());
}

TEST_F(Snapshot, GoesOnBehindAnyTokenOfIt) {
  FillUntold(1500);
  std::vector<std::pair<std::string, std::string>> all;  // token, name
  {
    FeedWatch watch(world_, {.until_current = true, .snapshot = true});
    while (auto batch = watch.Next()) {
      for (const auto& change : batch->changes()) {
        all.emplace_back(change.resume_token(), NameOf(change));
      }
    }
  }
  for (std::size_t i = 0; i < all.size(); i += 499) {
    FeedWatch watch(world_, {.token = all[i].first, .until_current = true});
    Names expected;
    for (std::size_t j = i + 1; j < all.size(); ++j) expected.push_back(all[j].second);
    EXPECT_EQ(watch.UntilCurrent(), expected) << i;
  }
}

TEST_F(Snapshot, AndTheChangesAfterItEqualTheTablesUnderConcurrentWriters) {
  const auto plan = world_.IssuedPlan({Unit("县财政局"), Unit("县府办"), Unit("东山镇")});
  FillUntold(3000);
  std::atomic<bool> stop = false;
  std::vector<std::thread> writers;
  for (const char* id : {"1-responsible", "2-responsible", "3-responsible"}) {
    writers.emplace_back([&, id] {
      for (int i = 0; !stop; ++i) {
        v1::CreateProgressReportRequest report;
        report.set_parent(plan + "/tasks/1/assignments/" + id + "/occurrences/1");
        report.mutable_progress_report()->set_text("进展");
        EXPECT_TRUE(
            world_.Call(*world_.assignments, &v1::Assignments::Stub::CreateProgressReport, report));
        EXPECT_TRUE(
            world_.Call(*world_.policies, &v1::Policies::Stub::CreatePolicyDocument, Document(i)));
      }
    });
  }
  Resources resources;
  std::string token;
  FeedWatch watch(world_, {.snapshot = true});
  while (auto batch = watch.Next()) {
    if (!batch->snapshot()) break;
    for (const auto& change : batch->changes()) {
      resources[NameOf(change)] = testing::ResourceOf(change);
    }
    token = batch->resume_token();
  }
  stop = true;
  for (auto& writer : writers) writer.join();
  const auto listed = Listed(world_);
  // Writes have fallen before, between and behind the pages: the snapshot alone is not the tables.
  EXPECT_NE(resources, listed);
  EXPECT_EQ(Folded(world_, resources, {.token = token}), listed);
}

TEST_F(Snapshot, IsNarrowedToASubtreeAndKinds) {
  world_.IssuedPlan({Unit("县财政局")});
  FeedWatch cities(world_, {.until_current = true,
                            .division = "divisions/370100",
                            .kinds = {"division"},
                            .snapshot = true});
  EXPECT_EQ(cities.UntilCurrent(), (Names{"divisions/370100", "divisions/370124"}));
  FeedWatch elsewhere(world_,
                      {.until_current = true, .division = "divisions/110000", .snapshot = true});
  EXPECT_EQ(elsewhere.UntilCurrent(), Names{});
}

TEST_F(Snapshot, TellsNothingAboutPersons) {
  const auto plan = world_.IssuedPlan({Unit("县财政局")});
  pqxx::connection connection(world_.conninfo());
  pqxx::nontransaction(connection)
      .exec("update assignment set person = '甲某', contact = '13800001234'");
  FeedWatch watch(world_, {.until_current = true, .kinds = {"assignment"}, .snapshot = true});
  int assignments = 0;
  while (auto batch = watch.Next()) {
    for (const auto& change : batch->changes()) {
      ++assignments;
      EXPECT_EQ(change.assignment().person(), "");
      EXPECT_EQ(change.assignment().contact(), "");
    }
  }
  EXPECT_EQ(assignments, 1);
}

TEST_F(Snapshot, RefusesATokenOfAnotherFilterOrOfNoSnapshot) {
  FeedWatch watch(world_, {.division = "divisions/370124", .snapshot = true});
  const auto first = watch.Next();
  ASSERT_TRUE(first);
  const auto token = first->resume_token();
  for (const auto& [wish, word] :
       {std::pair(testing::Wish{.token = token}, "another division"),
        std::pair(testing::Wish{.token = token, .division = "divisions/370100"},
                  "another division"),
        std::pair(testing::Wish{.token = token, .division = "divisions/370124", .kinds = {"plan"}},
                  "other kinds"),
        std::pair(testing::Wish{.token = "s1.7.0-999999..unit.x"}, "not a token"),
        std::pair(testing::Wish{.token = "s1.7.0-999999..unit.1"}, "not a token"),
        std::pair(testing::Wish{.token = "s1.7.0-999999..unit.1.2.3"}, "not a token"),
        std::pair(testing::Wish{.token = "s1.7.0-999999..unit.1."}, "not a token"),
        std::pair(testing::Wish{.token = "s1.7.0-999999..unit.1.99999999999"}, "not a token"),
        std::pair(testing::Wish{.token = "s1.7.0-999999..fruit.1"}, "not a token"),
        std::pair(testing::Wish{.token = "s1.7"}, "not a token")}) {
    FeedWatch refused(world_, wish);
    EXPECT_EQ(refused.Next(), std::nullopt) << wish.token;
    const auto status = refused.Finish();
    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT) << wish.token;
    EXPECT_NE(status.error_message().find(word), std::string::npos) << status.error_message();
  }
}

// Whoever adds a kind to the feed adds it to the snapshot.
TEST_F(Snapshot, HasEveryKindThatTheFeedHas) {
  std::set<std::string> of_contract;
  const auto* resource = v1::Change::descriptor()->FindOneofByName("resource");
  for (int i = 0; i < resource->field_count(); ++i) {
    const auto* field = resource->field(i);
    of_contract.insert(field->name());
    // What a consumer puts the states of one resource in order by.
    EXPECT_NE(field->message_type()->FindFieldByName("revision"), nullptr) << field->name();
  }
  std::set<std::string> of_tables;
  pqxx::connection connection(world_.conninfo());
  for (const auto& row : pqxx::nontransaction(connection)
                             .exec("select unnest(enum_range(null::resource_kind))::text")) {
    of_tables.insert(row[0].c_str());
  }
  EXPECT_EQ(of_contract, of_tables);

  postgres::Database database({.conninfo = world_.conninfo(), .connections = 1});
  const auto store = MakeSnapshotStore(database);
  std::set<std::string> of_snapshot;
  std::optional<SnapshotPlace> place;
  do {
    const auto page = store->ReadPage(place, {});
    ASSERT_TRUE(page);
    place = page->next;
    if (place) of_snapshot.insert(place->kind);
  } while (place);
  of_snapshot.insert("division");  // the first, which the first page is of
  EXPECT_EQ(of_snapshot, of_contract);
}

}  // namespace
}  // namespace gongkai::plans
