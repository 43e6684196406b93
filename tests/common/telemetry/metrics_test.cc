#include "services/common/telemetry/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace gongkai::telemetry {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

const Call kGetPlan{"gongkai.plans.v1.Plans/GetPlan", true};
const Call kWatch{"gongkai.plans.v1.ChangeFeed/Watch", false};

TEST(MetricsTest, ACallIsCountedWhenItEnds) {
  Metrics metrics("1.2.3");
  metrics.Began(kGetPlan);
  EXPECT_THAT(metrics.Text(), HasSubstr("gongkai_rpc_calls_in_flight 1\n"));
  EXPECT_THAT(metrics.Text(), Not(HasSubstr("gongkai_rpc_calls_total{")));
  metrics.Ended(kGetPlan, "NOT_FOUND", milliseconds(20));
  const auto text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("gongkai_rpc_calls_in_flight 0\n"));
  EXPECT_THAT(text, HasSubstr("gongkai_rpc_calls_total{code=\"NOT_FOUND\","
                              "method=\"gongkai.plans.v1.Plans/GetPlan\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("gongkai_rpc_call_duration_seconds_bucket{"
                              "method=\"gongkai.plans.v1.Plans/GetPlan\",le=\"0.01\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("gongkai_rpc_call_duration_seconds_bucket{"
                              "method=\"gongkai.plans.v1.Plans/GetPlan\",le=\"0.025\"} 1\n"));
}

TEST(MetricsTest, AStreamHasNoDuration) {
  Metrics metrics("1.2.3");
  metrics.Began(kWatch);
  EXPECT_THAT(metrics.Text(), HasSubstr("gongkai_rpc_streams_open{"
                                        "method=\"gongkai.plans.v1.ChangeFeed/Watch\"} 1\n"));
  metrics.Ended(kWatch, "OK", milliseconds(20));
  const auto text = metrics.Text();
  EXPECT_THAT(text, HasSubstr("gongkai_rpc_streams_open{"
                              "method=\"gongkai.plans.v1.ChangeFeed/Watch\"} 0\n"));
  EXPECT_THAT(text, Not(HasSubstr("gongkai_rpc_call_duration_seconds_bucket")));
}

TEST(MetricsTest, ReadingsAreReadAtEachScrapeUntilTheyAreForgotten) {
  Metrics metrics("1.2.3");
  int busy = 3;
  metrics.AddGauge(kPoolBusy, {{"pool", "calls"}}, [&] { return busy; });
  EXPECT_THAT(metrics.Text(), HasSubstr("gongkai_database_connections_busy{pool=\"calls\"} 3\n"));
  busy = 4;
  EXPECT_THAT(metrics.Text(), HasSubstr("gongkai_database_connections_busy{pool=\"calls\"} 4\n"));
  metrics.Forget();
  EXPECT_THAT(metrics.Text(), Not(HasSubstr("gongkai_database_connections_busy")));
}

TEST(MetricsEndpointTest, TakesAFreePortAndNoTakenOne) {
  const Metrics metrics("1.2.3");
  const auto endpoint = MetricsEndpoint::Start("127.0.0.1:0", metrics);
  ASSERT_TRUE(endpoint);
  EXPECT_THAT((*endpoint)->address(), Not(HasSubstr(":0")));
  const auto second = MetricsEndpoint::Start((*endpoint)->address(), metrics);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().reason, "ADDRESS_IN_USE");
}

}  // namespace
}  // namespace gongkai::telemetry
