// What every way of writing the content of a plan has in common: its checks, the units that it adds
// to the directory, and the issues that the directory makes of it.
#pragma once

#include <vector>

#include "google/api/httpbody.pb.h"
#include "services/plans/domain/directory.h"
#include "services/plans/domain/parsed_plan.h"
#include "services/plans/store/plan_store.h"

namespace gongkai::plans {

// Tasks that a plan can have.
inline constexpr int kMostTasks = 10000;

// INVALID_ARGUMENT with paths below `parsed_plan` for what a plan cannot be.
Result<void> CheckParsedPlan(const ParsedPlan& plan);

struct Intake {
  std::vector<ParseIssue> issues;  // UNIT_UNKNOWN, GROUP_EMPTY
  std::vector<UnitRecord> units;   // those that the directory does not have
};

Intake IntakeOf(const ParsedPlan& plan, const Directory& directory);

// The plan to store, without a source.
NewPlan NewPlanOf(const ParsedPlan& parsed, const Directory& directory);

// JSON array of ParseIssue.
Document IssuesDocument(const std::vector<ParseIssue>& issues);

// Under its own type or, where that is empty, the one that its content has.
SourceDocument SourceOf(const google::api::HttpBody& document);

}  // namespace gongkai::plans
