#include "services/plans/rpc/unit_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace gongkai::plans {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(UnitTable, IsCsvThatASpreadsheetOpens) {
  v1::Unit unit;
  unit.set_display_name("县发展和改革局");
  unit.set_kind(v1::Unit::DEPARTMENT);
  unit.add_aliases("县发改局");
  unit.add_aliases("县物价局");
  unit.set_valid_from("2019-01-10");
  EXPECT_EQ(WriteUnitTable({unit}),
            "\xEF\xBB\xBF单位名称,类型,别名,统一社会信用代码,启用日期,停用日期\r\n"
            "县发展和改革局,政府部门,县发改局；县物价局,,2019-01-10,\r\n");
}

TEST(UnitTable, NeverHoldsAFormula) {
  v1::Unit unit;
  unit.set_display_name("=HYPERLINK(\"x\",\"y\")");
  const auto table = WriteUnitTable({unit});
  EXPECT_THAT(table, HasSubstr("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""));
  EXPECT_EQ(ReadUnitTable(table)->at(0).display_name(), unit.display_name());
}

TEST(UnitTable, IsReadInAnyOrderOfColumnsAndWithAnySeparator) {
  for (const std::string separator : {",", ";", "\t"}) {
    const auto units = ReadUnitTable("备注" + separator + "别名" + separator + "单位名称\n" + "甲" +
                                     separator + "县发改局、县物价局" + separator +
                                     "县发展和改革局\n\n" + separator + separator + "\n");
    ASSERT_TRUE(units) << units.error().message;
    ASSERT_EQ(units->size(), 1u);
    EXPECT_EQ(units->at(0).display_name(), "县发展和改革局");
    EXPECT_THAT(units->at(0).aliases(), ElementsAre("县发改局", "县物价局"));
  }
}

TEST(UnitTable, IsReadWithNamesAlone) {
  const auto units = ReadUnitTable("单位名称\r\n县财政局\r\n县水务局\r\n");
  ASSERT_TRUE(units) << units.error().message;
  EXPECT_EQ(units->size(), 2u);
}

TEST(UnitTable, IsRefusedWithoutTheColumnOfNamesAndWithoutUnits) {
  EXPECT_THAT(ReadUnitTable("名字,类型\n甲,企业\n").error().violations.at(0).description,
              HasSubstr("单位名称"));
  EXPECT_FALSE(ReadUnitTable(""));
  EXPECT_THAT(ReadUnitTable("单位名称\n").error().violations.at(0).description,
              HasSubstr("must have 1 to 1000 units, has 0"));
}

}  // namespace
}  // namespace gongkai::plans
