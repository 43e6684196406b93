#include "services/reporting/projector/batch_queue.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace gongkai::reporting {
namespace {

// A batch from place `number` of the feed to the next, with one unit.
Batch BatchAt(int number) {
  return {.after_token = std::to_string(number),
          .resume_token = std::to_string(number + 1),
          .known_day = ParseDate("2026-03-05"),
          .units = {{.division = 370124, .unit = number, .revision = 1}}};
}

TEST(BatchQueue, JoinsWhatWaitsToOneBatch) {
  BatchQueue queue(100);
  for (int number = 1; number <= 3; ++number) ASSERT_TRUE(queue.Put(BatchAt(number)));
  const auto batch = queue.Take();
  ASSERT_TRUE(batch);
  EXPECT_EQ(batch->after_token, "1");
  EXPECT_EQ(batch->resume_token, "4");
  ASSERT_EQ(batch->units.size(), 3u);
  EXPECT_EQ(batch->units[2].unit, 3);
}

TEST(BatchQueue, DoesNotJoinDays) {
  BatchQueue queue(100);
  ASSERT_TRUE(queue.Put(BatchAt(1)));
  auto next = BatchAt(2);
  next.known_day = ParseDate("2026-03-06");
  ASSERT_TRUE(queue.Put(next));
  EXPECT_EQ(queue.Take()->resume_token, "2");
  EXPECT_EQ(queue.Take()->known_day, ParseDate("2026-03-06"));
}

TEST(BatchQueue, JoinsAHeartbeatToAnyDay) {
  using std::chrono::system_clock;
  const auto noon = system_clock::time_point(std::chrono::seconds(1700000000));
  Batch heartbeat{.after_token = "1", .resume_token = "1", .current_as_of = noon};
  ASSERT_TRUE(Join(heartbeat, BatchAt(1), 100));
  EXPECT_EQ(heartbeat.known_day, ParseDate("2026-03-05"));
  EXPECT_EQ(heartbeat.current_as_of, noon);
  EXPECT_EQ(heartbeat.resume_token, "2");
}

TEST(BatchQueue, JoinsNoMoreThanItMay) {
  auto batch = BatchAt(1);
  ASSERT_TRUE(Join(batch, BatchAt(2), 2));
  EXPECT_FALSE(Join(batch, BatchAt(3), 2));
  EXPECT_FALSE(Join(batch, BatchAt(7), 100));  // does not go on where the batch ends
  EXPECT_EQ(batch.resume_token, "3");
  EXPECT_EQ(batch.size(), 2u);
}

TEST(BatchQueue, HandsOnEverythingInOrderThoughItHoldsLittle) {
  BatchQueue queue(3);
  constexpr int kBatches = 500;
  std::thread reader([&] {
    for (int number = 0; number < kBatches; ++number) EXPECT_TRUE(queue.Put(BatchAt(number)));
    queue.End({});
  });
  std::string token = "0";
  int units = 0;
  while (const auto batch = queue.Take()) {
    EXPECT_EQ(batch->after_token, token);
    EXPECT_LE(batch->size(), 3u);
    token = batch->resume_token;
    units += static_cast<int>(batch->units.size());
  }
  reader.join();
  EXPECT_EQ(units, kBatches);
  EXPECT_TRUE(queue.end());
}

TEST(BatchQueue, TellsTheErrorBehindTheLastBatch) {
  BatchQueue queue(100);
  ASSERT_TRUE(queue.Put(BatchAt(1)));
  queue.End(Fail(Unavailable("FEED_GONE", "the feed is gone")));
  EXPECT_TRUE(queue.Take());
  EXPECT_FALSE(queue.Take());
  ASSERT_FALSE(queue.end());
  EXPECT_EQ(queue.end().error().reason, "FEED_GONE");
}

TEST(BatchQueue, LetsNobodyWaitWhoseBatchesAreNotTakenAnyMore) {
  BatchQueue queue(1);
  ASSERT_TRUE(queue.Put(BatchAt(1)));
  std::thread reader([&] { EXPECT_FALSE(queue.Put(BatchAt(2))); });
  queue.Stop();
  reader.join();
  EXPECT_FALSE(queue.Take());
}

}  // namespace
}  // namespace gongkai::reporting
