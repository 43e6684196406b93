#include "services/plans/domain/interpretation_duty.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

TEST(InterpretationDuty, IsOfNormativeDocumentsWhoeverIssuesThem) {
  EXPECT_TRUE(MustInterpretByRule({.proactive = true, .normative = true}));
  EXPECT_TRUE(MustInterpretByRule({.proactive = true, .normative = true, .by_government = true}));
}

TEST(InterpretationDuty, IsOfWhatTheGovernmentIssuesAndConcernsThePublic) {
  EXPECT_TRUE(
      MustInterpretByRule({.proactive = true, .by_government = true, .concerns_public = true}));
  EXPECT_FALSE(MustInterpretByRule({.proactive = true, .by_government = true}));
  EXPECT_FALSE(MustInterpretByRule({.proactive = true, .concerns_public = true}));
}

TEST(InterpretationDuty, IsOfNothingThatIsNotDisclosedToEverybody) {
  EXPECT_FALSE(
      MustInterpretByRule({.normative = true, .by_government = true, .concerns_public = true}));
}

}  // namespace
}  // namespace gongkai::plans
