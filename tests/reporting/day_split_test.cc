#include "services/reporting/projector/day_split.h"

#include <gtest/gtest.h>

#include "google/protobuf/util/time_util.h"

namespace gongkai::reporting {
namespace {

using plans::v1::WatchResponse;

void AddAt(WatchResponse& message, const char* utc, const char* token) {
  auto* change = message.add_changes();
  EXPECT_TRUE(google::protobuf::util::TimeUtil::FromString(utc, change->mutable_change_time()));
  change->set_resume_token(token);
}

TEST(DaySplit, CutsAtMidnightInShanghai) {
  WatchResponse message;
  AddAt(message, "2023-06-30T15:59:59Z", "a");
  AddAt(message, "2023-06-30T16:00:00Z", "b");
  AddAt(message, "2023-07-01T15:59:59Z", "c");
  message.set_resume_token("end");
  message.mutable_current_as_of()->set_seconds(1);
  const auto parts = SplitByDay(message);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].changes_size(), 1);
  EXPECT_EQ(parts[0].resume_token(), "a");
  EXPECT_FALSE(parts[0].has_current_as_of());
  EXPECT_EQ(parts[1].changes_size(), 2);
  EXPECT_EQ(parts[1].resume_token(), "end");
  EXPECT_TRUE(parts[1].has_current_as_of());
}

TEST(DaySplit, LeavesASnapshotAndAHeartbeatWhole) {
  WatchResponse snapshot;
  snapshot.add_changes();
  snapshot.add_changes();
  snapshot.set_snapshot(true);
  ASSERT_EQ(SplitByDay(snapshot).size(), 1u);
  EXPECT_TRUE(SplitByDay(snapshot)[0].snapshot());
  EXPECT_EQ(SplitByDay({}).size(), 1u);
}

TEST(DaySplit, DoesNotCutWhereTheFeedCouldNotGoOnFrom) {
  WatchResponse message;
  AddAt(message, "2023-06-30T12:00:00Z", "");
  AddAt(message, "2023-07-01T12:00:00Z", "b");
  EXPECT_EQ(SplitByDay(message).size(), 1u);
}

}  // namespace
}  // namespace gongkai::reporting
