// The content of a plan while a call changes it, and what the store has to write to get there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gongkai/plans/v1/plan_diff.pb.h"
#include "gongkai/plans/v1/plans.pb.h"
#include "services/plans/domain/directory.h"
#include "services/plans/domain/parsed_plan.h"
#include "services/plans/store/plan_content_store.h"

namespace gongkai::plans {

// One task of the plan as it will be.
struct EditedTask {
  std::optional<StoredTask> stored;  // nothing for a new one
  v1::ParsedTask before;             // of the stored one
  v1::ParsedTask content;
  std::optional<v1::TaskMatch> match;  // where a document told what it is
  int place = 0;                       // in that document, from 1
};

class PlanEditor {
 public:
  static Result<PlanEditor> Load(const PlanContent& content);

  const v1::Plan& plan() const { return plan_; }
  const std::string& plan_name() const { return plan_.name(); }
  // In the order that the plan will have. A stored task that is no longer in the list is removed.
  std::vector<EditedTask>& tasks() { return tasks_; }
  // The active task with that number; NOT_FOUND if there is none.
  Result<std::vector<EditedTask>::iterator> Find(int task);
  // The number that the next new task gets.
  int next_task() const { return next_task_; }
  // The stored tasks as the domain has them, in their order.
  const std::vector<ParsedTask>& stored() const { return stored_; }

  // What to write, with new positions, the units that the directory does not have, the issues found
  // anew and the diff. INVALID_ARGUMENT for more tasks than a plan can have; FAILED_PRECONDITION
  // with reason LAST_TASK if none would be left.
  Result<ContentChange> Finish(const Directory& directory);
  // Takes `issues` for those of the document that the content was read from.
  void ReplaceIssues(const std::vector<ParseIssue>& issues);

 private:
  Result<v1::PlanDiff> DiffTo(const std::vector<ParsedTask>& after, ContentChange& change) const;

  v1::Plan plan_;
  std::vector<ParseIssue> issues_;
  std::vector<StoredTask> before_;
  std::vector<v1::ParsedTask> contents_;  // of `before_`
  std::vector<ParsedTask> stored_;        // of `before_`
  std::vector<EditedTask> tasks_;
  int next_task_ = 1;
};

// INVALID_ARGUMENT with paths below `field` for what a task cannot be.
Result<void> CheckTask(const v1::ParsedTask& content, const std::string& field);

}  // namespace gongkai::plans
