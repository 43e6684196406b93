#include "services/plans/importer/table_columns.h"

#include <gtest/gtest.h>

namespace gongkai::plans::importer {
namespace {

Row RowOf(const std::vector<Text>& texts) {
  Row row;
  for (const Text& text : texts) {
    row.cells.push_back(text.empty() ? Cell() : Cell{.lines = {text}});
  }
  return row;
}

// One letter for each column, `?` for a row that heads no breakdown.
std::string RolesOf(const std::vector<Text>& headings) {
  const auto columns = ParseHeaderRow(RowOf(headings));
  if (!columns) return "?";
  std::string roles;
  for (const Column& column : *columns) {
    constexpr char kLetters[] = {'O', 'T', 'R', 'U', 'D', 'B', '-', 'x'};
    roles += kLetters[static_cast<size_t>(column.role)];
  }
  return roles;
}

TEST(TableColumns, AreToldByManyWordings) {
  EXPECT_EQ(RolesOf({U"序号", U"重点工作", U"工作标准", U"落实单位", U"时间节点"}), "OTRUD");
  EXPECT_EQ(RolesOf({U"编号", U"主要任务", U"具体举措", U"承办单位", U"进度安排"}), "OTRUD");
  EXPECT_EQ(RolesOf({U"工作任务", U"目标要求", U"责任分工", U"完成时间"}), "TRUD");
  EXPECT_EQ(RolesOf({U"类别", U"工作内容", U"责任部门", U"更新频次", U"备注"}), "TRUD-");
  EXPECT_EQ(RolesOf({U"任务", U"责任单位", U"责任领导", U"联系人", U"完成情况"}), "TU---");
  EXPECT_EQ(RolesOf({U"任务", U"责任单位及责任人", U"任务来源"}), "TU-");
  EXPECT_EQ(RolesOf({U"任务", U"", U"要求", U"责任单位"}), "TTRU") << "a heading that spans";
  EXPECT_EQ(RolesOf({U"任务", U"亮点", U"责任单位"}), "TxU") << "left to the cells";
}

TEST(TableColumns, MayHoldTwoThingsAtOnce) {
  EXPECT_EQ(RolesOf({U"任务名称及要求", U"责任单位及完成时限"}), "RB");
  const auto columns = ParseHeaderRow(RowOf({U"任务", U"牵头单位/配合单位", U"时限"}));
  ASSERT_TRUE(columns);
  EXPECT_TRUE((*columns)[1].leads_and_supports);
  EXPECT_EQ((*columns)[1].units, UnitColumn::kFirstLeads);
}

TEST(TableColumns, OfOfficesAreUnitsWhereNoOthersAre) {
  EXPECT_EQ(RolesOf({U"任务", U"要求", U"责任科室", U"时限"}), "TRUD");
  EXPECT_EQ(RolesOf({U"任务", U"要求", U"责任单位", U"责任科室"}), "TRU-");
}

TEST(TableColumns, AreNotThoseOfOtherTables) {
  EXPECT_EQ(RolesOf({U"序号", U"单位", U"姓名", U"电话"}), "?");
  EXPECT_EQ(RolesOf({U"序号", U"公开内容", U"公开依据", U"公开渠道"}), "?");
  EXPECT_EQ(RolesOf({U"一、做好工作", U"1.按照要求公布。", U"办公室牵头，各科室配合"}), "?")
      << "short tasks";
  EXPECT_TRUE(HeadsOtherTable(RowOf({U"序号", U"单位", U"姓名", U"电话"})));
  EXPECT_TRUE(HeadsOtherTable(RowOf({U"公开事项", U"公开内容", U"公开依据", U"公开渠道"})));
  EXPECT_FALSE(HeadsOtherTable(RowOf({U"序号", U"任务", U"责任单位", U"联系人"})));
  EXPECT_TRUE(LacksTaskColumn(RowOf({U"序号", U"责任单位", U"完成时限"})));
}

TEST(TableColumns, AreNotToldByARowOfShortTasks) {
  const std::vector<Text> rows[] = {
      {U"10", U"公布名册。", U"县府办会同县直各部门", U"按上级要求时间完成"},
      {U"3", U"任务公开", U"县直部门", U"按要求时间"},
      {U"公布任务清单", U"各单位", U"6月底前"}};
  for (const auto& row : rows) {
    EXPECT_EQ(RolesOf(row), "?") << EncodeUtf8(row[0]);
    EXPECT_FALSE(LacksTaskColumn(RowOf(row))) << EncodeUtf8(row[0]);
  }
}

TEST(TableColumns, GrowByANumberThatTheHeadingLacks) {
  const Columns columns = *ParseHeaderRow(RowOf({U"任务", U"要求", U"责任单位"}));
  const auto wider = WithOrdinal(columns, RowOf({U"公开", U"1", U"公布名录。", U"县林业局"}));
  ASSERT_TRUE(wider);
  EXPECT_EQ((*wider)[1].role, ColumnRole::kOrdinal);
  EXPECT_FALSE(WithOrdinal(columns, RowOf({U"公开", U"名录", U"公布名录。", U"县林业局"})));
}

}  // namespace
}  // namespace gongkai::plans::importer
