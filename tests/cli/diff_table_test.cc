#include "services/cli/diff_table.h"

#include <gtest/gtest.h>

namespace gongkai::cli {
namespace {

TEST(DiffTable, ShowsEachChangeWithItsReasonAndTheCounts) {
  plans::v1::PlanDiff diff;
  auto* title = diff.add_field_changes();
  title->set_field("title");
  title->set_before("旧标题");
  title->set_after("新标题");
  auto* changed = diff.add_changes();
  changed->set_id("tasks/2");
  changed->set_kind(plans::v1::TaskChange::CHANGED);
  changed->add_changed_fields("requirement");
  changed->add_changed_fields("due");
  changed->mutable_match()->set_similarity(87);
  changed->mutable_match()->set_reason(plans::v1::TaskMatch::SIMILAR_TEXT);
  changed->mutable_after()->set_ordinal("2");
  changed->mutable_after()->set_requirement("及时解读。");
  auto* added = diff.add_changes();
  added->set_id("added/3");
  added->set_kind(plans::v1::TaskChange::ADDED);
  added->mutable_after()->set_ordinal("3");
  added->mutable_after()->set_requirement("公开招生。");
  auto* removed = diff.add_changes();
  removed->set_id("tasks/1");
  removed->set_kind(plans::v1::TaskChange::REMOVED);
  removed->mutable_before()->set_ordinal("1");
  removed->mutable_before()->set_requirement("公开预算。");
  diff.set_unchanged_count(4);
  EXPECT_EQ(DiffTable(diff),
            "~ title  旧标题 → 新标题\n"
            "~ tasks/2      第2项  requirement, due  相似 87（SIMILAR_TEXT）  及时解读。\n"
            "+ added/3      第3项  公开招生。\n"
            "- tasks/1      第1项  公开预算。\n"
            "新增 1 项，删除 1 项，修改 1 项，未变 4 项\n");
}

}  // namespace
}  // namespace gongkai::cli
