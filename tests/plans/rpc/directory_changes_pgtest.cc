// The directory follows reforms and never rewrites the past, over gRPC on a real PostgreSQL.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plans/support/plans_world.h"

namespace gongkai::plans {
namespace {

using ::testing::ElementsAre;
using testing::Group;
using ::testing::HasSubstr;
using testing::PlansWorld;
using Stub = v1::DirectoryChanges::Stub;

constexpr char kCounty[] = "divisions/370124";
constexpr char kFinance[] = "divisions/370124/units/2";

class DirectoryChanges : public ::testing::Test {
 protected:
  v1::Unit AddUnit(const std::string& name) {
    v1::BatchCreateUnitsRequest request;
    request.set_parent(kCounty);
    request.add_units()->set_display_name(name);
    return world_.Call(*world_.directory, &v1::Directory::Stub::BatchCreateUnits, request)
        ->units(0);
  }

  v1::Unit GetUnit(const std::string& name) {
    v1::GetUnitRequest request;
    request.set_name(name);
    return *world_.Call(*world_.directory, &v1::Directory::Stub::GetUnit, request);
  }

  Result<v1::Unit> Update(const v1::Unit& unit, std::initializer_list<const char*> mask = {},
                          bool validate_only = false) {
    v1::UpdateUnitRequest request;
    *request.mutable_unit() = unit;
    for (const auto* path : mask) request.mutable_update_mask()->add_paths(path);
    request.set_validate_only(validate_only);
    return world_.Call(*world_.directory_changes, &Stub::UpdateUnit, request);
  }

  Result<v1::MergeUnitsResponse> Merge(std::initializer_list<std::string> units,
                                       const std::string& successor, const std::string& day,
                                       const std::string& request_id = "") {
    v1::MergeUnitsRequest request;
    request.set_parent(kCounty);
    for (const auto& unit : units) request.add_units(unit);
    request.set_successor(successor);
    request.set_effective_date(day);
    request.set_request_id(request_id);
    return world_.Call(*world_.directory_changes, &Stub::MergeUnits, request);
  }

  // How a name or phrase is found on a day, and the units that are meant: `SUCCESSOR 5`.
  std::string Resolve(const v1::ParsedUnit& unit, const std::string& day) {
    v1::ResolveUnitsRequest request;
    request.set_parent(kCounty);
    *request.add_units() = unit;
    request.set_date(day);
    const auto response =
        world_.Call(*world_.directory, &v1::Directory::Stub::ResolveUnits, request);
    auto text = v1::UnitResolution::Match_Name(response->resolutions(0).match());
    for (const auto& name : response->resolutions(0).units()) {
      text += " " + name.substr(name.rfind('/') + 1);
    }
    return text;
  }

  Result<google::api::HttpBody> Export() {
    v1::ExportUnitsRequest request;
    request.set_parent(kCounty);
    return world_.Call(*world_.directory_changes, &Stub::ExportUnits, request);
  }

  Result<v1::LoadUnitsResponse> Load(const std::string& table) {
    v1::LoadUnitsRequest request;
    request.set_parent(kCounty);
    request.mutable_table()->set_data(table);
    return world_.Call(*world_.directory_changes, &Stub::LoadUnits, request);
  }

