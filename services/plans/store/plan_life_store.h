// A plan's own facts and states, and the revisions that keep what they were.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/state.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

// New values by field of the contract: `title`, `document_number`, `issue_date`, `claim_deadline`,
// `filing_deadline`. A date is `YYYY-MM-DD`, or empty for none.
using PlanFacts = std::map<std::string, std::string>;

// What a plan becomes, from the plan as it is; an error leaves it so. Runs in the transaction and
// may run more than once.
using FactsEdit = std::function<Result<PlanFacts>(const Document& plan)>;

// Thread-safe. Every write leaves its changes in the feed and a revision, in the same transaction;
// `comment` says why. FAILED_PRECONDITION with reason STATE_NOT_ALLOWED or PLAN_DELETED where the
// plan does not allow the change.
class PlanLifeStore {
 public:
  virtual ~PlanLifeStore() = default;

  // `action` must be one that changes the state and nothing else.
  virtual Result<Document> ChangeState(const WriteContext& context, const PlanKey& plan,
                                       ExpectedRevision expected, PlanAction action,
                                       const std::string& comment) = 0;
  // Answers with the JSON of ClosePlanResponse. FAILED_PRECONDITION with reason WORK_STILL_OPEN
  // unless `allow_open`.
  virtual Result<Document> ClosePlan(const WriteContext& context, const PlanKey& plan,
                                     ExpectedRevision expected, bool allow_open,
                                     const std::string& comment) = 0;
  // `action`: kUpdate or kMoveDeadlines.
  virtual Result<Document> UpdateFacts(const WriteContext& context, const PlanKey& plan,
                                       ExpectedRevision expected, PlanAction action,
                                       const std::string& comment, const FactsEdit& edit) = 0;
  virtual Result<Document> DeletePlan(const WriteContext& context, const PlanKey& plan,
                                      ExpectedRevision expected) = 0;
  virtual Result<Document> UndeletePlan(const WriteContext& context, const PlanKey& plan,
                                        ExpectedRevision expected) = 0;

  virtual Result<Document> GetRevision(const RevisionKey& revision) = 0;
  // Newest first.
  virtual Result<Page> ListRevisions(const PlanKey& plan, const ListQuery& query) = 0;
};

}  // namespace gongkai::plans
