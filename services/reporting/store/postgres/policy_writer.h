// Applies policy documents and interpretations: one or two statements per kind, however many there
// are.
#pragma once

#include <string>
#include <vector>

#include "services/common/postgres/session.h"
#include "services/reporting/domain/fact.h"
#include "services/reporting/store/postgres/cell_writer.h"

namespace gongkai::reporting {

// Like the functions of work_writer.h.
void WriteDocuments(postgres::Session& session, const std::vector<PolicyDocumentFact>& facts,
                    const std::string& known_day, CellDifferences& differences);
void WriteInterpretations(postgres::Session& session, const std::vector<InterpretationFact>& facts,
                          const std::string& known_day, CellDifferences& differences);

}  // namespace gongkai::reporting
