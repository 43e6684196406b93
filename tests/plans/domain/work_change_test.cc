#include "services/plans/domain/work_change.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

CivilDate Day(const char* iso) { return *ParseDate(iso); }

constexpr auto kRole = UnitRole::kResponsible;

PresentOccurrence Open(int number, const char* period, const char* due,
                       DueKind kind = DueKind::kRecurring) {
  return {number, period, Day(due), kind, true, true};
}

PresentOccurrence Submitted(int number, const char* period, const char* due) {
  return {number, period, Day(due), DueKind::kRecurring, false, true};
}

PresentOccurrence Verified(int number, const char* period, const char* due) {
  return {number, period, Day(due), DueKind::kRecurring, false, false};
}

ScheduledOccurrence Wanted(const char* period, const char* due,
                           DueKind kind = DueKind::kRecurring) {
  return {period, Day(due), kind, false};
}

std::vector<int> Numbers(const std::vector<OccurrencePlace>& places) {
  std::vector<int> numbers;
  for (const auto& place : places) numbers.push_back(place.occurrence);
  return numbers;
}

TEST(WorkChange, CancelsATaskThatIsGoneButNotWhatWasVerified) {
  const auto change =
      ChangeWork({{2,
                   kRole,
                   false,
                   {Verified(1, "2026-Q1", "2026-03-31"), Submitted(2, "2026-Q2", "2026-06-30"),
                    Open(3, "2026-Q3", "2026-09-30")}}},
                 {.wanted = {.task = 4}});
  EXPECT_EQ(change.task, 4);
  EXPECT_EQ(change.cancelled, (std::vector<ExpandedUnit>{{2, kRole, ""}}));
  EXPECT_EQ(Numbers(change.cancelled_occurrences), (std::vector<int>{2, 3}));
  EXPECT_TRUE(change.added.empty());
}

TEST(WorkChange, GivesANewTaskItsUnitsAndThePeriodsThatAreStillToCome) {
  const AmendedTask amended{
      .wanted = {.task = 5,
                 .units = {{2, kRole, "县财政局"}},
                 .occurrences = {Wanted("2026", "2026-02-28", DueKind::kFixed),
                                 Wanted("2026-Q1", "2026-03-31"), Wanted("2026-Q2", "2026-06-30"),
                                 Wanted("2026-Q3", "2026-09-30")}},
      .from = Day("2026-06-30")};
  const auto change = ChangeWork({}, amended);
  ASSERT_EQ(change.assigned.size(), 1u);
  ASSERT_EQ(change.added.size(), 3u);
  EXPECT_EQ(change.added[0].occurrence.period, "2026");
  EXPECT_EQ(change.added[1].occurrence.period, "2026-Q2");
  EXPECT_EQ(change.added[2].place.occurrence, 3);
}

TEST(WorkChange, MovesWhatWasNotSubmittedToTheNewDayOfItsPeriod) {
  const AmendedTask amended{
      .wanted = {.task = 1,
                 .units = {{2, kRole, ""}},
                 .occurrences = {Wanted("2026-Q1", "2026-03-20"), Wanted("2026-Q2", "2026-06-20"),
                                 Wanted("2026-Q3", "2026-09-20")}},
      .due_changed = true,
      .from = Day("2026-05-01")};
  const auto change =
      ChangeWork({{2,
                   kRole,
                   false,
                   {Verified(1, "2026-Q1", "2026-03-31"), Open(2, "2026-Q2", "2026-06-30"),
                    Submitted(3, "2026-Q3", "2026-09-30")}}},
                 amended);
  ASSERT_EQ(change.moved.size(), 1u);
  EXPECT_EQ(change.moved[0].place.occurrence, 2);
  EXPECT_EQ(change.moved[0].before, Day("2026-06-30"));
  EXPECT_EQ(change.moved[0].occurrence.due, Day("2026-06-20"));
  EXPECT_TRUE(change.added.empty());
  EXPECT_TRUE(change.cancelled_occurrences.empty());
}

TEST(WorkChange, ReplacesPeriodsThatTheNewRuleDoesNotHave) {
  const AmendedTask amended{
      .wanted = {.task = 1,
                 .units = {{2, kRole, ""}},
                 .occurrences = {Wanted("2026-H1", "2026-06-30"), Wanted("2026-H2", "2026-12-31")}},
      .due_changed = true,
      .from = Day("2026-07-01")};
  const auto change = ChangeWork(
      {{2, kRole, false, {Verified(1, "2026-Q1", "2026-03-31"), Open(2, "2026-Q3", "2026-09-30")}}},
      amended);
  EXPECT_EQ(Numbers(change.cancelled_occurrences), std::vector<int>{2});
  ASSERT_EQ(change.added.size(), 1u);
  EXPECT_EQ(change.added[0].occurrence.period, "2026-H2");
  EXPECT_EQ(change.added[0].place.occurrence, 3);
}

TEST(WorkChange, LeavesOccurrencesAloneWhereOnlyTheUnitsChange) {
  const AmendedTask amended{.wanted = {.task = 1,
                                       .units = {{2, kRole, ""}, {3, kRole, "东山镇"}},
                                       .occurrences = {Wanted("2026", "2026-06-30")}},
                            .from = Day("2026-05-01")};
  const auto change = ChangeWork({{1, kRole, false, {Open(1, "2026", "2026-08-15")}},
                                  {2, kRole, false, {Open(1, "2026", "2026-08-15")}}},
                                 amended);
  EXPECT_EQ(change.cancelled, (std::vector<ExpandedUnit>{{1, kRole, ""}}));
  EXPECT_EQ(change.assigned, (std::vector<ExpandedUnit>{{3, kRole, "东山镇"}}));
  EXPECT_TRUE(change.moved.empty());
  EXPECT_EQ(change.added.size(), 1u);
}

TEST(WorkChange, AssignsAgainWhatWasCancelledUnderNumbersOfItsOwn) {
  const AmendedTask amended{.wanted = {.task = 1,
                                       .units = {{2, kRole, "县财政局"}},
                                       .occurrences = {Wanted("2026-Q3", "2026-09-30")}},
                            .from = Day("2026-05-01")};
  const auto change =
      ChangeWork({{2, kRole, true, {Verified(1, "2026-Q1", "2026-03-31")}}}, amended);
  EXPECT_EQ(change.assigned.size(), 1u);
  ASSERT_EQ(change.added.size(), 1u);
  EXPECT_EQ(change.added[0].place.occurrence, 2);
}

TEST(WorkChange, LeavesOccurrencesOfEventsToTheirEvents) {
  const AmendedTask amended{.wanted = {.task = 1, .units = {{2, kRole, ""}}, .occurrences = {}},
                            .due_changed = true,
                            .from = Day("2026-05-01")};
  const auto change = ChangeWork(
      {{2, kRole, false, {Open(1, "2026-05-06", "2026-05-20", DueKind::kRelative)}}}, amended);
  EXPECT_TRUE(change.cancelled_occurrences.empty());
}

}  // namespace
}  // namespace gongkai::plans
