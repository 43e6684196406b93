// Facts of the directory and of policies as JSON arrays, in the form that their statements read
// with json_to_recordset:
//
//   {UnitFact{.division = 370124, .unit = 17, …}} → [{"division":370124,"unit":17,…,"revision":1}]
#pragma once

#include <string>
#include <vector>

#include "services/reporting/domain/fact.h"

namespace gongkai::reporting {

std::string ToJson(const std::vector<DivisionFact>& divisions);
std::string ToJson(const std::vector<UnitFact>& units);
std::string ToJson(const std::vector<PlanFact>& plans);
std::string ToJson(const std::vector<TaskFact>& tasks);
std::string ToJson(const std::vector<PolicyDocumentFact>& documents);
std::string ToJson(const std::vector<InterpretationFact>& interpretations);

}  // namespace gongkai::reporting
