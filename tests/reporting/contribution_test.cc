#include "services/reporting/domain/contribution.h"

#include <gtest/gtest.h>

namespace gongkai::reporting {
namespace {

OccurrenceFact DueInJune(OccurrenceState state) {
  return {.due_date = ParseDate("2023-06-30"), .state = state};
}

OccurrenceFact SubmittedOn(const char* date, OccurrenceState state) {
  auto occurrence = DueInJune(state);
  occurrence.submit_date = ParseDate(date);
  return occurrence;
}

TEST(OccurrenceContribution, ACancelledOccurrenceCountsNowhere) {
  auto cancelled = SubmittedOn("2023-06-01", OccurrenceState::kCancelled);
  cancelled.evidence_count = 3;
  EXPECT_EQ(ContributionOf(cancelled), OccurrenceContribution{});
}

TEST(OccurrenceContribution, AnOpenOccurrenceIsOwedAndNothingElse) {
  EXPECT_EQ(ContributionOf(DueInJune(OccurrenceState::kOpen)), OccurrenceContribution{.active = 1});
}

TEST(OccurrenceContribution, AReturnedOccurrenceIsNotValidlySubmitted) {
  auto returned = SubmittedOn("2023-06-01", OccurrenceState::kReturned);
  returned.evidence_count = 1;
  EXPECT_EQ(ContributionOf(returned), OccurrenceContribution{.active = 1});
}

TEST(OccurrenceContribution, TheDueDateItselfIsInTime) {
  EXPECT_EQ(ContributionOf(SubmittedOn("2023-06-30", OccurrenceState::kVerified)),
            (OccurrenceContribution{
                .active = 1, .self_reported = 1, .verified = 1, .verified_in_time = 1}));
}

TEST(OccurrenceContribution, TheDayAfterIsLate) {
  EXPECT_EQ(ContributionOf(SubmittedOn("2023-07-01", OccurrenceState::kVerified)),
            (OccurrenceContribution{
                .active = 1, .self_reported = 1, .verified = 1, .self_reported_late = 1}));
}

TEST(OccurrenceContribution, ASubmissionInTimeIsOnTimeOnlyOnceVerified) {
  EXPECT_EQ(ContributionOf(SubmittedOn("2023-06-30", OccurrenceState::kSubmitted)),
            (OccurrenceContribution{.active = 1, .self_reported = 1}));
}

TEST(OccurrenceContribution, EvidenceCountsFromTheSubmissionOn) {
  auto open = DueInJune(OccurrenceState::kOpen);
  open.evidence_count = 2;
  EXPECT_EQ(ContributionOf(open).with_evidence, 0);
  auto submitted = SubmittedOn("2023-06-01", OccurrenceState::kSubmitted);
  submitted.evidence_count = 2;
  EXPECT_EQ(ContributionOf(submitted).with_evidence, 1);
}

TEST(OccurrenceContribution, WithoutADueDateNothingIsEarlyOrLate) {
  auto occurrence = SubmittedOn("2023-06-01", OccurrenceState::kVerified);
  occurrence.due_date.reset();
  EXPECT_EQ(ContributionOf(occurrence),
            (OccurrenceContribution{.active = 1, .self_reported = 1, .verified = 1}));
}

TEST(AssignmentContribution, FollowsTheState) {
  const struct {
    AssignmentState state;
    AssignmentContribution expected;
  } rows[] = {{AssignmentState::kAssigned, {.claimable = 1}},
              {AssignmentState::kClaimed, {.claimable = 1, .claimed = 1}},
              {AssignmentState::kFiled, {.claimable = 1, .claimed = 1, .filed = 1}},
              {AssignmentState::kDeclined, {}},
              {AssignmentState::kCancelled, {}}};
  for (const auto& row : rows) {
    EXPECT_EQ(ContributionOf(AssignmentFact{.state = row.state}), row.expected)
        << static_cast<int>(row.state);
  }
}

}  // namespace
}  // namespace gongkai::reporting
