#include "services/plans/list/filter.h"

#include <gtest/gtest.h>

namespace gongkai::plans::list {
namespace {

// The tree in prefix form: `(and a=1 (or b=2 c=3))`.
std::string Shape(const Filter& filter) {
  const auto& restriction = filter.restriction;
  switch (filter.kind) {
    case Filter::Kind::kRestriction:
      return restriction.field + std::string(Spelling(restriction.op)) + restriction.value;
    case Filter::Kind::kAnd:
    case Filter::Kind::kOr:
    case Filter::Kind::kNot:
      break;
  }
  std::string shape = filter.kind == Filter::Kind::kAnd  ? "(and"
                      : filter.kind == Filter::Kind::kOr ? "(or"
                                                         : "(not";
  for (const auto& operand : filter.operands) shape += " " + Shape(operand);
  return shape + ")";
}

std::string Parsed(std::string_view text) {
  const auto filter = ParseFilter(text);
  return filter ? Shape(*filter) : filter.error().message;
}

TEST(Filter, ReadsWhatAip160Allows) {
  EXPECT_EQ(Parsed(""), "(and)");
  EXPECT_EQ(Parsed("state=OPEN"), "state=OPEN");
  EXPECT_EQ(Parsed("a=1 AND b!=2 AND c>=3"), "(and a=1 b!=2 c>=3)");
  EXPECT_EQ(Parsed("NOT a=1 AND -b:2"), "(and (not a=1) (not b:2))");
  EXPECT_EQ(Parsed("a.b < 2026-06-30"), "a.b<2026-06-30");
  EXPECT_EQ(Parsed("t > 2026-06-30T08:00:00Z"), "t>2026-06-30T08:00:00Z");
  EXPECT_EQ(Parsed("name = \"县 \\\"财政\\\" 局\""), "name=县 \"财政\" 局");
  EXPECT_EQ(Parsed("name = ''"), "name=");
  EXPECT_EQ(Parsed("order = 1 OR note = 2"), "(or order=1 note=2)");
}

TEST(Filter, BindsOrTighterThanAndAsAip160Says) {
  EXPECT_EQ(Parsed("a=1 AND b=2 OR c=3"), "(and a=1 (or b=2 c=3))");
  EXPECT_EQ(Parsed("(a=1 AND b=2) OR c=3"), "(or (and a=1 b=2) c=3)");
}

TEST(Filter, SaysWhereItIsWrongAndWhatWasExpected) {
  EXPECT_EQ(Parsed("state"), "filter: at character 6: expected one of = != < <= > >= :");
  EXPECT_EQ(Parsed("state ="), "filter: at character 8: expected a value");
  EXPECT_EQ(Parsed("name=县 b=2"), "filter: at character 8: expected AND, OR or the end");
  EXPECT_EQ(Parsed("(a=1"), "filter: at character 5: expected AND, OR or a closing parenthesis");
  EXPECT_EQ(Parsed("a=1)"),
            "filter: at character 4: expected AND, OR or the end: this parenthesis was not opened");
  EXPECT_EQ(Parsed("a=1 AND "), "filter: at character 9: expected the name of a field");
  EXPECT_EQ(Parsed("a=\"x"), "filter: at character 3: opens a quote that is not closed");
  const auto error = ParseFilter("县").error();
  EXPECT_EQ(error.reason, "INVALID_FILTER");
  EXPECT_EQ(error.metadata.at("position"), "1");
  EXPECT_EQ(error.violations.at(0).field, "filter");
}

TEST(Filter, HasLimits) {
  std::string many = "a=1";
  for (int i = 1; i < kMostRestrictions; ++i) many += " OR a=1";
  EXPECT_TRUE(ParseFilter(many));
  EXPECT_FALSE(ParseFilter(many + " OR a=1"));
  EXPECT_FALSE(
      ParseFilter(std::string(kMostFilterDepth, '(') + "a=1" + std::string(kMostFilterDepth, ')')));
  EXPECT_FALSE(ParseFilter(std::string(100000, '(')));
  EXPECT_FALSE(ParseFilter(std::string(kMostFilterCharacters + 1, ' ')));
  EXPECT_FALSE(ParseFilter(std::string_view("a=1\0", 4)));
}

}  // namespace
}  // namespace gongkai::plans::list
