#include "services/plans/domain/text_likeness.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

using ::testing::Contains;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::Gt;
using ::testing::IsEmpty;
using ::testing::Lt;

TEST(TextLikeness, IsOneForTheSameTextWhateverItsPunctuation) {
  const TextLikeness likeness(
      {"及时公开就业补助，分类列出。", "及时公开（就业补助）分类列出", "召开例会"});
  EXPECT_THAT(likeness.Compare(0, 0).score, DoubleNear(1, 1e-9));
  EXPECT_THAT(likeness.Compare(0, 1).score, Gt(0.75));
}

TEST(TextLikeness, IsZeroWithoutAPairInCommon) {
  const TextLikeness likeness({"召开新闻发布会", "公示低保名单", "", "。，"});
  EXPECT_EQ(likeness.Compare(0, 1).score, 0);
  EXPECT_EQ(likeness.Compare(0, 2).score, 0);
  EXPECT_EQ(likeness.Compare(2, 3).score, 0);
  EXPECT_THAT(likeness.Compare(0, 1).shared, IsEmpty());
}

TEST(TextLikeness, WordsOfEveryTextCountLessThanThoseOfFew) {
  const TextLikeness likeness({"主动公开养老机构名单", "各镇公示养老机构情况", "主动公开预算信息",
                               "主动公开招生信息", "主动公开河湖信息"});
  const auto rare = likeness.Compare(0, 1);
  const auto common = likeness.Compare(0, 2);
  EXPECT_THAT(rare.score, Gt(common.score));
  EXPECT_THAT(common.score, Lt(0.3));
}

TEST(TextLikeness, NamesWhatIsSharedTheWeightiestFirst) {
  const TextLikeness likeness({"主动公开养老机构名单和收费", "主动公开收费，公示养老机构名单",
                               "主动公开预算", "主动公开招生"});
  EXPECT_THAT(likeness.Compare(0, 1).shared, ElementsAre("养老机构名单", "主动公开", "收费"));
}

}  // namespace
}  // namespace gongkai::plans
