#include "services/plans/domain/resource_name.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

TEST(ResourceName, ReadsWhatItWrites) {
  const OccurrenceKey key{{{{{370124}, 202301}, 16}, 17, UnitRole::kLead}, 3};
  const std::string name =
      "divisions/370124/plans/202301/tasks/16/assignments/17-lead/occurrences/3";
  EXPECT_EQ(FormatName(key), name);
  EXPECT_EQ(ParseOccurrenceName(name), key);
  EXPECT_EQ(ParseAssignmentName(FormatName(key.assignment)), key.assignment);
  EXPECT_EQ(ParseTaskName(FormatName(key.assignment.task)), key.assignment.task);
  EXPECT_EQ(ParseUnitName("divisions/370124/units/17"), (UnitKey{{370124}, 17}));
}

TEST(ResourceName, RefusesAnyOtherForm) {
  for (const char* name :
       {"", "plans/1", "divisions/x/plans/1", "divisions/1/plans", "divisions/1/plans/",
        "divisions/1/plans/-1", "divisions/1/plans/01", "divisions/1/plans/1/",
        "/divisions/1/plans/1", "divisions/1/plans/9999999999", "divisions/1/plans/1x",
        "divisions//plans/1"}) {
    EXPECT_FALSE(ParsePlanName(name)) << name;
  }
  EXPECT_FALSE(ParseAssignmentName("divisions/1/plans/1/tasks/1/assignments/17-boss"));
  EXPECT_FALSE(ParseAssignmentName("divisions/1/plans/-/tasks/1/assignments/17-lead"));
}

TEST(ResourceName, ADashInAParentStandsForAny) {
  const auto scope = ParseAssignmentScope("divisions/1/plans/-/tasks/4/assignments/-");
  ASSERT_TRUE(scope);
  EXPECT_FALSE(scope->plan);
  EXPECT_EQ(scope->task, 4);
  EXPECT_FALSE(scope->unit);
  EXPECT_FALSE(ParseAssignmentScope("divisions/-/plans/-/tasks/-/assignments/-"));
}

}  // namespace
}  // namespace gongkai::plans
