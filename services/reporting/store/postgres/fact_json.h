// Facts as JSON arrays, in the form that the statements of the batch writer read with
// json_to_recordset. A fact that has a contribution carries it:
//
//   {OccurrenceFact{.division = 370124, …, .state = kOpen}}
//   → [{"division":370124,…,"due_date":"2023-06-30","active":1,"self_reported":0,…,"revision":1}]
#pragma once

#include <string>
#include <vector>

#include "services/reporting/domain/fact.h"

namespace gongkai::reporting {

std::string ToJson(const std::vector<DivisionFact>& divisions);
std::string ToJson(const std::vector<UnitFact>& units);
std::string ToJson(const std::vector<PlanFact>& plans);
std::string ToJson(const std::vector<TaskFact>& tasks);
std::string ToJson(const std::vector<AssignmentFact>& assignments);
std::string ToJson(const std::vector<OccurrenceFact>& occurrences);
std::string ToJson(const std::vector<PolicyDocumentFact>& documents);
std::string ToJson(const std::vector<InterpretationFact>& interpretations);

}  // namespace gongkai::reporting
