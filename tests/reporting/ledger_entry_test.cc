#include "services/reporting/domain/ledger_entry.h"

#include <gtest/gtest.h>

namespace gongkai::reporting {
namespace {

struct LatenessCase {
  const char* name;
  const char* due;  // empty: none
  OccurrenceState state;
  const char* submitted;  // empty: never
  Lateness lateness;
  std::optional<int> days_late;
};

// As of 2026-06-30, of a plan that was issued on 2026-02-10.
const LatenessCase kCases[] = {
    {"DueTodayIsNotLate", "2026-06-30", OccurrenceState::kOpen, "", Lateness::kNotYetDue, {}},
    {"DueYesterdayIsOneDayLate", "2026-06-29", OccurrenceState::kOpen, "", Lateness::kOverdue, 1},
    {"AReturnedSubmissionDoesNotCount", "2026-06-20", OccurrenceState::kReturned, "2026-06-19",
     Lateness::kOverdue, 10},
    {"SubmittedOnTheDueDay",
     "2026-06-20",
     OccurrenceState::kSubmitted,
     "2026-06-20",
     Lateness::kInTime,
     {}},
    {"VerifiedAfterALateSubmission", "2026-05-31", OccurrenceState::kVerified, "2026-06-02",
     Lateness::kDoneLate, 2},
    {"DueBeforeThePlanWasIssued",
     "2026-01-31",
     OccurrenceState::kOpen,
     "",
     Lateness::kDueBeforeIssue,
     {}},
    {"HangsOnAnEvent", "", OccurrenceState::kOpen, "", Lateness::kNoDueDay, {}},
    {"Cancelled", "2026-03-31", OccurrenceState::kCancelled, "", Lateness::kCancelled, {}},
};

class LatenessTest : public ::testing::TestWithParam<LatenessCase> {};

TEST_P(LatenessTest, FollowsFromTheDueDayAndTheSubmission) {
  const auto& param = GetParam();
  const LedgerEntry entry{.occurrence = {.due_date = ParseDate(param.due),
                                         .state = param.state,
                                         .submit_date = ParseDate(param.submitted)},
                          .terms = {.issue_date = ParseDate("2026-02-10")}};
  const auto as_of = *ParseDate("2026-06-30");
  EXPECT_EQ(LatenessOf(entry, as_of), param.lateness);
  EXPECT_EQ(DaysLate(entry, as_of), param.days_late);
}

INSTANTIATE_TEST_SUITE_P(Ledger, LatenessTest, ::testing::ValuesIn(kCases),
                         [](const auto& lateness) { return lateness.param.name; });

TEST(PeriodWords, AreThoseOfAnOffice) {
  EXPECT_EQ(PeriodWords("2026"), "2026年");
  EXPECT_EQ(PeriodWords("2026-H2"), "2026年下半年");
  EXPECT_EQ(PeriodWords("2026-Q3"), "2026年第三季度");
  EXPECT_EQ(PeriodWords("2026-06"), "2026年6月");
  EXPECT_EQ(PeriodWords("2026-12"), "2026年12月");
  EXPECT_EQ(PeriodWords("2026-06-12"), "2026-06-12");
}

}  // namespace
}  // namespace gongkai::reporting