  PlansWorld world_;
};

TEST_F(DirectoryChanges, ARenamedUnitKeepsItsOldNameAsAnAlias) {
  auto unit = GetUnit(kFinance);
  const auto etag = unit.etag();
  unit.set_display_name("县财政和国资局");
  const auto renamed = Update(unit, {"display_name"});
  ASSERT_TRUE(renamed) << renamed.error().message;
  EXPECT_THAT(renamed->aliases(), ElementsAre("县财政局"));
  EXPECT_EQ(Resolve(testing::Unit("县财政局"), ""), "ALIAS 2");
  EXPECT_NE(renamed->etag(), etag);
  // The same request with the etag of before is refused.
  EXPECT_EQ(Update(unit, {"display_name"}).error().reason, "ETAG_MISMATCH");
}

TEST_F(DirectoryChanges, OnlyTheFieldsOfTheMaskChange) {
  v1::Unit change;
  change.set_name(kFinance);
  change.set_display_name("不应写入");
  change.set_kind(v1::Unit::PARTY_ORGAN);
  const auto updated = Update(change, {"kind"});
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(updated->display_name(), "县财政局");
  EXPECT_EQ(updated->kind(), v1::Unit::PARTY_ORGAN);
  EXPECT_THAT(Update(change, {"state"}).error().violations.at(0).description,
              HasSubstr("display_name, kind"));
  change.Clear();
  change.set_name(kFinance);
  EXPECT_EQ(Update(change).error().violations.at(0).field, "update_mask");
}

TEST_F(DirectoryChanges, ValidateOnlyChangesNothing) {
  auto unit = GetUnit(kFinance);
  unit.set_credit_code("11370124004247330A");
  const auto tried = Update(unit, {"credit_code"}, true);
  ASSERT_TRUE(tried) << tried.error().message;
  EXPECT_EQ(tried->credit_code(), "11370124004247330A");
  EXPECT_EQ(GetUnit(kFinance).credit_code(), "");
}

TEST_F(DirectoryChanges, AWrongCheckCharacterIsAWarningAndNoError) {
  auto unit = GetUnit(kFinance);
  // The example of the standard's own computation: 91350100M000100Y43.
  unit.set_credit_code("91350100M000100Y43");
  EXPECT_THAT(Update(unit, {"credit_code"})->warnings(), ElementsAre());
  unit = GetUnit(kFinance);
  unit.set_credit_code("91350100M000100Y44");
  EXPECT_THAT(Update(unit, {"credit_code"})->warnings(),
              ElementsAre("CREDIT_CODE_CHECK_CHARACTER"));
  unit = GetUnit(kFinance);
  unit.set_credit_code("91350100M000100Y4I");
  EXPECT_EQ(Update(unit, {"credit_code"}).error().violations.at(0).field, "unit.credit_code");
}

TEST_F(DirectoryChanges, ANameOfAnotherUnitIsTaken) {
  v1::Unit change;
  change.set_name(kFinance);
  change.add_aliases("县府办");
  const auto refused = Update(change);
  EXPECT_EQ(refused.error().reason, "NAMES_TAKEN");
  EXPECT_EQ(refused.error().metadata.at("units"), "divisions/370124/units/1");
}

TEST_F(DirectoryChanges, AfterAMergerTheNamesOfTheOldUnitLeadToItsSuccessor) {
  const auto merged = AddUnit("县财政和国资局").name();
  const auto ended = Merge({kFinance}, merged, "2026-03-01");
  ASSERT_TRUE(ended) << ended.error().message;
  EXPECT_EQ(ended->units(0).valid_until(), "2026-02-28");
  EXPECT_THAT(ended->units(0).successors(), ElementsAre(merged));
  EXPECT_EQ(Resolve(testing::Unit("县财政局"), "2026-02-28"), "NAME 2");
  EXPECT_EQ(Resolve(testing::Unit("县财政局"), "2026-03-01"), "SUCCESSOR 5");
  EXPECT_EQ(Resolve(testing::Unit("平阴县财政局"), "2026-03-01"), "SUCCESSOR 5");
  // Whoever takes over from the successor takes over from the old unit too.
  const auto next = AddUnit("县资产和财务局").name();
  ASSERT_TRUE(Merge({merged}, next, "2026-06-01"));
  EXPECT_EQ(Resolve(testing::Unit("县财政局"), "2026-06-01"), "SUCCESSOR 6");
  EXPECT_EQ(Resolve(testing::Unit("县财政局"), "2026-05-31"), "SUCCESSOR 5");
}

TEST_F(DirectoryChanges, AGroupExpandsToTheUnitsThatAreValidOnThePlansIssueDate) {
  const auto town = AddUnit("北岭镇").name();
  ASSERT_TRUE(Merge({"divisions/370124/units/3"}, town, "2026-01-15"));
  EXPECT_EQ(Resolve(Group("各镇（街道）"), "2026-01-14"), "GROUP 3 4 5");
  EXPECT_EQ(Resolve(Group("各镇（街道）"), "2026-01-15"), "GROUP 4 5");
  // IssuedPlan issues on 2026-01-15.
  const auto plan = world_.IssuedPlan({Group("各镇（街道）")});
  v1::ListAssignmentsRequest request;
  request.set_parent(plan + "/tasks/-");
  const auto list =
      world_.Call(*world_.assignments, &v1::Assignments::Stub::ListAssignments, request);
  std::vector<std::string> units;
  for (const auto& assignment : list->assignments()) units.push_back(assignment.unit());
  EXPECT_THAT(units, ElementsAre("divisions/370124/units/4", "divisions/370124/units/5"));
}

TEST_F(DirectoryChanges, AnIssuedPlanKeepsItsExpansion) {
  const auto plan = world_.IssuedPlan({testing::Unit("县财政局")});
  ASSERT_TRUE(Merge({kFinance}, AddUnit("县财政和国资局").name(), "2026-01-01"));
  const auto assignment = world_.GetAssignment(plan + "/tasks/1/assignments/2-responsible");
  EXPECT_EQ(assignment.unit(), kFinance);
  EXPECT_EQ(assignment.state(), v1::Assignment::ASSIGNED);
}

TEST_F(DirectoryChanges, SuccessorsNeverLeadBack) {
  const auto other = AddUnit("县财政和国资局").name();
  ASSERT_TRUE(Merge({kFinance}, other, "2026-03-01"));
  const auto back = Merge({other}, kFinance, "2026-06-01");
  EXPECT_EQ(back.error().reason, "SUCCESSOR_CYCLE");
  EXPECT_EQ(Merge({kFinance}, kFinance, "2026-06-01").error().reason, "SUCCESSOR_CYCLE");
  EXPECT_EQ(Merge({kFinance}, other, "2026-06-01").error().reason, "UNIT_ENDED");
  EXPECT_EQ(Merge({other}, "divisions/370124/units/99", "2026-06-01").error().code,
            ErrorCode::kNotFound);
  EXPECT_EQ(Merge({other}, "divisions/370100/units/1", "2026-06-01").error().violations.at(0).field,
            "successor");
}

TEST_F(DirectoryChanges, TheSameRequestGetsTheFirstAnswer) {
  const auto other = AddUnit("县财政和国资局").name();
  const auto first = Merge({kFinance}, other, "2026-03-01", "merge-1");
  const auto again = Merge({kFinance}, other, "2026-03-01", "merge-1");
  ASSERT_TRUE(first && again);
  EXPECT_EQ(again->SerializeAsString(), first->SerializeAsString());
}

TEST_F(DirectoryChanges, WhatIsExportedLoadsAgain) {
  auto unit = GetUnit(kFinance);
  unit.add_aliases("=县财局");
  ASSERT_TRUE(Update(unit, {"aliases"}));
  const auto table = Export();
  ASSERT_TRUE(table) << table.error().message;
  EXPECT_EQ(table->content_type(), "text/csv; charset=utf-8");
  const auto loaded = Load(table->data());
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->units_size(), 4);
  EXPECT_EQ(Export()->data(), table->data());
  EXPECT_THAT(GetUnit(kFinance).aliases(), ElementsAre("=县财局"));
}

TEST_F(DirectoryChanges, AFaultyTableLoadsNothing) {
  const auto refused = Load("单位名称,类型\n县数据局,政府部门\n县林草局,衙门\n");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().violations.at(0).description, HasSubstr("line 3: 类型 is \"衙门\""));
  EXPECT_EQ(Resolve(testing::Unit("县数据局"), ""), "NOT_FOUND");
}

