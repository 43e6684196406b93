#include "services/common/telemetry/trace_context.h"

#include <gtest/gtest.h>

namespace gongkai::telemetry {
namespace {

constexpr char kSampled[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
constexpr char kUnsampled[] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

TEST(TraceContextTest, IsReadAndWrittenAsItCame) {
  for (const std::string text : {kSampled, kUnsampled}) {
    const auto context = TraceContext::Parse(text);
    ASSERT_TRUE(context) << text;
    EXPECT_EQ(context->Traceparent(), text);
    EXPECT_EQ(context->TraceId(), "0af7651916cd43dd8448eb211c80319c");
  }
  EXPECT_TRUE(TraceContext::Parse(kSampled)->sampled);
  EXPECT_FALSE(TraceContext::Parse(kUnsampled)->sampled);
}

TEST(TraceContextTest, OfALaterVersionWhatIsKnownIsRead) {
  const auto context = TraceContext::Parse(
      "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-09-what-the-future-brings");
  ASSERT_TRUE(context);
  EXPECT_EQ(context->Traceparent(), kSampled);
}

TEST(TraceContextTest, WhatIsNoTraceparentIsNone) {
  for (const std::string text : {
           "",
           "00",
           "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
           "00-00000000000000000000000000000000-b7ad6b7169203331-01",
           "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
           "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
           "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0x",
           "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
           "00-0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331-01",
           "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01.more",
       }) {
    EXPECT_FALSE(TraceContext::Parse(text)) << text;
  }
}

TEST(TraceContextTest, AChildStaysInItsTrace) {
  const auto parent = TraceContext::Make(true);
  const auto child = parent.Child();
  EXPECT_EQ(child.trace_id, parent.trace_id);
  EXPECT_NE(child.span_id, parent.span_id);
  EXPECT_TRUE(child.sampled);
  EXPECT_NE(TraceContext::Make(true).trace_id, parent.trace_id);
}

}  // namespace
}  // namespace gongkai::telemetry
