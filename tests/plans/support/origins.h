// Plans without the places that they were read from, to compare what documents say.
#pragma once

#include <utility>

#include "services/plans/domain/parsed_plan.h"

namespace gongkai::plans {

// Without what tells of the fields; tasks and issues keep their sources.
inline ParsedTask WithoutOrigins(ParsedTask task) {
  for (auto* origin : {&task.ordinal_origin, &task.title_origin, &task.requirement_origin}) {
    origin->reset();
  }
  for (ParsedUnit& unit : task.units) unit.origin.reset();
  task.due.origin.reset();
  for (DueRule& rule : task.further_due) rule.origin.reset();
  for (Target& target : task.targets) target.origin.reset();
  return task;
}

inline ParsedPlan WithoutOrigins(ParsedPlan plan) {
  for (auto* origin : {&plan.title_origin, &plan.document_number_origin, &plan.division_origin,
                       &plan.year_origin, &plan.issue_date_origin}) {
    origin->reset();
  }
  for (ParsedTask& task : plan.tasks) task = WithoutOrigins(std::move(task));
  return plan;
}

inline ParsedTask WithoutPlaces(ParsedTask task) {
  task.source.reset();
  return WithoutOrigins(std::move(task));
}

inline ParsedPlan WithoutPlaces(ParsedPlan plan) {
  for (ParseIssue& issue : plan.issues) issue.source.reset();
  for (ParsedTask& task : plan.tasks) task.source.reset();
  return WithoutOrigins(std::move(plan));
}

}  // namespace gongkai::plans