TEST_F(DirectoryChanges, AGroupCanBeChangedAndDeleted) {
  v1::CreateUnitGroupRequest create;
  create.set_parent(kCounty);
  create.mutable_unit_group()->set_phrase("涉农部门");
  create.mutable_unit_group()->add_units(kFinance);
  auto group = *world_.Call(*world_.directory, &v1::Directory::Stub::CreateUnitGroup, create);
  v1::UpdateUnitGroupRequest update;
  *update.mutable_unit_group() = group;
  update.mutable_unit_group()->set_phrase("涉农（林）部门");
  update.mutable_unit_group()->add_units("divisions/370124/units/3");
  const auto updated = world_.Call(*world_.directory_changes, &Stub::UpdateUnitGroup, update);
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(updated->units_size(), 2);
  EXPECT_EQ(Resolve(Group("涉农（林）部门"), ""), "GROUP 2 3");
  v1::DeleteUnitGroupRequest remove;
  remove.set_name(group.name());
  remove.set_etag(group.etag());
  EXPECT_EQ(world_.Call(*world_.directory_changes, &Stub::DeleteUnitGroup, remove).error().reason,
            "ETAG_MISMATCH");
  remove.set_etag(updated->etag());
  ASSERT_TRUE(world_.Call(*world_.directory_changes, &Stub::DeleteUnitGroup, remove));
  v1::GetUnitGroupRequest get;
  get.set_name(group.name());
  EXPECT_EQ(world_.Call(*world_.directory_changes, &Stub::GetUnitGroup, get).error().code,
            ErrorCode::kNotFound);
}

TEST_F(DirectoryChanges, DivisionsFollowANewEditionOfTheCodes) {
  v1::LoadDivisionsRequest request;
  auto* renamed = request.add_divisions();
  renamed->set_name("divisions/370124");
  renamed->set_display_name("平阴区");
  renamed->set_valid_until("2026-06-30");
  renamed->add_successors("divisions/370125");
  auto* added = request.add_divisions();
  added->set_name("divisions/370125");
  added->set_display_name("新平区");
  added->set_valid_from("2026-07-01");
  const auto loaded = world_.Call(*world_.directory_changes, &Stub::LoadDivisions, request);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->divisions(0).revision(), 2);
  EXPECT_THAT(loaded->divisions(0).successors(), ElementsAre("divisions/370125"));
  EXPECT_EQ(loaded->divisions(1).level(), v1::Division::COUNTY);
  EXPECT_EQ(loaded->divisions(1).parent_division(), "divisions/370100");
  // The same edition again changes nothing.
  EXPECT_EQ(world_.Call(*world_.directory_changes, &Stub::LoadDivisions, request)
                ->divisions(0)
                .revision(),
            2);
  request.add_divisions()->set_name("divisions/410101");
  request.mutable_divisions(2)->set_display_name("无上级区");
  EXPECT_THAT(world_.Call(*world_.directory_changes, &Stub::LoadDivisions, request)
                  .error()
                  .violations.at(0)
                  .description,
              HasSubstr("divisions/410100"));
}

}  // namespace
}  // namespace gongkai::plans
