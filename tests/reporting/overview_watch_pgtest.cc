#include <gtest/gtest.h>

#include "services/common/auth/gate.h"
#include "services/common/rpc/server.h"
#include "services/reporting/projector/batch_reader.h"
#include "services/reporting/rpc/figures_rpc.h"
#include "services/reporting/rpc/overview_watch.h"
#include "services/reporting/store/postgres/figure_store.h"
#include "tests/support/test_database.h"

namespace gongkai::reporting {
namespace {

using plans::v1::Change;
using std::chrono_literals::operator""ms;
using testing::TestDatabase;

// A county with one plan of one task that one unit owes in June.
class OverviewWatchTest : public ::testing::Test {
 protected:
  OverviewWatchTest() {
    std::vector<Change> changes(5);
    auto* county = changes[0].mutable_division();
    county->set_name("divisions/370124");
    county->set_display_name("青禾县");
    county->set_level(plans::v1::Division::COUNTY);
    county->set_revision(1);
    auto* unit = changes[1].mutable_unit();
    unit->set_name("divisions/370124/units/1");
    unit->set_revision(1);
    auto* plan = changes[2].mutable_plan();
    plan->set_name("divisions/370124/plans/202601");
    plan->set_year(2026);
    plan->set_state(plans::v1::Plan::ISSUED);
    plan->set_revision(1);
    changes[3].mutable_task()->set_name("divisions/370124/plans/202601/tasks/1");
    changes[3].mutable_task()->set_revision(1);
    changes[4] = Occurrence(plans::v1::Occurrence::OPEN, 1);
    Apply(changes);
  }

  static Change Occurrence(plans::v1::Occurrence::State state, int revision) {
    Change change;
    auto* occurrence = change.mutable_occurrence();
    occurrence->set_name("divisions/370124/plans/202601/tasks/1/assignments/1-lead/occurrences/1");
    occurrence->set_role(plans::v1::ParsedUnit::LEAD);
    occurrence->set_due_date("2026-06-30");
    occurrence->set_state(state);
    occurrence->set_revision(revision);
    return change;
  }

  void Apply(const std::vector<Change>& changes) {
    plans::v1::WatchResponse message;
    message.mutable_changes()->Add(changes.begin(), changes.end());
    message.set_resume_token(std::to_string(++batches_));
    ASSERT_TRUE(store_.Apply(*ReadBatch(store_.ReadPosition()->resume_token, message)));
  }

  static v1::WatchOverviewRequest County(const std::string& name = "divisions/370124") {
    v1::WatchOverviewRequest request;
    request.mutable_overview()->set_name(name);
    request.mutable_overview()->set_year(2026);
    return request;
  }

  TestDatabase database_{kSchema};
  PostgresFigureStore store_{{.conninfo = database_.conninfo(), .connections = 2}};
  FiguresService service_{store_, kRules2026, std::chrono::system_clock::now};
  auth::OpenGate gate_;
  rpc::Executor executor_{{.workers = 2}, gate_};
  OverviewWatch watch_{service_, store_, executor_, {.look = 5ms, .heartbeat = 300ms}};
  FiguresRpc figures_{service_, watch_, executor_};
  std::unique_ptr<rpc::Server> server_ =
      *rpc::Server::Start({.listen = "127.0.0.1:0"}, {&figures_});
  std::unique_ptr<v1::Figures::Stub> stub_ =
      v1::Figures::NewStub(rpc::MakeChannel(server_->address()));
  grpc::ClientContext context_;
  int batches_ = 0;
};

// The next message with figures.
std::optional<v1::Overview> NextOverview(grpc::ClientReader<v1::WatchOverviewResponse>& stream) {
  v1::WatchOverviewResponse response;
  while (stream.Read(&response)) {
    if (response.has_overview()) return response.overview();
  }
  return std::nullopt;
}

TEST_F(OverviewWatchTest, SendsTheFiguresAndThenThoseThatHaveChanged) {
  const auto stream = stub_->WatchOverview(&context_, County());
  const auto first = NextOverview(*stream);
  ASSERT_TRUE(first);
  EXPECT_EQ(first->display_name(), "青禾县");
  EXPECT_EQ(first->total().completion().numerator(), 0);
  EXPECT_EQ(first->total().completion().denominator(), 1);
  Apply({Occurrence(plans::v1::Occurrence::VERIFIED, 2)});
  const auto second = NextOverview(*stream);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->total().completion().numerator(), 1);
  context_.TryCancel();
}

TEST_F(OverviewWatchTest, SendsHeartbeatsWithoutFiguresWhileNothingChanges) {
  const auto stream = stub_->WatchOverview(&context_, County());
  v1::WatchOverviewResponse response;
  ASSERT_TRUE(stream->Read(&response));
  EXPECT_TRUE(response.has_overview());
  for (int beat = 0; beat < 3; ++beat) {
    ASSERT_TRUE(stream->Read(&response));
    EXPECT_FALSE(response.has_overview());
  }
  context_.TryCancel();
}

TEST_F(OverviewWatchTest, EndsWithTheErrorOfItsRequest) {
  const auto unknown = stub_->WatchOverview(&context_, County("divisions/370125"));
  EXPECT_FALSE(NextOverview(*unknown));
  EXPECT_EQ(unknown->Finish().error_code(), grpc::StatusCode::NOT_FOUND);
  auto comparing = County();
  comparing.mutable_overview()->set_compare_with(v1::GetOverviewRequest::PREVIOUS_MONTH);
  grpc::ClientContext other;
  const auto compared = stub_->WatchOverview(&other, comparing);
  EXPECT_FALSE(NextOverview(*compared));
  EXPECT_EQ(compared->Finish().error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(OverviewWatchTest, SendsWatchersToAnotherServerWhenThisOneStops) {
  const auto stream = stub_->WatchOverview(&context_, County());
  ASSERT_TRUE(NextOverview(*stream));
  watch_.Stop();
  EXPECT_FALSE(NextOverview(*stream));
  EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
  grpc::ClientContext other;
  const auto late = stub_->WatchOverview(&other, County());
  EXPECT_FALSE(NextOverview(*late));
  EXPECT_EQ(late->Finish().error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(OverviewWatchTest, ForgetsAWatcherWhoLeaves) {
  for (int i = 0; i < 20; ++i) {
    grpc::ClientContext context;
    const auto stream = stub_->WatchOverview(&context, County());
    if (i % 2 == 0) {
      ASSERT_TRUE(NextOverview(*stream));
    }
    context.TryCancel();
    EXPECT_EQ(stream->Finish().error_code(), grpc::StatusCode::CANCELLED);
  }
}

}  // namespace
}  // namespace gongkai::reporting
