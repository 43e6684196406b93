#include "services/plans/accounts/password.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace gongkai::plans {
namespace {

std::string Problem(const std::string& password) {
  const auto checked = CheckPassword("zhang.san", password);
  return checked ? "" : checked.error().message;
}

TEST(Password, HasTenCharactersOfThreeKinds) {
  EXPECT_EQ(Problem("Abcdefgh12"), "");
  EXPECT_EQ(Problem("abcdefg-12"), "");
  EXPECT_THAT(Problem("Abcdefg12"), ::testing::HasSubstr("10 to 128"));
  EXPECT_THAT(Problem(std::string(129, 'x')), ::testing::HasSubstr("10 to 128"));
  EXPECT_THAT(Problem("abcdefgh12"), ::testing::HasSubstr("three kinds"));
  EXPECT_THAT(Problem("ABCDEFGHIJ"), ::testing::HasSubstr("three kinds"));
  EXPECT_EQ(CheckPassword("a", "short").error().reason, "WEAK_PASSWORD");
}

TEST(Password, DoesNotHoldTheAccount) {
  EXPECT_THAT(Problem("1-Zhang.San-1"), ::testing::HasSubstr("account"));
}

TEST(Password, MadeByChanceKeepsToTheRulesAndNeverRepeats) {
  std::set<std::string> made;
  for (int i = 0; i < 200; ++i) {
    const auto password = RandomPassword();
    EXPECT_EQ(Problem(password), "") << password;
    EXPECT_TRUE(made.insert(password).second);
  }
}

TEST(Password, FitsItsHashAndNoOther) {
  const auto hash = HashPassword("Correct-Horse-7");
  EXPECT_THAT(hash, ::testing::StartsWith("$argon2id$"));
  EXPECT_TRUE(FitsPassword(hash, "Correct-Horse-7"));
  EXPECT_FALSE(FitsPassword(hash, "correct-Horse-7"));
  EXPECT_FALSE(FitsPassword(hash, ""));
  EXPECT_FALSE(FitsPassword("nonsense", "Correct-Horse-7"));
  EXPECT_NE(HashPassword("Correct-Horse-7"), hash) << "each has a salt of its own";
}

TEST(Password, OfNobodyCostsTheSame) {
  const auto hash = HashPassword("Correct-Horse-7");
  const auto cost = hash.substr(0, hash.rfind('$', hash.rfind('$') - 1));
  EXPECT_THAT(HashOfNobody(), ::testing::StartsWith(cost));
}

}  // namespace
}  // namespace gongkai::plans
