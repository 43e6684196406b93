// Plans and tasks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/time/civil_date.h"
#include "services/plans/domain/expansion.h"
#include "services/plans/domain/resource_name.h"
#include "services/plans/store/directory_store.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// The document that a plan was imported from, to the byte.
struct SourceDocument {
  std::string content_type;
  std::string content;
};

struct NewPlan {
  std::string title;
  std::string document_number;
  int year = 0;
  std::optional<CivilDate> issue_date;
  Document issues;                // JSON array of ParseIssue
  std::vector<Document> tasks;    // contents, JSON of ParsedTask, in the order of the plan
  std::vector<UnitRecord> units;  // to be added to the directory where it does not have them
  std::optional<SourceDocument> source;
  std::string action = "create";  // of its first revision
  std::string comment;
};

// What turns a plan into one that is in force.
struct PlanIssue {
  CivilDate issue_date;
  std::optional<CivilDate> claim_deadline;
  std::optional<CivilDate> filing_deadline;
  std::vector<ExpandedTask> tasks;
};

// Thread-safe. Every write leaves its changes in the feed, in the same transaction.
class PlanStore {
 public:
  virtual ~PlanStore() = default;

  // Plan, tasks, source and missing units, all or nothing. NOT_FOUND for a division that does not
  // exist; RESOURCE_EXHAUSTED after 99 plans of a division in one year.
  virtual Result<Document> CreatePlan(const WriteContext& context, DivisionCode division,
                                      const NewPlan& plan) = 0;
  virtual Result<Document> GetPlan(const PlanKey& plan) = 0;
  // Newest first.
  virtual Result<Page> ListPlans(DivisionCode division, bool with_deleted,
                                 const ListQuery& query) = 0;
  // The document that `revision` of the plan brought; the latest for 0.
  virtual Result<SourceDocument> GetSource(const PlanKey& plan, int revision) = 0;
  // Assignments and occurrences of every task appear with the new state, all or nothing.
  // `unchanged_since` is the revision of the plan that `issue` was computed from: ABORTED if it
  // has changed. FAILED_PRECONDITION for a plan that cannot be issued from its state.
  virtual Result<Document> IssuePlan(const WriteContext& context, const PlanKey& plan,
                                     int unchanged_since, const PlanIssue& issue) = 0;

  virtual Result<Document> GetTask(const TaskKey& task) = 0;
  // The active ones in the order of the plan.
  virtual Result<Page> ListTasks(const PlanKey& plan, const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
