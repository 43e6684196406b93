#include "services/plans/importer/field_locator.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

const Text kDocument = U"\t公布县林业局名录\n\t县林业局、县\n 财政局、县林业局\n";
constexpr Span kTask{1, 9};
constexpr Span kUnits{11, 27};

std::string At(std::optional<Span> span) {
  if (!span) return "nowhere";
  return EncodeUtf8(TextView(kDocument).substr(span->start, span->end - span->start));
}

TEST(FieldLocator, LooksInItsPlacesOnly) {
  FieldLocator locator(kDocument, {kUnits});
  EXPECT_EQ(locator.Find(U"县林业局")->start, 11u);
  EXPECT_EQ(At(locator.Find(U"名录")), "nowhere");
}

TEST(FieldLocator, FindsOneBehindTheOther) {
  FieldLocator locator(kDocument, {kTask, kUnits});
  EXPECT_EQ(locator.Find(U"县林业局")->start, 3u);
  EXPECT_EQ(locator.Find(U"县林业局")->start, 11u);
  EXPECT_EQ(locator.Find(U"县林业局")->start, 23u);
  EXPECT_EQ(locator.Find(U"县林业局")->start, 3u) << "no further one: the first again";
}

TEST(FieldLocator, ReadsOverLineEndsAndSpaces) {
  FieldLocator locator(kDocument, {kUnits});
  EXPECT_EQ(At(locator.Find(U"县财政局")), "县\n 财政局");
}

TEST(FieldLocator, NamesTheCellWhereTheTextIsNotInIt) {
  FieldLocator locator(kDocument, {kUnits});
  const Origin origin = locator.Locate(U"各部门", Confidence::kLow);
  EXPECT_TRUE(origin.source == ToSource(kUnits));
  EXPECT_EQ(origin.confidence, Confidence::kLow);
  FieldLocator nowhere(kDocument, {});
  EXPECT_FALSE(nowhere.Locate(U"各部门", Confidence::kLow).source);
}

TEST(FieldLocator, GivesUpAfterSeveralMisses) {
  FieldLocator locator(kDocument, {kUnits});
  for (int i = 0; i < 8; ++i) EXPECT_FALSE(locator.Find(U"各部门"));
  EXPECT_FALSE(locator.Find(U"县林业局"));
}

}  // namespace
}  // namespace gongkai::plans::importer
