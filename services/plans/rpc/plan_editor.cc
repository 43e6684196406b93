#include "services/plans/rpc/plan_editor.h"

#include <google/protobuf/util/message_differencer.h>

#include <algorithm>
#include <set>

#include "services/plans/domain/plan_diff.h"
#include "services/plans/domain/task_order.h"
#include "services/plans/importer/content_review.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/parsed_plan_proto.h"
#include "services/plans/rpc/plan_intake.h"
#include "services/plans/rpc/plan_messages.h"

namespace gongkai::plans {
namespace {

using google::protobuf::util::MessageDifferencer;

// Found anew from content and directory whenever the content changes.
bool IsFoundAnew(const std::string& code) {
  return importer::IsContentIssue(code) || code == "GROUP_EMPTY";
}

Error LastTask(const std::string& plan) {
  return {.code = ErrorCode::kFailedPrecondition,
          .reason = "LAST_TASK",
          .message = plan + " would have no task left; delete the plan instead",
          .message_zh = "方案至少要有一项任务，如不再需要请删除整个方案",
          .metadata = {{"resource", plan}}};
}

std::string TaskName(const std::string& plan, int task) {
  return plan + "/tasks/" + std::to_string(task);
}

Result<std::vector<ParsedTask>> ToDomain(const std::vector<v1::ParsedTask>& contents) {
  v1::ParsedPlan parsed;
  for (const auto& content : contents) *parsed.add_tasks() = content;
  auto plan = FromProto(parsed, "plan");
  if (!plan) return Fail(plan.error());
  return std::move(plan->tasks);
}

}  // namespace

Result<PlanEditor> PlanEditor::Load(const PlanContent& content) {
  PlanEditor editor;
  if (auto read = ParseDocument(content.plan, &editor.plan_); !read) return Fail(read.error());
  editor.before_ = content.tasks;
  editor.next_task_ = content.next_task;
  for (const auto& task : content.tasks) {
    v1::ParsedTask parsed;
    if (auto read = ParseDocument(task.content, &parsed); !read) return Fail(read.error());
    editor.contents_.push_back(parsed);
    editor.tasks_.push_back({.stored = task, .before = parsed, .content = parsed});
  }
  auto stored = ToDomain(editor.contents_);
  if (!stored) return Fail(stored.error());
  editor.stored_ = std::move(*stored);
  v1::ParsedPlan issues;
  *issues.mutable_issues() = editor.plan_.issues();
  auto read = FromProto(issues, "plan");
  if (!read) return Fail(read.error());
  for (auto& issue : read->issues) {
    if (!IsFoundAnew(issue.code)) editor.issues_.push_back(std::move(issue));
  }
  return editor;
}

Result<std::vector<EditedTask>::iterator> PlanEditor::Find(int task) {
  const auto found = std::find_if(tasks_.begin(), tasks_.end(), [task](const EditedTask& edited) {
    return edited.stored && edited.stored->task == task;
  });
  if (found == tasks_.end()) return Fail(NotFound(TaskName(plan_.name(), task)));
  return found;
}

void PlanEditor::ReplaceIssues(const std::vector<ParseIssue>& issues) {
  issues_.clear();
  for (const auto& issue : issues) {
    if (!IsFoundAnew(issue.code)) issues_.push_back(issue);
  }
}

Result<ContentChange> PlanEditor::Finish(const Directory& directory) {
  if (tasks_.empty()) return Fail(LastTask(plan_.name()));
  if (tasks_.size() > static_cast<std::size_t>(kMostTasks)) {
    return Fail(InvalidArgument("tasks", "a plan can have " + std::to_string(kMostTasks) +
                                             " tasks, not " + std::to_string(tasks_.size())));
  }
  std::vector<v1::ParsedTask> contents;
  std::vector<std::optional<int>> present;
  for (const auto& task : tasks_) {
    contents.push_back(task.content);
    present.push_back(task.stored ? std::optional(task.stored->position) : std::nullopt);
  }
  auto after = ToDomain(contents);
  if (!after) return Fail(after.error());
  ParsedPlan parsed{.title = plan_.title(),
                    .year = plan_.year(),
                    .issue_date = ParseDate(plan_.issue_date()),
                    .tasks = std::move(*after)};
  auto intake = IntakeOf(parsed, directory);
  auto issues = issues_;
  for (auto& issue : importer::ReviewContent(parsed)) issues.push_back(std::move(issue));
  for (auto& issue : intake.issues) issues.push_back(std::move(issue));

  ContentChange change{.issues = IssuesDocument(issues),
                       .units = std::move(intake.units),
                       .task_count = static_cast<int>(tasks_.size())};
  const auto positions = PositionsFor(present);
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    auto& task = tasks_[i];
    const bool same = task.stored && task.stored->position == positions[i] &&
                      MessageDifferencer::Equals(task.before, task.content);
    if (same) continue;
    const int number = task.stored ? task.stored->task : next_task_++;
    change.tasks.push_back({number, positions[i], ToDocument(task.content)});
    if (!task.stored) task.stored = StoredTask{.task = number, .position = positions[i]};
  }
  auto diff = DiffTo(parsed.tasks, change);
  if (!diff) return Fail(diff.error());
  change.diff = ToDocument(*diff);
  return change;
}

