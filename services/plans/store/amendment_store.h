// Amendments of plans in force.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "services/plans/domain/resource_name.h"
#include "services/plans/domain/state.h"
#include "services/plans/domain/work_change.h"
#include "services/plans/store/plan_content_store.h"
#include "services/plans/store/store.h"

namespace gongkai::plans {

struct NewAmendment {
  std::string reason;
  SourceDocument source;
};

struct Approval {
  std::string approver;
  std::string document_number;
  CivilDate date;
};

// The plan as an amendment finds it.
struct AmendedPlan {
  Document amendment;
  PlanContent content;
  std::map<int, std::vector<PresentAssignment>> work;  // by task, of the tasks that it changes
};

struct AmendmentEffect {
  ContentChange content;
  std::vector<WorkChange> work;
};

struct AmendmentDraft {
  Document diff;                  // JSON of PlanDiff
  std::vector<UnitRecord> units;  // to be added to the directory where it does not have them
};

// Run in the transaction, and may run more than once.
using AmendmentProposal = std::function<Result<AmendmentDraft>(const PlanContent&)>;
using AmendmentEdit = std::function<Result<AmendmentEffect>(const AmendedPlan&)>;

// Thread-safe. STATE_NOT_ALLOWED where the plan or the amendment does not allow the step.
class AmendmentStore {
 public:
  virtual ~AmendmentStore() = default;

  virtual Result<Document> Create(const WriteContext& context, const PlanKey& plan,
                                  const NewAmendment& amendment,
                                  const AmendmentProposal& propose) = 0;
  virtual Result<Document> Get(const AmendmentKey& amendment) = 0;
  // Newest first.
  virtual Result<Page> List(const PlanKey& plan, const ListQuery& query) = 0;
  virtual Result<Document> Approve(const WriteContext& context, const AmendmentKey& amendment,
                                   ExpectedRevision expected, const Approval& approval) = 0;
  virtual Result<Document> Withdraw(const WriteContext& context, const AmendmentKey& amendment,
                                    ExpectedRevision expected) = 0;
  // Tasks, assignments, occurrences, feed, histories and a revision of the plan with the document,
  // all or nothing.
  virtual Result<Document> Apply(const WriteContext& context, const AmendmentKey& amendment,
                                 ExpectedRevision expected, const AmendmentEdit& edit) = 0;
};

}  // namespace gongkai::plans
