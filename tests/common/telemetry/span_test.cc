#include "services/common/telemetry/span.h"

#include <gtest/gtest.h>

#include <thread>

#include "services/common/telemetry/tracing.h"

namespace gongkai::telemetry {
namespace {

constexpr char kSampled[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr char kUnsampled[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

// Nobody listens there: what is told is lost, and nothing waits for it.
TracingOptions Nowhere(double ratio) {
  return {.endpoint = "127.0.0.1:1", .ratio = ratio, .service = "test", .version = "0"};
}

TEST(SpanTest, WithoutTracingNothingIsRecorded) {
  EXPECT_FALSE(Span::Enabled());
  const auto span = StartSpan({.name = "a", .parent = TraceContext::Parse(kSampled)});
  EXPECT_FALSE(span.recording());
  EXPECT_FALSE(span.context());
  const ActiveSpan active(span);
  EXPECT_FALSE(StartChildSpan("b", SpanKind::kClient).recording());
}

TEST(SpanTest, TheParentDecidesWhatIsSampled) {
  const Tracing tracing(Nowhere(1));
  const auto sampled = StartSpan({.name = "a", .parent = TraceContext::Parse(kSampled)});
  EXPECT_TRUE(sampled.context()->sampled);
  EXPECT_EQ(sampled.context()->TraceId(), "0af7651916cd43dd8448eb211c80319c");
  const auto unsampled = StartSpan({.name = "a", .parent = TraceContext::Parse(kUnsampled)});
  EXPECT_FALSE(unsampled.context()->sampled);
}

TEST(SpanTest, ATraceThatBeginsHereIsSampledByTheRatio) {
  for (const double ratio : {0.0, 1.0}) {
    const Tracing tracing(Nowhere(ratio));
    EXPECT_EQ(StartSpan({.name = "a"}).context()->sampled, ratio == 1.0);
  }
}

TEST(SpanTest, ChildrenStandBelowTheActiveSpanOfTheirThread) {
  const Tracing tracing(Nowhere(1));
  const auto outer = StartSpan({.name = "outer"});
  const ActiveSpan active(outer);
  {
    const auto inner = StartChildSpan("inner", SpanKind::kInternal);
    EXPECT_EQ(inner.context()->trace_id, outer.context()->trace_id);
    const ActiveSpan inner_active(inner);
    EXPECT_EQ(ActiveSpan::Context()->span_id, inner.context()->span_id);
  }
  EXPECT_EQ(ActiveSpan::Context()->span_id, outer.context()->span_id);
  std::thread([] { EXPECT_FALSE(ActiveSpan::Context()); }).join();
}

TEST(SpanTest, BelowWhatIsNotSampledNothingIsRecorded) {
  const Tracing tracing(Nowhere(0));
  const auto outer = StartSpan({.name = "outer"});
  const ActiveSpan active(outer);
  EXPECT_FALSE(StartChildSpan("inner", SpanKind::kClient).recording());
}

}  // namespace
}  // namespace gongkai::telemetry
