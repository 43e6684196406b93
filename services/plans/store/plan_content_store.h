// The content of a plan while it is being written: all of its tasks at once.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/state.h"
#include "services/plans/store/plan_life_store.h"
#include "services/plans/store/plan_store.h"

namespace gongkai::plans {

struct StoredTask {
  int task = 0;
  int position = 0;
  int revision = 0;
  Document content;  // JSON of ParsedTask
};

struct PlanContent {
  Document plan;
  std::vector<StoredTask> tasks;  // the active ones, in the order of the plan
  int next_task = 1;              // the first number that no task has had
};

struct TaskWrite {
  int task = 0;
  int position = 0;
  Document content;
};

// From one content to the next.
struct ContentChange {
  PlanFacts facts;
  Document issues;               // JSON array of ParseIssue
  std::vector<TaskWrite> tasks;  // new ones and those that change
  std::vector<int> removed;
  std::vector<UnitRecord> units;  // to be added to the directory where it does not have them
  std::optional<SourceDocument> source;
  Document diff;  // JSON of PlanDiff
  int task_count = 0;
  // The task to answer with; nothing for `{"plan": …, "diff": …}`.
  std::optional<int> answer;
};

// What the content becomes, from the content as it is; an error leaves it so. Runs in the
// transaction and may run more than once.
using ContentEdit = std::function<Result<ContentChange>(const PlanContent&)>;

// Thread-safe. Every write leaves its changes in the feed and a revision of the plan, in the same
// transaction.
class PlanContentStore {
 public:
  virtual ~PlanContentStore() = default;

  virtual Result<PlanContent> GetContent(const PlanKey& plan) = 0;
  // `action`: kEditTasks or kReimport. Writers of one plan wait for each other.
  virtual Result<Document> ChangeContent(const WriteContext& context, const PlanKey& plan,
                                         ExpectedRevision expected, PlanAction action,
                                         const std::string& comment, const ContentEdit& edit) = 0;
  // Keeps the document under a new revision; answers with the plan.
  virtual Result<Document> AttachSource(const WriteContext& context, const PlanKey& plan,
                                        ExpectedRevision expected, const std::string& comment,
                                        const SourceDocument& source) = 0;
};

}  // namespace gongkai::plans
