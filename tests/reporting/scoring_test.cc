#include <gtest/gtest.h>

#include "services/reporting/scoring/evaluation.h"
#include "services/reporting/scoring/formula.h"
#include "services/reporting/scoring/scheme.h"

namespace gongkai::reporting {
namespace {

struct FormulaCase {
  const char* text;
  const char* value;  // a fraction in lowest terms, `N/A`, or `at 3: …` for a text that is refused
};

// a = 3/4, b = 2, none is not applicable.
const FormulaCase kFormulas[] = {
    {"1", "1"},
    {"0.25", "1/4"},
    {"60%", "3/5"},
    {"1 + 2 * 3", "7"},
    {"(1 + 2) * 3", "9"},
    {"10 - 2 - 3", "5"},
    {"12 / 2 / 3", "2"},
    {"-b + 5", "3"},
    {"2 * -b", "-4"},
    {"20 * a", "15"},
    {"a >= 75%", "1"},
    {"a > 0.75", "0"},
    {"a <= 0.74", "0"},
    {"b = 2", "1"},
    {"b != 2", "0"},
    {"not b < 1", "1"},
    {"b < 1 or a < 1 and b = 2", "1"},
    {"if(a < 80%, 10, 20)", "10"},
    {"if(a >= 80%, none, 20)", "20"},
    {"min(a, b, 1/2)", "1/2"},
    {"max(a, b)", "2"},
    {"floor(7 / 2)", "3"},
    {"floor(-7 / 2)", "-4"},
    {"none", "N/A"},
    {"1 + none", "N/A"},
    {"if(none, 1, 2)", "N/A"},
    {"otherwise(none, 5)", "5"},
    {"otherwise(a, 5)", "3/4"},
    {"1 / 0", "N/A"},
    {"otherwise(1 / (b - 2), 9)", "9"},
    {"", "at 1: expected a number, a name or ("},
    {"1 +", "at 4: expected a number, a name or ("},
    {"1 2", "at 3: expected an operator or the end"},
    {"1 < 2 < 3", "at 7: expected an operator or the end"},
    {"(1", "at 3: expected )"},
    {"min(1", "at 6: expected , or )"},
    {"min(1)", "at 1: min takes 2 or more arguments"},
    {"if(1, 2)", "at 1: if takes 3 arguments"},
    {"round(1)",
     "at 1: there is no function \"round\"; there are if, min, max, floor and otherwise"},
    {"完成 + 1", "at 1: expected a number, a name or ("},
    {"1 + 2 * 逾", "at 9: expected a number, a name or ("},
    {"1234567890123", "at 1: a number has at most 12 digits"},
    {"999999999999 * 999999999999", "at 14: the number is too large here"},
};

class FormulaTest : public ::testing::TestWithParam<FormulaCase> {};

std::string ValueOf(std::string_view text) {
  const auto knows = [](std::string_view name) {
    return name == "a" || name == "b" || name == "none";
  };
  const auto show = [](const FormulaError& error) {
    return "at " + std::to_string(error.position) + ": " + error.message;
  };
  const auto formula = Formula::Parse(text, knows);
  if (!formula) return show(formula.error());
  const auto value = formula->Evaluate([](std::string_view name) -> std::optional<Rational> {
    if (name == "a") return Rational::Of(3, 4);
    return name == "b" ? std::optional<Rational>(2) : std::nullopt;
  });
  if (!value) return show(value.error());
  if (!*value) return "N/A";
  const auto text_of = std::to_string((*value)->numerator());
  return (*value)->denominator() == 1 ? text_of
                                      : text_of + "/" + std::to_string((*value)->denominator());
}

TEST_P(FormulaTest, HasThisValue) { EXPECT_EQ(ValueOf(GetParam().text), GetParam().value); }

INSTANTIATE_TEST_SUITE_P(Scoring, FormulaTest, ::testing::ValuesIn(kFormulas));

TEST(Formula, IsRefusedWhereItGoesTooDeep) {
  EXPECT_EQ(ValueOf(std::string(200, '(') + "1"), "at 41: too many parentheses");
  EXPECT_EQ(ValueOf(std::string(200, '-') + "1"), "at 41: too many signs");
  EXPECT_EQ(ValueOf(std::string(501, '1')), "at 502: a formula has at most 500 characters");
}

TEST(Points, AreRoundedHalfAwayFromZero) {
  EXPECT_EQ(Rational::Of(1, 200)->Hundredths(), 1);
  EXPECT_EQ(Rational::Of(-1, 200)->Hundredths(), -1);
  EXPECT_EQ(Rational::Of(1, 201)->Hundredths(), 0);
  EXPECT_EQ(Rational::Of(2, 3)->Hundredths(), 67);
  EXPECT_EQ(PointsText(1250), "12.5");
  EXPECT_EQ(PointsText(-5), "-0.05");
  EXPECT_EQ(PointsText(10000), "100");
}

Indicator Leaf(const char* key, IndicatorKind kind, Points points, const char* formula) {
  return {.key = key, .title = key, .kind = kind, .points = points, .formula = formula};
}
Indicator Group(const char* key, Points points, std::vector<Indicator> children) {
  return {.key = key,
          .title = key,
          .kind = IndicatorKind::kGroup,
          .points = points,
          .children = std::move(children)};
}

std::string Faults(const std::vector<Indicator>& indicators) {
  const auto scheme = Scheme::Check(indicators);
  if (scheme) return "";
  std::string text;
  for (const auto& each : scheme.error().violations)
    text += each.field + ": " + each.description + "\n";
  return text;
}

TEST(Scheme, NamesEveryFaultAndItsPlace) {
  EXPECT_EQ(
      Faults({Group("a", 3000,
                    {Leaf("b", IndicatorKind::kScore, 2000, "points * complete"),
                     Leaf("b", IndicatorKind::kScore, 500, "points")}),
              Leaf("C", IndicatorKind::kBonus, 0, "1")}),
      "indicators[0].children[0].formula: at character 10: \"complete\" is no figure; expected "
      "one as FigureSet names it, e.g. completion, or points\n"
      "indicators[0].children[1].key: \"b\" stands twice\n"
      "indicators[0].points: is 30, but what stands in the group can earn 25\n"
      "indicators[1].key: \"C\" must be 1 to 40 of the characters a-z, 0-9 and _\n"
      "indicators[1].points: must be above 0\n");
  EXPECT_EQ(Faults({}), "indicators: a scheme needs at least one\n");
  EXPECT_EQ(Faults({Group("a", 0, {})}), "indicators[0].children: a group needs indicators\n");
  EXPECT_EQ(Faults({Leaf("a", IndicatorKind::kScore, 100, "overdue_not_done.numerator")}),
            "indicators[0].formula: at character 1: \"overdue_not_done.numerator\" is no figure; "
            "expected one as FigureSet names it, e.g. completion, or points\n")
      << "a count has no parts";
}

// completion 3/4, on_time 1/2, overdue_not_done 4; claim is not applicable.
FigureSet Figures() {
  FigureSet figures;
  figures.completion = {3, 4};
  figures.on_time = {1, 2};
  figures.overdue_not_done = 4;
  return figures;
}

Score ScoreOf(const std::vector<Indicator>& indicators, const Marks& marks = {}) {
  const auto scheme = Scheme::Check(indicators);
  EXPECT_TRUE(scheme);
  auto score = Evaluate(*scheme, Figures(), marks);
  EXPECT_TRUE(score);
  return *score;
}

TEST(Evaluation, SumsAGroupAndTellsWhyEachPointWasLost) {
  const auto score = ScoreOf(
      {Group("work", 10000,
             {Leaf("done", IndicatorKind::kScore, 6000, "points * completion"),
              Leaf("late", IndicatorKind::kScore, 4000, "points - 2.5 * overdue_not_done")})});
  EXPECT_EQ(score.total, 4500 + 3000);
  const auto& group = score.indicators[0];
  EXPECT_EQ(group.points, 7500);
  EXPECT_EQ(group.lost, 2500);
  EXPECT_EQ(group.children[0].lost, 1500);
  EXPECT_EQ(group.children[0].why, "points * completion；completion=75.0%（3/4）");
  ASSERT_EQ(group.children[0].figures.size(), 1u);
  EXPECT_EQ(group.children[0].figures[0].value.denominator, 4);
  EXPECT_EQ(group.children[1].why, "points - 2.5 * overdue_not_done；overdue_not_done=4");
}

TEST(Evaluation, KeepsPointsBetweenNothingAndTheirs) {
  EXPECT_EQ(ScoreOf({Leaf("a", IndicatorKind::kScore, 1000, "5 - 2 * overdue_not_done")}).total, 0);
  EXPECT_EQ(ScoreOf({Leaf("a", IndicatorKind::kScore, 1000, "points * 3")}).total, 1000);
}

TEST(Evaluation, AddsBonusesAndTakesDeductionsUpToTheirCaps) {
  const auto score =
      ScoreOf({Leaf("a", IndicatorKind::kScore, 10000, "points"),
               Leaf("plus", IndicatorKind::kBonus, 500, "100 * completion"),
               Leaf("minus", IndicatorKind::kDeduction, 1000, "2 * overdue_not_done")});
  EXPECT_EQ(score.bonus, 500);
  EXPECT_EQ(score.deducted, 800);
  EXPECT_EQ(score.total, 10000 + 500 - 800);
  EXPECT_EQ(score.full, 10000);
  EXPECT_EQ(ScoreOf({Leaf("minus", IndicatorKind::kDeduction, 1000, "10")}).total, 0)
      << "never below nothing";
}

TEST(Evaluation, AVetoLimitsTheTotalWhereItStrikes) {
  const auto with = [](const char* formula) {
    return ScoreOf({Leaf("a", IndicatorKind::kScore, 10000, "points"),
                    Leaf("veto", IndicatorKind::kVeto, 5900, formula)});
  };
  EXPECT_EQ(with("on_time < 60%").total, 5900);
  EXPECT_TRUE(with("on_time < 60%").vetoed);
  EXPECT_TRUE(with("on_time < 60%").indicators[1].strikes);
  EXPECT_EQ(with("on_time < 50%").total, 10000);
  EXPECT_FALSE(with("on_time < 50%").vetoed);
  EXPECT_EQ(with("1 / 1000").total, 5900) << "anything but 0 strikes";
  EXPECT_EQ(with("claim < 50%").total, 10000) << "what is not applicable does not";
}

TEST(Evaluation, LetsTheRestOfAGroupStandForWhatIsNotApplicable) {
  auto claim = Leaf("claim", IndicatorKind::kScore, 4000, "points * claim");
  const auto total = [&] {
    return ScoreOf(
               {Group("g", 10000,
                      {Leaf("done", IndicatorKind::kScore, 6000, "points * completion"), claim})})
        .total;
  };
  EXPECT_EQ(total(), 7500) << "45 of 60 is 75 of 100";
  claim.not_applicable = NotApplicable::kFull;
  EXPECT_EQ(total(), 4500 + 4000);
  claim.not_applicable = NotApplicable::kNone;
  EXPECT_EQ(total(), 4500);
}

TEST(Evaluation, AGroupOfWhichNothingAppliesIsLeftOutItself) {
  const auto score =
      ScoreOf({Group("g", 4000, {Leaf("claim", IndicatorKind::kScore, 4000, "points * claim")}),
               Leaf("done", IndicatorKind::kScore, 6000, "points * completion")});
  EXPECT_EQ(score.indicators[0].outcome, Outcome::kNotApplicable);
  EXPECT_EQ(score.total, 7500);
}

TEST(Evaluation, WaitsForMarksThatNobodyHasGiven) {
  const std::vector<Indicator> indicators = {Leaf("a", IndicatorKind::kScore, 5000, "points"),
                                             Leaf("site", IndicatorKind::kScore, 5000, "")};
  const auto pending = ScoreOf(indicators);
  EXPECT_EQ(pending.pending, 1);
  EXPECT_EQ(pending.total, 5000);
  EXPECT_EQ(pending.indicators[1].outcome, Outcome::kPending);
  const auto marked = ScoreOf(indicators, {{"site", {4250, "专栏更新不及时"}}});
  EXPECT_EQ(marked.pending, 0);
  EXPECT_EQ(marked.total, 9250);
  EXPECT_EQ(marked.indicators[1].lost, 750);
  EXPECT_EQ(marked.indicators[1].why, "人工评分：专栏更新不及时");
}

}  // namespace
}  // namespace gongkai::reporting
