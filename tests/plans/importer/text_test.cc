#include "services/plans/importer/text.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

TEST(Text, DecodesAndEncodesUtf8) {
  const std::string bytes = "A\u00e9\u4e2d\U00020000";
  const auto text = DecodeUtf8(bytes);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->size(), 4u);
  EXPECT_EQ(EncodeUtf8(*text), bytes);
}

TEST(Text, NamesTheByteThatIsNotUtf8) {
  const std::string wrong[] = {
      "ab\xff",                // no lead byte
      "ab\xe4\xb8",            // cut off
      "ab\xc0\xaf",            // overlong
      "ab\xed\xa0\x80",        // surrogate
      std::string("ab\0c", 4)  // NUL, as in UTF-16 and Word files
  };
  for (const std::string& bytes : wrong) {
    const auto text = DecodeUtf8(bytes);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().code, ErrorCode::kInvalidArgument);
    EXPECT_EQ(text.error().reason, "DOCUMENT_UNREADABLE");
    EXPECT_EQ(text.error().metadata.at("offset"), "2");
  }
}

TEST(Text, CleansWhatTheWordProcessorLeft) {
  EXPECT_EQ(EncodeUtf8(CleanText(U"[bookmark: _GoBack]2021 年　工作\u00a0要点\ufeff")),
            "2021年工作要点");
  EXPECT_EQ(EncodeUtf8(CleanText(U" Web 2.0 网站 ")), "Web 2.0网站");
  EXPECT_EQ(EncodeUtf8(CleanText(U"[附注]照旧")), "[附注]照旧");
}

}  // namespace
}  // namespace gongkai::plans::importer
