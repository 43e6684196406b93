#include "services/plans/rpc/amendment_effect.h"

#include <algorithm>

#include "gongkai/plans/v1/amendments.pb.h"
#include "services/plans/rpc/messages.h"
#include "services/plans/rpc/parsed_plan_proto.h"
#include "services/plans/rpc/plan_editor.h"

namespace gongkai::plans {
namespace {

Error AmendmentOutdated(const std::string& amendment, const std::string& task) {
  return {.code = ErrorCode::kAborted,
          .reason = "AMENDMENT_OUTDATED",
          .message = task + " has changed since " + amendment +
                     " was proposed; withdraw it and propose it again",
          .message_zh = "调整方案提出后任务内容已有变动，请撤回并重新提出",
          .metadata = {{"resource", amendment}, {"task", task}}};
}

// Brings the editor to what the diff says.
Result<void> Edit(PlanEditor& editor, const v1::Amendment& amendment) {
  for (const auto& change : amendment.diff().changes()) {
    if (change.kind() == v1::TaskChange::ADDED) {
      const auto place = std::min(static_cast<std::size_t>(std::max(change.place() - 1, 0)),
                                  editor.tasks().size());
      editor.tasks().insert(editor.tasks().begin() + static_cast<std::ptrdiff_t>(place),
                            EditedTask{.content = change.after(), .place = change.place()});
      continue;
    }
    const auto task = ParseTaskName(change.task()).value_or(TaskKey{});
    const auto found = editor.Find(task.task);
    if (!found || (*found)->stored->revision != change.task_revision()) {
      return Fail(AmendmentOutdated(amendment.name(), change.task()));
    }
    if (change.kind() == v1::TaskChange::REMOVED) {
      editor.tasks().erase(*found);
      continue;
    }
    (*found)->content = change.after();
    (*found)->match = change.match();
    (*found)->place = change.place();
  }
  return {};
}

bool Changes(const v1::TaskChange& change, std::initializer_list<std::string_view> fields) {
  return std::any_of(change.changed_fields().begin(), change.changed_fields().end(),
                     [&](const std::string& changed) {
                       return std::find(fields.begin(), fields.end(), changed) != fields.end();
                     });
}

// What the change asks for; nothing for one that leaves the work alone.
Result<std::optional<AmendedTask>> Amended(const v1::TaskChange& change, const v1::Plan& plan,
                                           const Directory& directory, CivilDate from) {
  AmendedTask amended{.from = from};
  const int number = ParseTaskName(change.task()).value_or(TaskKey{}).task;
  amended.wanted.task = number;
  if (change.kind() == v1::TaskChange::REMOVED) return std::optional(amended);
  amended.due_changed = Changes(change, {"due", "further_due"});
  const bool assigns = change.kind() == v1::TaskChange::ADDED || Changes(change, {"units"});
  if (!assigns && !amended.due_changed) return std::optional<AmendedTask>();
  v1::ParsedPlan parsed;
  *parsed.add_tasks() = change.after();
  const auto content = FromProto(parsed, "plan");
  if (!content) return Fail(content.error());
  amended.wanted = ExpandTasks(content->tasks, directory, plan.year()).front();
  amended.wanted.task = number;
  return std::optional(amended);
}

}  // namespace

Result<AmendmentEffect> EffectOf(const AmendedPlan& amended, const Directory& directory) {
  v1::Amendment amendment;
  if (auto read = ParseDocument(amended.amendment, &amendment); !read) return Fail(read.error());
  auto editor = PlanEditor::Load(amended.content);
  if (!editor) return Fail(editor.error());
  if (auto edited = Edit(*editor, amendment); !edited) return Fail(edited.error());
  auto content = editor->Finish(directory);
  if (!content) return Fail(content.error());
  v1::PlanDiff diff;
  if (auto read = ParseDocument(content->diff, &diff); !read) return Fail(read.error());

  AmendmentEffect effect{.content = std::move(*content)};
  const auto from = ParseDate(amendment.approval_date()).value_or(CivilDate{});
  for (const auto& change : diff.changes()) {
    const auto task = Amended(change, editor->plan(), directory, from);
    if (!task) return Fail(task.error());
    if (!*task) continue;
    const auto present = amended.work.find((*task)->wanted.task);
    effect.work.push_back(ChangeWork(
        present == amended.work.end() ? std::vector<PresentAssignment>{} : present->second,
        **task));
  }
  return effect;
}

}  // namespace gongkai::plans
