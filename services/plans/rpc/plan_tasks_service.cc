#include "services/plans/rpc/plan_tasks_service.h"

#include <google/protobuf/util/field_mask_util.h>

#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/plan_messages.h"

namespace gongkai::plans {
namespace {

using google::protobuf::util::FieldMaskUtil;
using Place = std::vector<EditedTask>::iterator;

// The task that a change is about, at the revision that the caller believes.
Result<Place> FindForChange(PlanEditor& editor, const TaskKey& task, ExpectedRevision expected) {
  auto found = editor.Find(task.task);
  if (!found) return found;
  const int revision = (*found)->stored->revision;
  if (expected && *expected != revision) return Fail(RevisionMismatch(FormatName(task), revision));
  return found;
}

// The number of the task that `name` says to come behind; nothing for an empty name.
Result<std::optional<int>> AfterOf(const std::string& name, const PlanKey& plan) {
  if (name.empty()) return std::optional<int>();
  const auto after = ParseTaskName(name);
  if (!after || after->plan != plan) {
    return Fail(InvalidArgument(
        "after", "must be a task of the same plan, " + FormatName(plan) + "/tasks/{task}"));
  }
  return std::optional(after->task);
}

Result<void> CheckMask(const google::protobuf::FieldMask& mask) {
  RequestChecks checks;
  for (const auto& path : mask.paths()) {
    const bool known = (path == "content" || path.starts_with("content.")) &&
                       FieldMaskUtil::IsValidPath<v1::Task>(path);
    checks.Require(known, "update_mask",
                   "has \"" + path + "\"; paths are content and its fields, e.g. content.due");
  }
  if (!checks.ok()) return Fail(checks.error());
  return {};
}

// What the content becomes: the fields of the mask from the request, the others as they are.
v1::ParsedTask Merge(const v1::ParsedTask& stored, const v1::UpdateTaskRequest& request) {
  if (request.update_mask().paths().empty()) return request.task().content();
  v1::Task merged;
  *merged.mutable_content() = stored;
  FieldMaskUtil::MergeOptions options;
  options.set_replace_message_fields(true);
  options.set_replace_repeated_fields(true);
  FieldMaskUtil::MergeMessageTo(request.task(), request.update_mask(), options, &merged);
  return std::move(*merged.mutable_content());
}

}  // namespace

Result<v1::Task> PlanTasksService::CreateTask(const rpc::Caller& caller,
                                              const v1::CreateTaskRequest& request) {
  const auto plan = ParsePlanName(request.parent());
  if (!plan) return Fail(MalformedName("parent", kPlanForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  if (auto checked = CheckTask(request.content(), "content"); !checked) {
    return Fail(checked.error());
  }
  const auto after = AfterOf(request.after(), *plan);
  if (!after) return Fail(after.error());
  return Change(*context, *plan, [&](PlanEditor& editor) -> Result<int> {
    auto& tasks = editor.tasks();
    auto place = tasks.end();
    if (*after) {
      auto found = editor.Find(**after);
      if (!found) return Fail(found.error());
      place = *found + 1;
    }
    const int number = editor.next_task();
    EditedTask added{.content = request.content()};
    if (added.content.ordinal().empty()) added.content.set_ordinal(std::to_string(number));
    tasks.insert(place, std::move(added));
    return number;
  });
}

Result<v1::Task> PlanTasksService::UpdateTask(const rpc::Caller& caller,
                                              const v1::UpdateTaskRequest& request) {
  const auto task = ParseTaskName(request.task().name());
  if (!task) return Fail(MalformedName("task.name", kTaskForm));
  const auto context = ContextOf(caller, request);
  if (!context) return Fail(context.error());
  const auto expected = RevisionOf(request.task().etag());
  if (!expected) return Fail(expected.error());
  if (auto checked = CheckMask(request.update_mask()); !checked) return Fail(checked.error());
  return Change(*context, task->plan, [&](PlanEditor& editor) -> Result<int> {
    const auto found = FindForChange(editor, *task, *expected);
    if (!found) return Fail(found.error());
    auto& edited = **found;
    edited.content = Merge(edited.before, request);
    if (auto checked = CheckTask(edited.content, "task.content"); !checked) {
      return Fail(checked.error());
    }
    return task->task;
  });
}

Result<v1::Task> PlanTasksService::DeleteTask(const rpc::Caller& caller,
                                              const v1::DeleteTaskRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseTaskName, kTaskForm);
  if (!start) return Fail(start.error());
  return Change(start->context, start->key.plan, [&](PlanEditor& editor) -> Result<int> {
    const auto found = FindForChange(editor, start->key, start->expected);
    if (!found) return Fail(found.error());
    editor.tasks().erase(*found);
    return start->key.task;
  });
}

Result<v1::Task> PlanTasksService::MoveTask(const rpc::Caller& caller,
                                            const v1::MoveTaskRequest& request) {
  const auto start = ChangeStartOf(caller, request, &ParseTaskName, kTaskForm);
  if (!start) return Fail(start.error());
  const auto after = AfterOf(request.after(), start->key.plan);
  if (!after) return Fail(after.error());
  if (*after && **after == start->key.task) {
    return Fail(InvalidArgument("after", "is the task itself"));
  }
  return Change(start->context, start->key.plan, [&](PlanEditor& editor) -> Result<int> {
    const auto found = FindForChange(editor, start->key, start->expected);
    if (!found) return Fail(found.error());
    auto moved = std::move(**found);
    editor.tasks().erase(*found);
    auto place = editor.tasks().begin();
    if (*after) {
      auto before = editor.Find(**after);
      if (!before) return Fail(before.error());
      place = *before + 1;
    }
    editor.tasks().insert(place, std::move(moved));
    return start->key.task;
  });
}

Result<v1::Task> PlanTasksService::Change(const WriteContext& context, const PlanKey& plan,
                                          const Edit& edit) {
  const auto directory = directory_.LoadDirectory(plan.division);
  if (!directory) return Fail(directory.error());
  return ToMessage<v1::Task>(
      content_.ChangeContent(context, plan, std::nullopt, PlanAction::kEditTasks, "",
                             [&](const PlanContent& content) -> Result<ContentChange> {
                               auto editor = PlanEditor::Load(content);
                               if (!editor) return Fail(editor.error());
                               const auto task = edit(*editor);
                               if (!task) return Fail(task.error());
                               auto change = editor->Finish(*directory);
                               if (change) change->answer = *task;
                               return change;
                             }));
}

}  // namespace gongkai::plans
