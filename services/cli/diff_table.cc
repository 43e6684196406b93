#include "services/cli/diff_table.h"

#include "services/cli/display_text.h"

namespace gongkai::cli {
namespace {

using plans::v1::PlanDiff;
using plans::v1::TaskChange;
using plans::v1::TaskMatch;

constexpr std::size_t kIdWidth = 12;
constexpr std::size_t kTextWidth = 56;

char Sign(TaskChange::Kind kind) {
  switch (kind) {
    case TaskChange::ADDED:
      return '+';
    case TaskChange::REMOVED:
      return '-';
    default:
      return '~';
  }
}

std::string Line(const TaskChange& change) {
  const auto& task = change.kind() == TaskChange::REMOVED ? change.before() : change.after();
  std::string line = std::string(1, Sign(change.kind())) + " " + FitWidth(change.id(), kIdWidth) +
                     " 第" + task.ordinal() + "项  ";
  if (change.kind() == TaskChange::CHANGED) {
    std::string fields;
    for (const auto& field : change.changed_fields()) {
      fields += (fields.empty() ? "" : ", ") + field;
    }
    line += fields + "  相似 " + std::to_string(change.match().similarity()) + "（" +
            TaskMatch::Reason_Name(change.match().reason()) + "）  ";
  }
  const auto& text = task.requirement();
  return line + (DisplayWidth(text) > kTextWidth ? FitWidth(text, kTextWidth) : text) + "\n";
}

}  // namespace

std::string DiffTable(const PlanDiff& diff) {
  std::string table;
  for (const auto& change : diff.field_changes()) {
    table += "~ " + change.field() + "  " + change.before() + " → " + change.after() + "\n";
  }
  int added = 0;
  int removed = 0;
  for (const auto& change : diff.changes()) {
    table += Line(change);
    added += change.kind() == TaskChange::ADDED;
    removed += change.kind() == TaskChange::REMOVED;
  }
  const int changed = diff.changes_size() - added - removed;
  return table + "新增 " + std::to_string(added) + " 项，删除 " + std::to_string(removed) +
         " 项，修改 " + std::to_string(changed) + " 项，未变 " +
         std::to_string(diff.unchanged_count()) + " 项\n";
}

}  // namespace gongkai::cli
