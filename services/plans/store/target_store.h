// Targets of tasks, what the office says they count, and what was recorded to be counted.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "services/plans/domain/attainment.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// What the office says of a target; nothing in `source` takes it back.
struct OfficeBinding {
  std::string source;  // label of the contract's enum, or empty
  std::vector<std::string> forms;
  std::string interpreter;
  std::string activity_kind;
  std::string reason;
};

// Thread-safe.
class TargetStore {
 public:
  virtual ~TargetStore() = default;

  // JSON of TaskTarget, with the office's binding where there is one. NOT_FOUND for a target that
  // the task does not have.
  virtual Result<Document> GetTarget(const TaskTargetKey& key) = 0;
  // Of the active tasks, in the order of the plan. `task` nothing for all.
  virtual Result<Page> ListTargets(const PlanKey& plan, std::optional<int> task,
                                   const ListQuery& query) = 0;
  // `etag`: as the caller knows it, empty for any; ABORTED with reason ETAG_MISMATCH for another.
  virtual Result<Document> BindTarget(const WriteContext& context, const TaskTargetKey& key,
                                      const std::string& etag, const OfficeBinding& binding) = 0;

  // What the division recorded in the year, and the plan's verified occurrences.
  virtual Result<RecordedFacts> LoadRecordedFacts(const PlanKey& plan, int year) = 0;
  // The units that owe each task of the plan, in the order of their numbers.
  virtual Result<std::map<int, std::vector<int>>> LoadOwingUnits(const PlanKey& plan) = 0;
};

}  // namespace gongkai::plans
