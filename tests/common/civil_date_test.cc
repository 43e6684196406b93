#include "services/common/time/civil_date.h"

#include <gtest/gtest.h>

namespace gongkai {
namespace {

using std::chrono::system_clock;
using namespace std::chrono_literals;

TEST(CivilDate, ReadsAndWritesIsoDates) {
  for (const char* iso : {"2023-12-31", "2024-02-29", "2019-07-01"}) {
    auto date = ParseDate(iso);
    ASSERT_TRUE(date) << iso;
    EXPECT_EQ(FormatDate(*date), iso);
  }
}

TEST(CivilDate, RefusesWhatIsNoDay) {
  for (const char* text : {"", "2023-02-29", "2023-13-01", "2023-1-1", "20230101", "2023-01-0x",
                           "2023-01-01 ", "+023-01-01"}) {
    EXPECT_FALSE(ParseDate(text)) << text;
  }
}

TEST(CivilDate, ChangesAtMidnightInShanghai) {
  const system_clock::time_point midnight = std::chrono::sys_days(*ParseDate("2023-07-27")) + 16h;
  EXPECT_EQ(FormatDate(ShanghaiDate(midnight - 1s)), "2023-07-27");
  EXPECT_EQ(FormatDate(ShanghaiDate(midnight)), "2023-07-28");
}

TEST(CivilDate, CountsDaysOverLeapYears) {
  EXPECT_EQ(DaysBetween(*ParseDate("2024-02-28"), *ParseDate("2024-03-01")), 2);
  EXPECT_EQ(DaysBetween(*ParseDate("2024-03-01"), *ParseDate("2024-02-28")), -2);
}

}  // namespace
}  // namespace gongkai