Result<v1::PlanDiff> PlanEditor::DiffTo(const std::vector<ParsedTask>& after,
                                        ContentChange& change) const {
  v1::PlanDiff diff;
  std::set<int> kept;
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const auto& task = tasks_[i];
    const auto name = TaskName(plan_.name(), task.stored->task);
    if (task.stored->revision == 0) {
      auto* added = diff.add_changes();
      added->set_id("added/" + std::to_string(task.place));
      added->set_kind(v1::TaskChange::ADDED);
      added->set_task(name);
      added->set_place(task.place);
      *added->mutable_after() = task.content;
      continue;
    }
    kept.insert(task.stored->task);
    const auto before = ToDomain({task.before});
    if (!before) return Fail(before.error());
    const auto fields = ChangedFields(before->front(), after[i]);
    if (fields.empty()) {
      diff.set_unchanged_count(diff.unchanged_count() + 1);
      continue;
    }
    auto* changed = diff.add_changes();
    changed->set_id("tasks/" + std::to_string(task.stored->task));
    changed->set_kind(v1::TaskChange::CHANGED);
    changed->set_task(name);
    changed->set_place(task.place);
    if (task.match) *changed->mutable_match() = *task.match;
    for (const auto& field : fields) changed->add_changed_fields(field);
    *changed->mutable_before() = task.before;
    *changed->mutable_after() = task.content;
    changed->set_task_revision(task.stored->revision);
  }
  for (std::size_t i = 0; i < before_.size(); ++i) {
    if (kept.contains(before_[i].task)) continue;
    change.removed.push_back(before_[i].task);
    auto* removed = diff.add_changes();
    removed->set_id("tasks/" + std::to_string(before_[i].task));
    removed->set_kind(v1::TaskChange::REMOVED);
    removed->set_task(TaskName(plan_.name(), before_[i].task));
    *removed->mutable_before() = contents_[i];
    removed->set_task_revision(before_[i].revision);
  }
  return diff;
}

Result<void> CheckTask(const v1::ParsedTask& content, const std::string& field) {
  constexpr std::string_view kPrefix = "plan.tasks[0]";
  RequestChecks checks;
  checks.Length(content.requirement(), field + ".requirement", 1, 20000);
  if (!checks.ok()) return Fail(checks.error());
  v1::ParsedPlan parsed;
  *parsed.add_tasks() = content;
  const auto read = FromProto(parsed, "plan");
  if (read) return {};
  auto violations = read.error().violations;
  for (auto& violation : violations) {
    if (violation.field.starts_with(kPrefix)) violation.field.replace(0, kPrefix.size(), field);
  }
  return Fail(InvalidArguments(std::move(violations)));
}

}  // namespace gongkai::plans
