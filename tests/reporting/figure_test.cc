#include "services/reporting/domain/figure.h"

#include <gtest/gtest.h>

#include "services/reporting/domain/resource_name.h"
#include "services/reporting/domain/rules.h"

namespace gongkai::reporting {
namespace {

TEST(Ratio, IsShownInPercentWithOneDecimalRoundedHalfUp) {
  const struct {
    Ratio ratio;
    const char* shown;
  } rows[] = {{{8, 13}, "61.5%"},  {{1, 3}, "33.3%"},        {{2, 3}, "66.7%"},
              {{1, 2000}, "0.1%"}, {{1, 2001}, "0.0%"},      {{0, 7}, "0.0%"},
              {{7, 7}, "100.0%"},  {{1999, 2000}, "100.0%"}, {{1, 16}, "6.3%"}};
  for (const auto& row : rows) EXPECT_EQ(DisplayPercent(row.ratio), row.shown);
}

TEST(Ratio, IsNotApplicableWithoutAWhole) { EXPECT_EQ(DisplayPercent({0, 0}), "N/A"); }

TEST(Ratio, IsExactForNumbersThatNoDoubleHolds) {
  EXPECT_EQ(DisplayPercent({1'000'000'000'000'001, 1'000'000'000'000'002}), "100.0%");
}

TEST(FigureSet, SetsEachPartAgainstItsOwnWhole) {
  const auto figures = FiguresOf({.occurrences = 10,
                                  .self_reported = 7,
                                  .with_evidence = 6,
                                  .verified = 5,
                                  .lead_occurrences = 4,
                                  .lead_verified = 3,
                                  .due = 8,
                                  .due_verified_in_time = 2,
                                  .claimable = 9,
                                  .claimed = 6,
                                  .filed = 1,
                                  .interpreted = 3,
                                  .diversified = 2,
                                  .required = 4,
                                  .required_diversified = 1});
  EXPECT_EQ(figures.completion, (Ratio{5, 10}));
  EXPECT_EQ(figures.completion_self_reported, (Ratio{7, 10}));
  EXPECT_EQ(figures.completion_with_evidence, (Ratio{6, 10}));
  EXPECT_EQ(figures.completion_lead, (Ratio{3, 4}));
  EXPECT_EQ(figures.on_time, (Ratio{2, 8}));
  EXPECT_EQ(figures.claim, (Ratio{6, 9}));
  EXPECT_EQ(figures.filing, (Ratio{1, 6}));
  EXPECT_EQ(figures.diversified, (Ratio{2, 3}));
  EXPECT_EQ(figures.diversified_of_required, (Ratio{1, 4}));
}

TEST(Rules, AHeadAttainsTheTargetWithTwoActs) {
  EXPECT_FALSE(kRules2026.HeadAttained(1));
  EXPECT_TRUE(kRules2026.HeadAttained(2));
}

TEST(Rules, TheGovernmentsDocumentsNeedFiveFormsAndOthersTwo) {
  EXPECT_EQ(kRules2026.FormThreshold(IssuingLevel::kGovernment), 5);
  EXPECT_EQ(kRules2026.FormThreshold(IssuingLevel::kUnit), 2);
}

TEST(Rules, QuestionsAndAnswersAreText) {
  EXPECT_FALSE(kRules2026.Diversified({}));
  EXPECT_FALSE(kRules2026.Diversified({Form::kText, Form::kQa}));
  EXPECT_TRUE(kRules2026.Diversified({Form::kText, Form::kChart}));
}

TEST(FormSet, CountsAFormOnce) {
  EXPECT_EQ((FormSet{Form::kText, Form::kText, Form::kOnSite}.size()), 2);
}

TEST(ResourceName, GivesTheNumbersOfItsCollections) {
  EXPECT_EQ(NumbersIn("divisions/370124/plans/202301/tasks/16/assignments/17-lead/occurrences/3",
                      {"divisions", "plans", "tasks", "assignments", "occurrences"}),
            (std::vector{370124, 202301, 16, 17, 3}));
}

TEST(ResourceName, IsNothingInAnyOtherForm) {
  for (const char* name :
       {"", "divisions", "divisions/", "divisions/x", "divisions/0", "divisions/1/",
        "divisions/1/units", "divisions/1/units/2", "/divisions/1", "units/1", "divisions/-1",
        "divisions/1-lead", "divisions/99999999999"}) {
    EXPECT_FALSE(NumbersIn(name, {"divisions"})) << name;
  }
}

}  // namespace
}  // namespace gongkai::reporting
