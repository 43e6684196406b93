#include "services/plans/domain/attainment.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

using enum CountedSource;

CivilDate On(const char* date) { return *ParseDate(date); }

CountScope Year(std::optional<int> unit) {
  return {.task = 7, .unit = unit, .period = PeriodsOf(TargetPeriod::kYear, 2026).front()};
}

RecordedFacts Facts() {
  RecordedFacts facts;
  facts.interpretations = {
      {"acts/1", "图解", On("2026-03-31"), 2, "CHART", "PRINCIPAL_HEAD"},
      {"acts/2", "问答", On("2026-04-01"), 2, "QA", "STAFF"},
      {"acts/3", "图解", On("2026-04-02"), 3, "CHART", "PRINCIPAL_HEAD"},
      {"acts/4", "去年", On("2025-12-31"), 2, "CHART", "PRINCIPAL_HEAD"},
  };
  facts.activities = {
      {"activities/1", "联合开放日", On("2026-05-01"), {2, 3}, "OPEN_DAY"},
      {"activities/2", "培训", On("2026-05-02"), {2}, "TRAINING"},
  };
  facts.occurrences = {{"occurrences/1", "2026-Q1", On("2026-03-31"), 7, 2},
                       {"occurrences/2", "2026-Q1", On("2026-03-31"), 8, 2}};
  facts.documents = {
      {"documents/1", "甲", On("2026-01-05"), 2, false, true, {"TEXT", "CHART"}},
      {"documents/2", "乙", On("2026-02-05"), 2, false, true, {"TEXT"}},
      {"documents/3", "丙", On("2026-03-05"), 2, false, true, {}},
      {"documents/4", "丁", On("2026-04-05"), 2, false, false, {"TEXT", "QA"}},
      {"documents/5", "戊", On("2026-04-05"), 1, true, true, {"TEXT", "CHART", "VIDEO"}},
  };
  return facts;
}

std::vector<std::string> Names(const Count& count) {
  std::vector<std::string> names;
  for (const auto& act : count.acts) names.push_back(act.resource);
  return names;
}

using List = std::vector<std::string>;

TEST(Attainment, CountsTheHeadsActsOfTheUnitInTheYear) {
  const TargetBinding head{.source = kInterpretations, .interpreter = "PRINCIPAL_HEAD"};
  EXPECT_EQ(Names(CountActs(head, Year(2), Facts())), List{"acts/1"});
  EXPECT_EQ(Names(CountActs(head, Year({}), Facts())), (List{"acts/1", "acts/3"}));
}

TEST(Attainment, CountsEachPeriodOnItsOwn) {
  const TargetBinding all{.source = kInterpretations};
  const auto quarters = PeriodsOf(TargetPeriod::kQuarter, 2026);
  EXPECT_EQ(CountActs(all, {7, 2, quarters[0]}, Facts()).counted, 1);
  EXPECT_EQ(CountActs(all, {7, 2, quarters[1]}, Facts()).counted, 1);
  EXPECT_EQ(CountActs(all, {7, 2, quarters[2]}, Facts()).counted, 0);
}

TEST(Attainment, CountsAnActivityOfSeveralUnitsOnceForEachAndOnceForTheDivision) {
  const TargetBinding open{.source = kActivities, .activity_kind = "OPEN_DAY"};
  EXPECT_EQ(CountActs(open, Year(2), Facts()).counted, 1);
  EXPECT_EQ(CountActs(open, Year(3), Facts()).counted, 1);
  EXPECT_EQ(CountActs(open, Year({}), Facts()).counted, 1);
}

TEST(Attainment, CountsVerifiedOccurrencesOfTheTaskItself) {
  EXPECT_EQ(Names(CountActs({.source = kOccurrences}, Year(2), Facts())), List{"occurrences/1"});
}

TEST(Attainment, TakesRatesOfTheDocumentsThatMustBeInterpreted) {
  const auto count = CountActs({.source = kInterpretationRate}, Year(2), Facts());
  EXPECT_EQ(count.counted, 2);
  EXPECT_EQ(count.out_of, 3);
}

TEST(Attainment, TakesTheDiversifiedRateOfTheInterpretedDocuments) {
  const auto count = CountActs({.source = kFormRate}, Year(2), Facts());
  EXPECT_EQ(count.counted, 1);  // QA is text
  EXPECT_EQ(count.out_of, 3);
  EXPECT_EQ(CountActs({.source = kFormRate, .forms = {"QA"}}, Year(2), Facts()).counted, 1);
}

TEST(Attainment, TakesTheLeastNumberOfFormsOfAnyDocument) {
  const TargetBinding forms{.source = kFormsPerDocument};
  EXPECT_EQ(CountActs(forms, Year(2), Facts()).counted, 0);
  const auto government = CountActs(forms, Year({}), Facts());
  EXPECT_EQ(Names(government), List{"documents/5"});
  EXPECT_EQ(government.counted, 3);
}

TEST(Attainment, ComparesIntegers) {
  const Target two{.value = 2};
  EXPECT_EQ(IsAttained(two, kInterpretations, {.counted = 2}), true);
  EXPECT_EQ(IsAttained(two, kInterpretations, {.counted = 1}), false);
  const Target most{.comparator = Comparator::kAtMost, .value = 2};
  EXPECT_EQ(IsAttained(most, kInterpretations, {.counted = 2}), true);
  EXPECT_EQ(IsAttained(most, kInterpretations, {.counted = 3}), false);
  const Target exactly{.comparator = Comparator::kExactly, .value = 2};
  EXPECT_EQ(IsAttained(exactly, kInterpretations, {.counted = 3}), false);
  const Target percent{.value = 60};
  EXPECT_EQ(IsAttained(percent, kFormRate, {.counted = 3, .out_of = 5}), true);
  EXPECT_EQ(IsAttained(percent, kFormRate, {.counted = 599, .out_of = 1000}), false);
  const Target fraction{.value = 99.9};
  EXPECT_EQ(IsAttained(fraction, kFormRate, {.counted = 999, .out_of = 1000}), true);
}

TEST(Attainment, OfNothingIsNeitherAttainedNorMissed) {
  const Target target{.value = 60};
  EXPECT_EQ(IsAttained(target, kFormRate, {}), std::nullopt);
  EXPECT_EQ(IsAttained(target, kFormsPerDocument, {}), std::nullopt);
  EXPECT_EQ(IsAttained(target, kNotCounted, {}), std::nullopt);
  EXPECT_EQ(IsAttained(target, kActivities, {}), false);
}

TEST(Attainment, KnowsThePeriodsOfAYear) {
  const auto months = PeriodsOf(TargetPeriod::kMonth, 2026);
  ASSERT_EQ(months.size(), 12u);
  EXPECT_EQ(months[1].label, "2026-02");
  EXPECT_EQ(FormatDate(months[1].last), "2026-02-28");
  EXPECT_EQ(months[11].label, "2026-12");
  const auto quarters = PeriodsOf(TargetPeriod::kQuarter, 2026);
  EXPECT_EQ(quarters[3].label, "2026-Q4");
  EXPECT_EQ(FormatDate(quarters[3].first), "2026-10-01");
  EXPECT_EQ(PeriodsOf(TargetPeriod::kHalfYear, 2026)[1].label, "2026-H2");
  EXPECT_EQ(PeriodsOf(std::nullopt, 2026).front().label, "2026");
}

}  // namespace
}  // namespace gongkai::plans
