// Applies occurrences and assignments: two statements per kind, however many there are.
#pragma once

#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/reporting/domain/fact.h"
#include "services/reporting/store/postgres/cell_writer.h"

namespace gongkai::reporting {

// Each writes the facts that tell something new as known from `known_day` on, and adds the
// difference that they make. They run in the caller's transaction, which must be the only one that
// writes. Throw pqxx exceptions.
void WriteOccurrences(postgres::Session& session, const std::vector<OccurrenceFact>& facts,
                      const std::string& known_day, CellDifferences& differences);
void WriteAssignments(postgres::Session& session, const std::vector<AssignmentFact>& facts,
                      const std::string& known_day, CellDifferences& differences);

}  // namespace gongkai::reporting
