// The row of a plan as part of a larger transaction: locked, changed, and the change kept as a
// revision.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/plans/domain/state.h"
#include "services/plans/store/plan_life_store.h"
#include "services/plans/store/plan_store.h"

namespace gongkai::plans {

// A plan that nobody else changes to the end of the transaction.
struct LockedPlan {
  PlanKey key;
  PlanState state = PlanState::kDraft;
  int revision = 0;
  bool deleted = false;
  Document document;
};

// Must come before everything else in the transaction: see docs/decisions/0002. NOT_FOUND; ABORTED
// if the plan is at another revision.
Result<LockedPlan> LockPlan(postgres::Session& session, const PlanKey& plan,
                            ExpectedRevision expected);

// LockPlan for `action`: FAILED_PRECONDITION for a deleted plan, and for one whose state does not
// allow the action.
Result<LockedPlan> LockPlanFor(postgres::Session& session, const PlanKey& plan,
                               ExpectedRevision expected, PlanAction action);

// One revision of a plan: what it changes, and what is kept of it.
struct PlanWrite {
  std::string action;
  std::string comment;
  PlanState state = PlanState::kDraft;  // afterwards
  bool deleted = false;                 // afterwards
  PlanFacts facts;
  std::optional<Document> issues;  // JSON array of ParseIssue; nothing: as they are
  std::optional<int> task_count;
  std::optional<Document> diff;  // JSON of PlanDiff
  std::optional<SourceDocument> source;
};

// Returns the plan as it is now.
Document WritePlan(postgres::Session& session, const std::string& actor, const LockedPlan& plan,
                   const PlanWrite& write);

// Keeps a document under a revision of the plan.
void InsertSource(postgres::Session& session, const PlanKey& plan, int revision,
                  const SourceDocument& source);

// `[a,b]` of JSON documents.
std::string JsonArray(const std::vector<Document>& documents);

}  // namespace gongkai::plans
