#include "services/plans/domain/contact.h"

#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

TEST(Contact, ShowsOnlyItsFirstThreeAndLastTwoCharacters) {
  EXPECT_EQ(Masked("13800001234"), "138******34");
  EXPECT_EQ(Masked("0531-87654321"), "053********21");
  EXPECT_EQ(Masked("县府办值班电话"), "县府办**电话");
}

TEST(Contact, OfFiveCharactersOrLessIsHiddenWhole) {
  EXPECT_EQ(Masked("87654"), "*****");
  EXPECT_EQ(Masked("内线二三"), "****");
  EXPECT_EQ(Masked(""), "");
}

}  // namespace
}  // namespace gongkai::plans
