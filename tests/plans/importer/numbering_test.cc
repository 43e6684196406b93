#include "services/plans/importer/numbering.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

struct NumberCase {
  TextView text;
  NumberLevel level;
  int32_t value;
  TextView rest;
};

TEST(Numbering, ReadsTheNumbersThatOfficesUse) {
  const NumberCase cases[] = {
      {U"第二部分 保障", NumberLevel::kPart, 2, U"保障"},
      {U"一、总体要求", NumberLevel::kSection, 1, U"总体要求"},
      {U"十二、附则", NumberLevel::kSection, 12, U"附则"},
      {U"（三）解读", NumberLevel::kSubsection, 3, U"解读"},
      {U"(三）解读", NumberLevel::kSubsection, 3, U"解读"},
      {U"（二十一)解读", NumberLevel::kSubsection, 21, U"解读"},
      {U"1.公开", NumberLevel::kItem, 1, U"公开"},
      {U"16．公开", NumberLevel::kItem, 16, U"公开"},
      {U"２、公开", NumberLevel::kItem, 2, U"公开"},
      {U"（4）公开", NumberLevel::kSubitem, 4, U"公开"},
      {U"5）公开", NumberLevel::kSubitem, 5, U"公开"},
      {U"③公开", NumberLevel::kCircled, 3, U"公开"},
      {U"第三条 公开", NumberLevel::kArticle, 3, U"公开"},
      {U"第二节 公开", NumberLevel::kSection, 2, U"公开"},
      {U"【四】公开", NumberLevel::kSubsection, 4, U"公开"},
      {U"㈤公开", NumberLevel::kSubsection, 5, U"公开"},
      {U"⒍公开", NumberLevel::kItem, 6, U"公开"},
      {U"⑺公开", NumberLevel::kSubitem, 7, U"公开"},
      {U"2.1公开", NumberLevel::kSubitem, 1, U"公开"},
      {U"2．3．公开", NumberLevel::kSubitem, 3, U"公开"},
      {U"1.2.12公开", NumberLevel::kCircled, 12, U"公开"},
      {U"2、1公开", NumberLevel::kSubitem, 1, U"公开"},
      {U"3.2025年度报告", NumberLevel::kItem, 3, U"2025年度报告"},
  };
  for (const NumberCase& c : cases) {
    const auto numbering = ParseNumbering(c.text);
    ASSERT_TRUE(numbering) << EncodeUtf8(c.text);
    EXPECT_EQ(numbering->level, c.level) << EncodeUtf8(c.text);
    EXPECT_EQ(numbering->value, c.value) << EncodeUtf8(c.text);
    EXPECT_EQ(EncodeUtf8(WithoutNumbering(c.text)), EncodeUtf8(c.rest));
  }
}

TEST(Numbering, LeavesNumbersOfTheSentenceAlone) {
  for (const TextView text : {U"2021年底前完成", U"3.5万元以上", U"一、二级响应", U"十五条措施",
                              U"（2023年）修订", U"12345热线", U"1.5个百分点", U"6.30前",
                              U"3.0版本", U"", U"一", U"第三条第二款规定的事项"}) {
    EXPECT_FALSE(ParseNumbering(text)) << EncodeUtf8(text);
  }
}

TEST(Numbering, PrintsSymbolsAsTheirNumber) {
  EXPECT_EQ(EncodeUtf8(ParseNumbering(U"⒓公开")->printed), "12");
  EXPECT_EQ(EncodeUtf8(ParseNumbering(U"㈩公开")->printed), "十");
  EXPECT_EQ(EncodeUtf8(ParseNumbering(U"①公开")->printed), "①");
}

TEST(Numbering, OfADecimalIsPrintedWhole) {
  EXPECT_EQ(EncodeUtf8(ParseNumbering(U"1.2公开")->printed), "1.2");
  EXPECT_TRUE(IsDecimal(*ParseNumbering(U"1.2公开")));
  EXPECT_FALSE(IsDecimal(*ParseNumbering(U"1.公开")));
}

TEST(Numbering, OfASectionMayHaveLostItsMark) {
  const auto section = ParseBareSection(U"十一加强领导");
  ASSERT_TRUE(section);
  EXPECT_EQ(section->level, NumberLevel::kSection);
  EXPECT_EQ(section->value, 11);
  for (const TextView text :
       {U"一是加强领导", U"一要加强领导", U"两会公开", U"二、公开", U"公开"}) {
    EXPECT_FALSE(ParseBareSection(text)) << EncodeUtf8(text);
  }
}

TEST(Numbering, IsBareWhereNothingElseIsThere) {
  for (const TextView text : {U"3", U"１２", U"（三）", U"三、", U"4."}) {
    EXPECT_TRUE(IsBareNumber(text)) << EncodeUtf8(text);
  }
  for (const TextView text : {U"3个", U"（三）公开", U"", U"公开"}) {
    EXPECT_FALSE(IsBareNumber(text)) << EncodeUtf8(text);
  }
}

TEST(Numbering, FindsTheItemNumberThatLostItsDot) {
  const auto numbering = ParseBareNumber(U"49完善提醒办法", 49);
  ASSERT_TRUE(numbering);
  EXPECT_EQ(EncodeUtf8(numbering->printed), "49");
  EXPECT_EQ(numbering->length, 2u);
  EXPECT_FALSE(ParseBareNumber(U"49完善提醒办法", 7)) << "not the next number";
  EXPECT_FALSE(ParseBareNumber(U"7月底前公布", 7)) << "a date";
  EXPECT_FALSE(ParseBareNumber(U"2个村试点", 2)) << "a quantity";
}

}  // namespace
}  // namespace gongkai::plans::importer
