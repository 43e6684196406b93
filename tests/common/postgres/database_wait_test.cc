#include "services/common/postgres/database_wait.h"

#include <gtest/gtest.h>

namespace gongkai::postgres {
namespace {

using std::chrono::seconds;

Error Older() { return {.code = ErrorCode::kFailedPrecondition, .reason = "SCHEMA_OLDER"}; }
Error Newer() { return {.code = ErrorCode::kFailedPrecondition, .reason = "SCHEMA_NEWER"}; }

TEST(DatabaseWaitTest, WaitsForWhatTimeMends) {
  int attempts = 0;
  const auto done = WaitForDatabase(seconds(60), [&]() -> Result<void> {
    ++attempts;
    if (attempts == 1) return Fail(Unavailable("DATABASE_UNREACHABLE", "not there yet"));
    if (attempts == 2) return Fail(Older());
    return {};
  });
  EXPECT_TRUE(done);
  EXPECT_EQ(attempts, 3);
}

TEST(DatabaseWaitTest, DoesNotWaitForWhatTimeDoesNotMend) {
  int attempts = 0;
  const auto done = WaitForDatabase(seconds(60), [&]() -> Result<void> {
    ++attempts;
    return Fail(Newer());
  });
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().reason, "SCHEMA_NEWER");
  EXPECT_EQ(attempts, 1);
}

TEST(DatabaseWaitTest, WithoutALimitItTriesOnce) {
  int attempts = 0;
  const auto done = WaitForDatabase(seconds(0), [&]() -> Result<void> {
    ++attempts;
    return Fail(Older());
  });
  EXPECT_FALSE(done);
  EXPECT_EQ(attempts, 1);
}

}  // namespace
}  // namespace gongkai::postgres
