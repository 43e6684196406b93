#include "services/common/transcoding/text.h"

#include <gtest/gtest.h>

#include <cmath>

namespace gongkai {
namespace {

TEST(Text, Utf8IsRecognizedToTheLastByte) {
  for (const char* text : {"", "abc", "公开", "é", "\xf4\x8f\xbf\xbf"}) EXPECT_TRUE(IsUtf8(text));
  for (const char* text : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe5\x85", "\xed\xa0\x80",
                           "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "公\xff"}) {
    EXPECT_FALSE(IsUtf8(text)) << testing::PrintToString(text);
  }
}

TEST(Text, JsonStringsEscapeWhatJsonDemandsAndNothingElse) {
  std::string json;
  ASSERT_TRUE(AppendJsonString(json, "a\"b\\c\n\x01/公开<\x7f"));
  EXPECT_EQ(json, "\"a\\\"b\\\\c\\n\\u0001/公开<\x7f\"");
}

TEST(Text, NoUtf8IsNoJsonString) {
  std::string json = "before";
  EXPECT_FALSE(AppendJsonString(json, "abc\xff"));
  EXPECT_EQ(json, "before");
}

TEST(Text, Base64ReadsBothAlphabets) {
  EXPECT_EQ(Base64(""), "");
  EXPECT_EQ(Base64("\xfb\xff"), "+/8=");
  EXPECT_EQ(Base64("abc"), "YWJj");
  for (const char* text : {"+/8=", "-_8=", "+/8", "-_8"}) EXPECT_EQ(FromBase64(text), "\xfb\xff");
  for (const char* text : {"a", "a===", "YW J", "Y=WJ", "====", "YWJj="}) {
    EXPECT_FALSE(FromBase64(text)) << text;
  }
}

TEST(Text, NumbersAreShortAndExact) {
  EXPECT_EQ(NumberText(0.1), "0.1");
  EXPECT_EQ(NumberText(0.1f), "0.1");
  EXPECT_EQ(NumberText(100000.0), "100000");
  EXPECT_EQ(NumberText(-0.0), "-0");
  EXPECT_EQ(NumberText(1e300), "1e+300");
  EXPECT_EQ(NumberText(std::nan("")), "NaN");
  EXPECT_EQ(NumberText(-INFINITY), "-Infinity");
}

TEST(Text, TheNearestNameIsTheOneThatWasMeant) {
  const std::vector<std::string> names = {"pageSize", "pageToken", "filter"};
  EXPECT_EQ(NearestName("page_size", names), "pageSize");
  EXPECT_EQ(NearestName("pagesizes", names), "pageSize");
  EXPECT_EQ(NearestName("fitler", names), "filter");
  EXPECT_EQ(NearestName("division", names), std::nullopt);
}

}  // namespace
}  // namespace gongkai
